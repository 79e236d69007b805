import Strand

/// Where the records of a pipeline come from, one at a time.
protocol RecordSource: ~Copyable {
    associatedtype Record: Sendable

    /// The next record, or nil after the last.
    mutating func next() throws(FormatError) -> Record?

    /// After an error that `FormatError.Problem.isOfRecord`, goes behind the record that cannot be read.
    mutating func skipRecord() throws(FormatError)

    /// What was repaired since this was asked last.
    mutating func takeRepairs() -> SequenceRepairs

    /// Whether the next record is likely to be there at once, or within this time.
    func isNextRecordNear(withinMilliseconds patience: Int) -> Bool
}

extension FASTAReader: RecordSource {}

extension InkFileReader: RecordSource {
    /// The reader is behind it already.
    mutating func skipRecord() {}

    /// Ink is not repaired.
    mutating func takeRepairs() -> SequenceRepairs { SequenceRepairs() }

    func isNextRecordNear(withinMilliseconds patience: Int) -> Bool {
        isNextSampleNear(withinMilliseconds: patience)
    }
}
