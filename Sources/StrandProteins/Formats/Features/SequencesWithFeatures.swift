import StrandBytes
import StrandEngine

/// Records with features beside them, by id.
public struct SequencesWithFeatures<Reader: RecordReader & ~Copyable>: ~Copyable, RecordReader
where Reader.Record == FASTARecord, Reader.Repairs == SequenceRepairs {
    private var reader: Reader
    private let set: ChainFeatureSet

    public init(_ reader: consuming Reader, _ set: ChainFeatureSet) {
        self.reader = reader
        self.set = set
    }

    /// - Throws: what the reader and `ChainFeatureSet.features(id:of:)` throw.
    public mutating func next() throws(FormatError) -> FASTARecord? {
        guard var record = try reader.next() else { return nil }
        record.features = try set.features(id: record.id, of: record.sequence)
        return record
    }

    public mutating func skipRecord() throws(FormatError) { try reader.skipRecord() }

    public func isNextRecordNear(withinMilliseconds patience: Int) -> Bool {
        reader.isNextRecordNear(withinMilliseconds: patience)
    }

    public mutating func takeRepairs() -> SequenceRepairs { reader.takeRepairs() }
}
