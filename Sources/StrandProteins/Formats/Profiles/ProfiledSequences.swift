import StrandBytes
import StrandEngine

/// The chains of alignments or profiles as records to label, each with its profile.
public struct ProfiledSequences: ~Copyable, RecordReader {
    private var reader: ProfileReader

    public init(_ bytes: consuming ByteReader) {
        reader = ProfileReader(bytes)
    }

    /// - Throws: what `ProfileReader` throws.
    public mutating func next() throws(FormatError) -> FASTARecord? {
        guard let chain = try reader.next() else { return nil }
        return FASTARecord(header: chain.header, sequence: chain.sequence, features: .profile(chain.profile))
    }

    public mutating func skipRecord() throws(FormatError) { try reader.skipRecord() }

    public func isNextRecordNear(withinMilliseconds patience: Int) -> Bool {
        reader.isNextRecordNear(withinMilliseconds: patience)
    }

    /// No repairs.
    public mutating func takeRepairs() -> SequenceRepairs { SequenceRepairs() }
}
