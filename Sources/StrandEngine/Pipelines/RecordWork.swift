/// What a pipeline does with records.
public protocol RecordWork {
    associatedtype Record

    /// What a record is called, and what `size(of:)` counts.
    static var nouns: (record: String, unit: String) { get }

    /// What names the record; another may have the same.
    func id(of record: Record) -> [UInt8]

    /// How much work the record is.
    func size(of record: Record) -> Int

    /// What becomes of each record, which does not depend on the others.
    mutating func results(for records: [Record]) -> [[UInt8]]
}
