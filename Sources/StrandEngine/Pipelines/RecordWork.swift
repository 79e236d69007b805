/// The work of a pipeline on records.
public protocol RecordWork {
    associatedtype Record

    /// What a record is called, and the unit of `size(of:)`.
    static var nouns: (record: String, unit: String) { get }

    /// The id of the record; it need not be unique.
    func id(of record: Record) -> [UInt8]

    /// The amount of work in the record.
    func size(of record: Record) -> Int

    /// The result of each record, which does not depend on the others.
    mutating func results(for records: [Record]) -> [[UInt8]]

    /// Adds what is known after the last record.
    func complete(_ manifest: inout RunManifest)
}

extension RecordWork {
    /// Nothing more is known.
    public func complete(_ manifest: inout RunManifest) {}
}
