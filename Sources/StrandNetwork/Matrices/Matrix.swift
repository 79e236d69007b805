/// A matrix of scalars, row-major, with value semantics.
public struct Matrix<Scalar: KernelScalar>: Sendable {
    /// Number of rows.
    public private(set) var rows: Int
    /// Number of columns; also the distance between rows.
    public private(set) var columns: Int
    private var storage: AlignedStorage<Scalar>

    /// A matrix of zeros.
    public init(rows: Int, columns: Int) {
        self.init(unfilled: rows, columns)
        fill(with: 0)
    }

    /// A matrix of the given elements, row by row: `rows` x `columns` of them.
    public init(rows: Int, columns: Int, elements: some Collection<Scalar>) {
        precondition(elements.count == rows * columns, "\(elements.count) elements for \(rows) x \(columns)")
        self.init(unfilled: rows, columns)
        _ = UnsafeMutableBufferPointer(start: storage.elements, count: count).update(fromContentsOf: elements)
    }

    /// The same elements in another scalar.
    public init<Other>(_ other: Matrix<Other>) {
        self.init(rows: other.rows, columns: other.columns, elements: other.elements.map(Scalar.init))
    }

    /// Elements are whatever was in memory: for results that a kernel writes in full.
    /// - Parameter isReusable: false for what lives long, such as weights: the system has the memory afterwards.
    init(unfilled rows: Int, _ columns: Int, isReusable: Bool = true) {
        self.rows = rows
        self.columns = columns
        storage = AlignedStorage(capacity: rows * columns, isReusable: isReusable)
    }

    /// An empty matrix, to be given a shape with `reshape`.
    init() { self.init(unfilled: 0, 0) }

    /// Number of elements.
    public var count: Int { rows * columns }

    /// Gives the matrix another shape. Its elements are unspecified afterwards; memory is reused if it suffices.
    mutating func reshape(rows: Int, columns: Int) {
        if storage.capacity < rows * columns || !isKnownUniquelyReferenced(&storage) {
            storage = AlignedStorage(capacity: rows * columns)
        }
        self.rows = rows
        self.columns = columns
    }

    /// Sets every element.
    public mutating func fill(with value: Scalar) {
        let count = count
        withMutableElements { elements in
            // Unspecialised, `update` costs a call for each element.
            if value == 0 {
                UnsafeMutableRawPointer(elements).initializeMemory(
                    as: UInt8.self, repeating: 0, count: count * Scalar.byteCount)
            } else {
                elements.update(repeating: value, count: count)
            }
        }
    }

    /// The element at a row and a column.
    public subscript(row: Int, column: Int) -> Scalar {
        get {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns, "(\(row), \(column)) is outside")
            return storage.elements[row * columns + column]
        }
        set {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns, "(\(row), \(column)) is outside")
            let index = row * columns + column
            withMutableElements { $0[index] = newValue }
        }
    }

    /// All elements, row by row.
    public var elements: [Scalar] {
        [Scalar](unsafeUninitializedCapacity: count) { buffer, initialized in
            if count > 0 { buffer.baseAddress!.initialize(from: storage.elements, count: count) }
            initialized = count
        }
    }

    /// Changes the elements, row by row; quicker than one at a time, and checked as well.
    mutating func update(_ body: (inout MutableSpan<Scalar>) -> Void) {
        let count = count
        withMutableElements { elements in
            var span = UnsafeMutableBufferPointer(start: elements, count: count).mutableSpan
            body(&span)
        }
    }

    /// Puts all elements of `other` in the place of those from `start` on, both row by row.
    mutating func replace(from start: Int, with other: Matrix) {
        precondition(start >= 0 && start + other.count <= count, "\(other.count) elements at \(start) of \(count)")
        withMutableElements { elements in
            withExtendedLifetime(other) { (elements + start).update(from: other.pointer, count: other.count) }
        }
    }

    fileprivate var pointer: UnsafePointer<Scalar> { UnsafePointer(storage.elements) }

    mutating func withMutableElements<R>(_ body: (UnsafeMutablePointer<Scalar>) -> R) -> R {
        if !isKnownUniquelyReferenced(&storage) {
            let copy = AlignedStorage<Scalar>(capacity: storage.capacity)
            copy.elements.update(from: storage.elements, count: count)
            storage = copy
        }
        return withExtendedLifetime(storage) { body(storage.elements) }
    }
}

/// Gives pointers to the elements of several matrices while `body` runs.
func withElements<each Scalar: KernelScalar, R>(
    of matrices: repeat Matrix<each Scalar>, body: (repeat UnsafePointer<each Scalar>) -> R
) -> R {
    withExtendedLifetime((repeat each matrices)) { body(repeat (each matrices).pointer) }
}

extension Matrix {
    /// The elements of one row.
    func row(_ row: Int) -> [Scalar] {
        precondition(row >= 0 && row < rows, "row \(row) is outside")
        return withExtendedLifetime(storage) {
            Array(UnsafeBufferPointer(start: pointer + row * columns, count: columns))
        }
    }

    /// For each row the column of its largest element, the first among equals.
    var mostProbableColumns: [Int] {
        (0..<rows).map { index in
            let row = row(index)
            return row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 }
        }
    }
}

/// A scalar the kernels are compiled for: `Float` for all real work, `Double` for gradient checks.
///
/// - Important: no other type may conform.
public protocol KernelScalar: BinaryFloatingPoint & Sendable {
    /// Size in bytes: it selects the table of kernels.
    static var byteCount: Int { get }
}

extension Float: KernelScalar {
    public static var byteCount: Int { 4 }
}

extension Double: KernelScalar {
    public static var byteCount: Int { 8 }
}
