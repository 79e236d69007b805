/// The work of a pipeline on records.
public protocol RecordWork {
    associatedtype Record

    /// What a record is called, and the unit of `size(of:)`.
    static var nouns: (record: String, unit: String) { get }

    /// The id of the record; it need not be unique.
    func id(of record: Record) -> [UInt8]

    /// The amount of work in the record.
    func size(of record: Record) -> Int

    /// The size of records that are processed together: at first, so that output starts soon, and at most.
    var window: ClosedRange<Int> { get }

    /// The result of each record, which does not depend on the others.
    mutating func results(for records: [Record]) throws -> [[UInt8]]

    /// Adds what is known after the last record.
    func complete(_ manifest: inout RunManifest)
}

extension RecordWork {
    /// The window of work that begins at once.
    public static var usualWindow: ClosedRange<Int> { 1 << 11...1 << 16 }

    public var window: ClosedRange<Int> { Self.usualWindow }

    /// Nothing more is known.
    public func complete(_ manifest: inout RunManifest) {}
}
