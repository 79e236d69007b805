import StrandBytes
import StrandEngine

/// What readers of ink left out or understood by policy, counted by kind.
public struct InkRepairs: RecordRepairs, Equatable {
    /// Something that a reader may do to a file.
    public enum Kind: Int, Sendable, CaseIterable {
        /// Left out.
        case missingInclude, touch, cancelled, erased, otherTool, otherEvent, furtherValue, extraLabel
        /// Understood although the format has it otherwise.
        case undividedTable, decimalComma, lineEnd, commaInPoint
    }

    private var counts: [Kind: Int] = [:]
    private var examples: [Kind: [String]] = [:]

    public init() {}

    public var isEmpty: Bool { counts.isEmpty }

    /// How often something was done.
    public subscript(kind: Kind) -> Int { counts[kind] ?? 0 }

    /// Counts something, with an example.
    mutating func note(_ kind: Kind, count: Int = 1, example: String? = nil) {
        if count > 0 { counts[kind, default: 0] += count }
        if let example { noteExamples([example], of: kind) }
    }

    /// Different ones, at most three.
    private mutating func noteExamples(_ more: [String], of kind: Kind) {
        for example in more
        where examples[kind, default: []].count < 3 && !examples[kind, default: []].contains(example) {
            examples[kind, default: []].append(example)
        }
    }

    public static func += (total: inout InkRepairs, other: InkRepairs) {
        for (kind, count) in other.counts {
            total.note(kind, count: count)
            total.noteExamples(other.examples[kind] ?? [], of: kind)
        }
    }

    /// Every kind with its count: `1 touch stroke beside a pen: left out; 2 rows of other events: skipped (click)`.
    public var description: String {
        Kind.allCases.compactMap { kind in
            guard let count = counts[kind] else { return nil }
            let example = examples[kind].map { " (\(Self.shortened($0.joined(separator: ", "))))" } ?? ""
            return "\(counted(count, kind.noun)) \(kind.remark)\(example)"
        }.joined(separator: "; ")
    }

    private static func shortened(_ text: String) -> String {
        (text.count > 60 ? text.prefix(60) + "..." : text).withoutControlCharacters
    }
}

extension InkRepairs.Kind {
    fileprivate var noun: String {
        switch self {
        case .missingInclude: "included file"
        case .touch: "touch stroke"
        case .cancelled: "cancelled stroke"
        case .erased, .otherTool: "stroke"
        case .otherEvent: "row"
        case .furtherValue: "point"
        case .extraLabel: "label"
        case .undividedTable: "table"
        case .decimalComma: "number"
        case .lineEnd, .commaInPoint: "trace"
        }
    }

    fileprivate var remark: String {
        switch self {
        case .missingInclude: "not found: skipped"
        case .touch: "beside a pen: left out"
        case .cancelled: "left out"
        case .erased: "of an eraser: left out"
        case .otherTool: "of another tool than a pen: left out"
        case .otherEvent: "of other events: skipped"
        case .furtherValue: "with values after x, y and t: skipped"
        case .extraLabel: "beside others on a page: taken as notes"
        case .undividedTable: "read as one stroke, as no known column parts it; columns skipped"
        case .decimalComma: "with a decimal comma"
        case .lineEnd: "with line ends, not commas, between points"
        case .commaInPoint: "with commas inside points and blanks between them"
        }
    }
}

/// Yields the samples of a source one at a time: a reader of any format of ink.
public protocol InkSampleReader: ~Copyable, RecordReader where Record == InkSample, Repairs == InkRepairs {}

extension InkSampleReader where Self: ~Copyable {
    public mutating func takeRepairs() -> InkRepairs { InkRepairs() }
}

/// A reader of one format, which needs nothing but the bytes.
public protocol InkFormatReader: ~Copyable, InkSampleReader {
    /// A reader of the bytes that `bytes` has not read yet.
    init(_ bytes: consuming ByteReader)
}

extension InkFormatReader where Self: ~Copyable {
    /// A reader of `source`. Does no I/O.
    /// - Parameter chunkSize: bytes to read from the system at a time.
    public init(_ source: ByteSource, chunkSize: Int = ByteReader.defaultChunkSize) {
        self.init(ByteReader(source, chunkSize: chunkSize))
    }
}
