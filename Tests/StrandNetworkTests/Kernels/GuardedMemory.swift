import CStrandKernels

@testable import StrandNetwork

/// Scalars between two guard zones. Every scalar starts as a filler. NaN: a kernel that reads what it was not given
/// poisons its result, one that writes where it must not is seen. A number, for what a kernel reads and writes back:
/// NaN would stay NaN there.
final class GuardedMemory<Scalar: KernelScalar> {
    private static var margin: Int { 144 }

    let count: Int
    private let filler: Scalar
    private let memory: UnsafeMutableBufferPointer<Scalar>

    init(_ count: Int, filler: Scalar = .nan) {
        self.count = count
        self.filler = filler
        memory = .allocate(capacity: count + 2 * Self.margin)
        memory.initialize(repeating: filler)
    }

    convenience init(_ values: some Collection<Double>, filler: Scalar = .nan) {
        self.init(values.count, filler: filler)
        for (index, value) in values.enumerated() { self[index] = Scalar(value) }
    }

    deinit { memory.deallocate() }

    subscript(index: Int) -> Scalar {
        get { memory[Self.margin + index] }
        set { memory[Self.margin + index] = newValue }
    }

    var values: [Scalar] { Array(memory[Self.margin..<Self.margin + count]) }

    /// Whether the guard zones are as they were.
    var isIntact: Bool {
        memory.prefix(Self.margin).allSatisfy(isFiller) && memory.suffix(Self.margin).allSatisfy(isFiller)
    }

    private func isFiller(_ value: Scalar) -> Bool { filler.isNaN ? value.isNaN : value == filler }

    /// Whether exactly `written` scalars hold other numbers than the filler, the guard zones none.
    func holdsNumbers(_ written: Int) -> Bool { isIntact && memory.count { !isFiller($0) } == written }

    fileprivate var pointer: UnsafeMutablePointer<Scalar> { memory.baseAddress! + Self.margin }
}

/// Gives pointers to what lies between the guard zones while `body` runs.
func withPointers<each Scalar: KernelScalar, R>(
    to memory: repeat GuardedMemory<each Scalar>, body: (repeat UnsafeMutablePointer<each Scalar>) -> R
) -> R {
    withExtendedLifetime((repeat each memory)) { body(repeat (each memory).pointer) }
}

/// A matrix (rows, columns) somewhere in memory, as `strand_view` describes it.
struct TestView: Sendable {
    let rows: Int
    let columns: Int
    let rowStride: Int
    let blockColumns: Int
    let blockStride: Int
    let count: Int

    /// Row after row, each `slack` scalars longer than its columns.
    static func rowMajor(_ rows: Int, _ columns: Int, blockColumns: Int = 64, slack: Int = 0) -> TestView {
        let stride = columns + slack
        return TestView(
            rows: rows, columns: columns, rowStride: stride, blockColumns: blockColumns, blockStride: blockColumns,
            count: rows * stride)
    }

    /// Panel after panel of some columns, in rows of 64, each panel `slack` scalars longer than its rows.
    static func panelMajor(_ rows: Int, _ columns: Int, blockColumns: Int = 64, slack: Int = 0) -> TestView {
        let block = rows * 64 + slack
        return TestView(
            rows: rows, columns: columns, rowStride: 64, blockColumns: blockColumns, blockStride: block,
            count: (columns + blockColumns - 1) / blockColumns * block)
    }

    /// Every layout the kernels are given.
    static func all(_ rows: Int, _ columns: Int, blockColumns: Int = 64) -> [TestView] {
        [
            rowMajor(rows, columns, blockColumns: blockColumns),
            rowMajor(rows, columns, blockColumns: blockColumns, slack: 16),
            panelMajor(rows, columns, blockColumns: blockColumns, slack: 16),
        ]
    }

    func offset(_ row: Int, _ column: Int) -> Int {
        column / blockColumns * blockStride + row * rowStride + column % blockColumns
    }

    /// Memory that holds the rows of `values` (row-major) where the view says, the filler elsewhere.
    func memory<Scalar: KernelScalar>(
        _: Scalar.Type, _ values: [Double], filler: Scalar = .nan
    ) -> GuardedMemory<Scalar> {
        let memory = GuardedMemory<Scalar>(count, filler: filler)
        for row in 0..<rows {
            for column in 0..<columns { memory[offset(row, column)] = Scalar(values[row * columns + column]) }
        }
        return memory
    }

    /// The matrix in that memory, row-major.
    func values<Scalar: KernelScalar>(in memory: GuardedMemory<Scalar>) -> [Scalar] {
        (0..<rows).flatMap { row in (0..<columns).map { memory[offset(row, $0)] } }
    }

    func callAsFunction<Scalar>(_ pointer: UnsafeMutablePointer<Scalar>) -> strand_view {
        strand_view(data: pointer, row_stride: rowStride, block_columns: blockColumns, block_stride: blockStride)
    }
}

/// Where a weight (inner, columns) packed in panels has its elements.
struct TestPacking: Sendable {
    let inner: Int
    let columns: Int
    /// Columns of a panel.
    var panel = 64

    /// Columns of the panels there are: of four gates, of three and of two.
    static let panels = [64, 48, 32]

    /// The first column of the panel that holds a column, and the panel's columns.
    private func panel(of column: Int) -> (first: Int, width: Int) {
        let first = column / panel * panel
        return (first, min(panel, columns - first))
    }

    func offset(_ row: Int, _ column: Int) -> Int {
        let (first, width) = panel(of: column)
        return first * inner + row * width + column - first
    }

    /// The number at (row, column) as the products of these kernels read it: of bfloat16, pairs of rows lie side by side.
    func operand<Scalar>(
        _ row: Int, _ column: Int, in memory: UnsafeMutablePointer<Scalar>, _ kernels: strand_kernels
    ) -> Double where Scalar: KernelScalar {
        guard kernels.prepare != nil else { return Double(memory[offset(row, column)]) }
        let (first, width) = panel(of: column)
        let index = first * ((inner + 1) / 2 * 2) + (row / 2 * width + column - first) * 2 + row % 2
        let bits = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: UInt16.self)[index]
        return Double(Float(bitPattern: UInt32(bits) << 16))
    }

    /// The weights as products read them.
    func prepared<Scalar>(_ weights: GuardedMemory<Scalar>, _ kernels: strand_kernels) -> GuardedMemory<Scalar> {
        guard let prepare = kernels.prepare else { return weights }
        let prepared = GuardedMemory<Scalar>(kernels.prepared_count(inner, columns))
        withPointers(to: weights, prepared) { prepare(inner, columns, panel, $0, $1) }
        precondition(prepared.isIntact, "written outside")
        return prepared
    }

    func packed(_ values: [Double]) -> [Double] {
        var packed = values
        for row in 0..<inner {
            for column in 0..<columns { packed[offset(row, column)] = values[row * columns + column] }
        }
        return packed
    }
}
