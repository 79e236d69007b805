import Glibc
import StrandBytes
import StrandEngine

/// The profiles of a table of scores, PSI-BLAST's ASCII PSSM (`-out_ascii_pssm`) or the table of `mmseqs profile2pssm`, plain
/// or gzipped, one at a time.
///
/// - PSI-BLAST: columns ARNDCQEGHILKMFPSTWYV, scores and then the observed percentages by weight, which are the
///   frequencies; where all are 0, as in columns that no relative covers, the scores are taken: frequencies are
///   proportional to background x exp(lambda s), lambda = 0.3176. The file names no chain: its name is that of the file.
/// - MMseqs2: columns ACDEFGHIKLMNPQRSTVWY, scores in half bits: background x 2^(s/2). Positions count from 0. The residues
///   are those of the consensus, and names are the numbers of the database.
struct ScoreTableReader: ~Copyable, RecordReader {
    private var lines: LineReader
    private let name: String
    private var hasRead = false
    /// The line `Query profile of sequence NAME` that was read already.
    private var title: [UInt8]?

    /// What the first line of each kind begins with.
    static let starts = (
        psiBLAST: "Last position-specific scoring matrix computed", mmseqs: "Query profile of sequence "
    )

    /// Frequencies of amino acids in ARNDCQEGHILKMFPSTWYV (Robinson & Robinson, PNAS 88:8880, 1991), as BLAST has them.
    private static let background: [UInt8: Float] = Dictionary(
        uniqueKeysWithValues: zip(
            Array("ARNDCQEGHILKMFPSTWYV".utf8),
            [
                0.07805, 0.05129, 0.04487, 0.05364, 0.01925, 0.04264, 0.06295, 0.07377, 0.02199, 0.05142, 0.09019,
                0.05744,
                0.02243, 0.03856, 0.05203, 0.07120, 0.05841, 0.01330, 0.03216, 0.06441,
            ]))

    /// A reader of the bytes that `bytes` has not read yet. Does no I/O.
    init(_ bytes: consuming ByteReader) {
        name = bytes.name
        lines = LineReader(bytes)
    }

    /// The next profile, or nil after the last.
    /// - Throws: `noAlignment`, `badRow`, `badFrequencies`, `otherAlphabet`, or what `ByteReader` throws.
    mutating func next() throws(FormatError) -> ProfiledChain? {
        var found = title.take()
        if found == nil { found = try nextTitle() }
        guard let line = found else {
            if hasRead { return nil }
            throw FormatError(file: lines.name, problem: .alignment(.noAlignment))
        }
        hasRead = true
        if line.starts(with: Self.starts.psiBLAST.utf8) { return try psiBLASTProfile() }
        if line.starts(with: Self.starts.mmseqs.utf8) {
            return try mmseqsProfile(Array(line.dropFirst(Self.starts.mmseqs.utf8.count)))
        }
        throw error(.alignment(.badRow(expected: "the first line of a table of scores")))
    }

    private mutating func nextTitle() throws(FormatError) -> [UInt8]? {
        while let line = try lines.next() {
            let text = line.drop { $0 == 0 }
            if !text.isBlankLine { return Array(text) }
        }
        return nil
    }

    private mutating func psiBLASTProfile() throws(FormatError) -> ProfiledChain {
        // The amino acids stand twice, once over the scores and once over the percentages.
        let alphabet = try columns(named: 40)[..<20]
        var rows = try located { () throws(FormatError.Problem) in try ProfileRows(alphabet: alphabet) }
        while let line = try lines.next(), !line.isBlankLine {
            let words = line.words
            guard words.count >= 42, words[0].integer == rows.count + 1, words[1].count == 1 else {
                throw error(.alignment(.badRow(expected: "a position, a residue, 20 scores and 20 percentages")))
            }
            let percentages = words[22..<42].map(\.number)
            let shares =
                percentages.allSatisfy { $0 == 0 }
                ? Self.frequencies(words[2..<22].map { $0.number * 0.3176 }, alphabet, base: expf) : percentages
            try located { () throws(FormatError.Problem) in try rows.append(words[1][words[1].startIndex], shares) }
        }
        // What stands below are parameters of the search.
        while try lines.next() != nil {}
        let header = Array(chainName.utf8)
        return try located { () throws(FormatError.Problem) in try rows.chain(header, depth: nil) }
    }

    private mutating func mmseqsProfile(_ header: [UInt8]) throws(FormatError) -> ProfiledChain {
        let alphabet = try columns(named: 22)[2...]
        var rows = try located { () throws(FormatError.Problem) in try ProfileRows(alphabet: alphabet) }
        while let line = try lines.next() {
            let text = line.drop { $0 == 0 }
            if text.isBlankLine { continue }
            if text.starts(with: Self.starts.mmseqs.utf8) {
                title = Array(text)
                break
            }
            let words = text.words
            guard words.count == 22, words[0].integer == rows.count, words[1].count == 1 else {
                throw error(.alignment(.badRow(expected: "a position that counts from 0, a residue and 20 scores")))
            }
            let shares = Self.frequencies(words[2...].map { $0.number / 2 }, alphabet, base: exp2f)
            try located { () throws(FormatError.Problem) in try rows.append(words[1][words[1].startIndex], shares) }
        }
        return try located { () throws(FormatError.Problem) in try rows.chain(header, depth: nil) }
    }

    /// The words of the next line, which names the columns: one-letter words but for `Pos` and `Cns`.
    private mutating func columns(named count: Int) throws(FormatError) -> [UInt8] {
        let words = try lines.next()?.words ?? []
        guard words.count == count else { throw error(.alignment(.badRow(expected: "names of the columns"))) }
        return words.map { $0[$0.startIndex] }
    }

    /// Background times a power of each score.
    private static func frequencies(
        _ scores: [Float], _ alphabet: ArraySlice<UInt8>, base power: (Float) -> Float
    ) -> [Float] {
        zip(alphabet, scores).map { (background[$0] ?? 0) * power($1) }
    }

    /// The file's name without what says its format.
    private var chainName: Substring {
        var file = fileName(of: name)[...]
        for ending in [".gz", ".pssm", ".ascii", ".txt"] where file.hasSuffix(ending) {
            file = file.dropLast(ending.count)
        }
        return file
    }

    private func located<Result>(_ body: () throws(FormatError.Problem) -> Result) throws(FormatError) -> Result {
        do throws(FormatError.Problem) { return try body() } catch { throw self.error(error) }
    }

    private func error(_ problem: FormatError.Problem) -> FormatError {
        FormatError(file: lines.name, line: lines.lineNumber, problem: problem)
    }
}
