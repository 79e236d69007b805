import StrandBytes
import StrandEngine

/// A format of alignments or profiles.
public enum ProfileFormat: String, Sendable, CaseIterable {
    /// A3M, A2M or aligned FASTA.
    case alignedFASTA = "a3m"
    case stockholm
    case clustal
    /// Hidden Markov models of HH-suite or HMMER 3.
    case hmm
    /// Tables of scores of PSI-BLAST or MMseqs2.
    case scores = "pssm"

    /// The format of a file that starts with these bytes; nil if it is none of them.
    package init?(detecting start: [UInt8]) {
        let text = start.drop { $0 == 0 || $0.isXMLSpace }.prefix(200)
        let starts = ScoreTableReader.starts
        if text.first == UInt8(ascii: ">") {
            self = .alignedFASTA
        } else if text.starts(with: "# STOCKHOLM".utf8) {
            self = .stockholm
        } else if ClustalReader.programs.contains(where: { text.starts(with: $0.utf8) }) {
            self = .clustal
        } else if text.starts(with: "HHsearch".utf8) || text.starts(with: "HMMER3/".utf8) {
            self = .hmm
        } else if text.starts(with: starts.psiBLAST.utf8) || text.starts(with: starts.mmseqs.utf8) {
            self = .scores
        } else if text.first == UInt8(ascii: "#"), Self.hasRowAfterComments(start[...]) {
            self = .alignedFASTA
        } else {
            return nil
        }
    }

    /// Whether lines that begin with `#` are followed by one that begins with `>`.
    private static func hasRowAfterComments(_ start: ArraySlice<UInt8>) -> Bool {
        let lines = start.split(separator: UInt8(ascii: "\n")).map { $0.drop { $0 == 0 } }
        return lines.first { $0.first != UInt8(ascii: "#") }?.first == UInt8(ascii: ">")
    }
}

/// The chains of a file of alignments or profiles in any format that `ProfileFormat` knows, plain or gzipped, one at a time,
/// each with its profile. The format is recognised by its content. Making a reader does no I/O.
/// ```swift
/// var reader = ProfileReader(.file("query.a3m"))
/// while let chain = try reader.next() { print(chain.id, chain.profile.depth ?? 0) }
/// ```
public struct ProfileReader: ~Copyable, RecordReader {
    /// Bytes examined to recognise the format.
    private static let lookAhead = 1 << 10

    private var bytes: ByteReader?
    private let query: String?
    private var reader: AnyReader<ProfiledChain, NoRepairs>?

    /// The format, after the first call of `next()`.
    public private(set) var format: ProfileFormat?

    /// A reader of `source`.
    /// - Parameter query: the id of the rows of alignments that profiles are made for; nil: the first of each.
    public init(_ source: ByteSource, query: String? = nil) {
        self.init(ByteReader(source), query: query)
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader, query: String? = nil) {
        self.bytes = .some(bytes)
        self.query = query
    }

    /// The next chain, or nil after the last.
    /// - Throws: `unknownFormat`, `labelledFASTA`, and what the readers of the formats throw.
    public mutating func next() throws(FormatError) -> ProfiledChain? {
        if reader == nil { try open() }
        return try reader?.next()
    }

    /// Moves past a faulty alignment or profile.
    public mutating func skipRecord() throws(FormatError) { try reader?.skipRecord() }

    private mutating func open() throws(FormatError) {
        guard var bytes = bytes.take() else { return }
        let start = Array(try bytes.lookAhead(Self.lookAhead))
        guard let format = ProfileFormat(detecting: start) else {
            let isEmpty = start.count < Self.lookAhead && start.allSatisfy { $0 <= 0x20 }
            throw FormatError(file: bytes.name, problem: .alignment(isEmpty ? .noAlignment : .unknownFormat))
        }
        if format == .alignedFASTA, (try? FASTALayout(lookingAt: &bytes, patience: nil)) == .labelled {
            throw FormatError(file: bytes.name, problem: .alignment(.labelledFASTA))
        }
        self.format = format
        reader =
            switch format {
            case .alignedFASTA: AnyReader(AlignedFASTAReader(bytes, query: query))
            case .stockholm: AnyReader(StockholmReader(bytes, query: query))
            case .clustal: AnyReader(ClustalReader(bytes, query: query))
            case .hmm: AnyReader(HMMReader(bytes))
            case .scores: AnyReader(ScoreTableReader(bytes))
            }
    }
}
