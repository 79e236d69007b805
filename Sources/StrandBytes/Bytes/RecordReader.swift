/// Yields the records of a source one at a time: a reader of any format.
///
/// Making a reader does no I/O. After an error whose problem `isOfRecord`, `skipRecord` moves past the faulty record;
/// after any other error, stop reading.
public protocol RecordReader<Record>: ~Copyable {
    associatedtype Record
    associatedtype Repairs: RecordRepairs = NoRepairs

    /// The next record, or nil after the last.
    mutating func next() throws(FormatError) -> Record?

    /// Moves past a faulty record after its error.
    mutating func skipRecord() throws(FormatError)

    /// Whether the next record can probably be read without waiting: more of the source arrives within this time.
    func isNextRecordNear(withinMilliseconds patience: Int) -> Bool

    /// Returns the repairs since the last call.
    mutating func takeRepairs() -> Repairs

    /// The number of the line read last, from 1; nil if the format has no lines or the reader does not tell.
    var line: Int? { get }
}

extension RecordReader where Self: ~Copyable {
    /// Does nothing: the reader is already past the faulty record.
    public mutating func skipRecord() throws(FormatError) {}

    /// True: most formats cannot tell.
    public func isNextRecordNear(withinMilliseconds patience: Int) -> Bool { true }

    /// Nil: most readers do not tell.
    public var line: Int? { nil }

    /// Calls `body` with every remaining record.
    public mutating func forEach(_ body: (Record) throws(FormatError) -> Void) throws(FormatError) {
        while let record = try next() { try body(record) }
    }

    /// All remaining records.
    public mutating func all() throws(FormatError) -> [Record] {
        var records: [Record] = []
        while let record = try next() { records.append(record) }
        return records
    }
}

extension RecordReader where Self: ~Copyable, Repairs == NoRepairs {
    public mutating func takeRepairs() -> NoRepairs { NoRepairs() }
}

/// Counts of the changes that a reader makes to records by policy.
public protocol RecordRepairs: Sendable, CustomStringConvertible {
    /// No repairs.
    init()

    var isEmpty: Bool { get }

    /// What the records look like that should be said once, such as that they seem to be of another kind.
    var warnings: [String] { get }

    static func += (total: inout Self, other: Self)
}

extension RecordRepairs {
    /// None.
    public var warnings: [String] { [] }

    /// Returns the repairs and resets them.
    package mutating func take() -> Self {
        defer { self = Self() }
        return self
    }
}

/// The repairs of a reader that leaves records unchanged.
public struct NoRepairs: RecordRepairs {
    public init() {}

    public var isEmpty: Bool { true }
    public var description: String { "no repairs" }

    public static func += (total: inout NoRepairs, other: NoRepairs) {}
}
