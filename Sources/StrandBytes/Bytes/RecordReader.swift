/// What gives the records of a source one at a time: a reader of any format.
///
/// Making a reader does no I/O. After an error whose problem `isOfRecord`, `skipRecord` goes behind the faulty record;
/// after another, stop reading.
public protocol RecordReader<Record>: ~Copyable {
    associatedtype Record
    associatedtype Repairs: RecordRepairs = NoRepairs

    /// The next record, or nil after the last.
    mutating func next() throws(FormatError) -> Record?

    /// After an error of a record, goes behind it.
    mutating func skipRecord() throws(FormatError)

    /// Whether reading the next record is likely not to wait: more of the source is there, or comes within this time.
    func isNextRecordNear(withinMilliseconds patience: Int) -> Bool

    /// What was repaired since this was asked last.
    mutating func takeRepairs() -> Repairs
}

extension RecordReader where Self: ~Copyable {
    /// Does nothing: the reader is behind a faulty record already.
    public mutating func skipRecord() throws(FormatError) {}

    /// True: of most formats it cannot be told.
    public func isNextRecordNear(withinMilliseconds patience: Int) -> Bool { true }

    /// Calls `body` with every record that is left.
    public mutating func forEach(_ body: (Record) throws(FormatError) -> Void) throws(FormatError) {
        while let record = try next() { try body(record) }
    }

    /// All records that are left.
    public mutating func all() throws(FormatError) -> [Record] {
        var records: [Record] = []
        while let record = try next() { records.append(record) }
        return records
    }
}

extension RecordReader where Self: ~Copyable, Repairs == NoRepairs {
    public mutating func takeRepairs() -> NoRepairs { NoRepairs() }
}

/// Counts of what a reader changes in records by policy.
public protocol RecordRepairs: Sendable, CustomStringConvertible {
    /// No repairs.
    init()

    var isEmpty: Bool { get }

    static func += (total: inout Self, other: Self)
}

/// The repairs of a reader that takes records as they are.
public struct NoRepairs: RecordRepairs {
    public init() {}

    public var isEmpty: Bool { true }
    public var description: String { "no repairs" }

    public static func += (total: inout NoRepairs, other: NoRepairs) {}
}
