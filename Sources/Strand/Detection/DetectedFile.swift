import StrandBytes
import StrandInk
import StrandProteins

/// A file with what it looks like: told on the open stream, none of whose bytes is lost.
public final class DetectedFile {
    /// As the user named it.
    public let path: String
    /// Nil if it cannot be detected.
    public let kind: FileKind?
    /// Whether it has not a byte.
    public let isEmpty: Bool
    private var reader: ByteReader?

    /// Opens a file.
    /// - Parameters:
    ///   - path: its name; `-` is standard input.
    ///   - meter: told of the bytes as they are read.
    /// - Throws: what `FileKind` throws.
    public init(_ path: String, meter: InputMeter? = nil) throws(FormatError) {
        var reader = ByteReader(ByteSource(argument: path), meter: meter)
        kind = try FileKind(lookingAt: &reader)
        isEmpty = try reader.lookAhead(1).isEmpty
        self.path = path
        self.reader = consume reader
    }

    /// All its bytes, once.
    public func bytes() -> ByteReader {
        guard let reader = reader.take() else { preconditionFailure("the bytes of '\(path)' are taken already") }
        return reader
    }

    /// All its bytes, once, if they may be texts: plain ones, a table, JSON, or those of ink.
    /// - Parameter wanted: what is needed, if it is not this.
    /// - Throws: that the file is of another kind.
    public func textBytes(_ wanted: String = "text") throws(FormatError) -> ByteReader {
        switch kind {
        case .ink, nil: return bytes()
        case .chains, .model: throw isNot(wanted)
        }
    }

    /// The error that the file is not of the kind that is needed.
    /// - Parameter wanted: what is needed.
    public func isNot(_ wanted: String) -> FormatError {
        FormatError(file: ByteSource(argument: path).name, problem: .kind(.otherKind(kind, wanted: wanted)))
    }
}

extension ChainFile {
    /// A file of sequences, or of chains with labels, told by its content; `-` is standard input.
    public init(path: String) throws(FormatError) {
        let file = try DetectedFile(path)
        switch file.kind {
        case .chains(.fasta), nil: try self.init(path: path, file.bytes(), isLabelled: false)
        case .chains: try self.init(path: path, file.bytes(), isLabelled: true)
        case .ink, .model: throw file.isNot("FASTA, or chains with labels,")
        }
    }
}

/// What is wrong with the kind of a file.
public enum KindProblem: FormatProblem, Equatable {
    /// A file of one kind, nil if it is not known, where another is needed.
    case otherKind(FileKind?, wanted: String)

    public var isOfRecord: Bool { true }

    public var description: String {
        switch self {
        case .otherKind(let kind, let wanted): "is \(kind?.name ?? "of no known kind"), and \(wanted) is needed"
        }
    }
}

extension FormatError.Problem {
    /// A problem of this kind.
    public static func kind(_ problem: KindProblem) -> Self { Self(problem) }
}

/// A reader that opens when the kind of its bytes is known, at the first record.
public struct DetectedReader<Record, Repairs: RecordRepairs>: ~Copyable, RecordReader {
    /// Makes the reader of bytes of a kind, or throws because it is not the kind that is needed.
    public typealias Opening = (_ kind: FileKind?, consuming ByteReader) throws(FormatError)
        -> AnyReader<Record, Repairs>

    private var bytes: ByteReader?
    private var reader: AnyReader<Record, Repairs>?
    private let open: Opening

    /// Milliseconds for which the kind of a slow source waits for more bytes.
    private static var patience: Int { 100 }

    /// - Parameters:
    ///   - bytes: the bytes, none of which was read.
    ///   - open: makes the reader.
    public init(_ bytes: consuming ByteReader, _ open: @escaping Opening) {
        self.bytes = .some(bytes)
        self.open = open
    }

    public mutating func next() throws(FormatError) -> Record? {
        if var bytes = bytes.take() {
            let kind = try FileKind(lookingAt: &bytes, patience: Self.patience)
            reader = try open(kind, bytes)
        }
        return try reader?.next()
    }

    public mutating func skipRecord() throws(FormatError) { try reader?.skipRecord() }

    public func isNextRecordNear(withinMilliseconds patience: Int) -> Bool {
        reader?.isNextRecordNear(withinMilliseconds: patience) ?? true
    }

    public mutating func takeRepairs() -> Repairs { reader?.takeRepairs() ?? Repairs() }
}

extension DetectedReader where Record == InkSample, Repairs == InkRepairs {
    /// The samples of ink in any format.
    public init(inkOf bytes: consuming ByteReader) {
        let name = bytes.name
        self.init(bytes) { (kind, bytes) throws(FormatError) in
            switch kind {
            // The readers of ink say what is wrong with it.
            case .ink, nil: AnyReader(InkFileReader(bytes))
            case .chains, .model: throw FormatError(file: name, problem: .kind(.otherKind(kind, wanted: "ink")))
            }
        }
    }
}

extension DetectedReader where Record == FASTARecord, Repairs == SequenceRepairs {
    /// The sequences of FASTA or labelled FASTA, whose labels are left out and counted.
    /// - Parameters:
    ///   - bytes: the bytes, none of which was read.
    ///   - ungap: whether to remove and count gaps, which are errors otherwise.
    public init(sequencesOf bytes: consuming ByteReader, ungap: Bool) {
        let name = bytes.name
        self.init(bytes) { (kind, bytes) throws(FormatError) in
            switch kind {
            case .chains(.fasta), nil: AnyReader(FASTAReader(bytes, ungap: ungap))
            case .chains(.labelledFASTA): AnyReader(SequencesOfLabelledFASTA(bytes))
            case .chains, .ink, .model:
                throw FormatError(file: name, problem: .kind(.otherKind(kind, wanted: "FASTA")))
            }
        }
    }
}
