/// A reader of any format. Readers are noncopyable, so collections and enumerations cannot easily hold them; this can.
public struct AnyReader<Record, Repairs: RecordRepairs>: RecordReader {
    private let box: Box

    public init<Reader: RecordReader & ~Copyable>(_ reader: consuming Reader)
    where Reader.Record == Record, Reader.Repairs == Repairs {
        box = ReaderBox(reader)
    }

    public mutating func next() throws(FormatError) -> Record? { try box.next() }

    public mutating func skipRecord() throws(FormatError) { try box.skipRecord() }

    public func isNextRecordNear(withinMilliseconds patience: Int) -> Bool {
        box.isNextRecordNear(withinMilliseconds: patience)
    }

    public mutating func takeRepairs() -> Repairs { box.takeRepairs() }

    public var line: Int? { box.line }

    private class Box {
        func next() throws(FormatError) -> Record? { preconditionFailure("a box holds a reader") }
        func skipRecord() throws(FormatError) {}
        func isNextRecordNear(withinMilliseconds patience: Int) -> Bool { true }
        func takeRepairs() -> Repairs { Repairs() }
        var line: Int? { nil }
    }

    private final class ReaderBox<Reader: RecordReader & ~Copyable>: Box
    where Reader.Record == Record, Reader.Repairs == Repairs {
        private var reader: Reader

        init(_ reader: consuming Reader) {
            self.reader = reader
        }

        override func next() throws(FormatError) -> Record? { try reader.next() }
        override func skipRecord() throws(FormatError) { try reader.skipRecord() }
        override func isNextRecordNear(withinMilliseconds patience: Int) -> Bool {
            reader.isNextRecordNear(withinMilliseconds: patience)
        }
        override func takeRepairs() -> Repairs { reader.takeRepairs() }
        override var line: Int? { reader.line }
    }
}
