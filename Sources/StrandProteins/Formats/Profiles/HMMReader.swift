import Glibc
import StrandBytes

/// The profiles of a file of hidden Markov models, HH-suite's `.hhm` or HMMER 3's `.hmm` in text, plain or gzipped, one at a
/// time.
///
/// - `.hhm` (HH-suite user guide, "HMM file format"): emissions are -1000 log2 p, `*` for 0; the chain is the master
///   sequence, depth the number of sequences after the filter.
/// - `.hmm` (HMMER user's guide, "HMMER profile HMM files"): match emissions are -ln p, `*` for 0; the chain is the consensus
///   where there is one, else the most probable amino acids; depth is NSEQ. HMMER mixes its emissions with a prior.
struct HMMReader: ~Copyable, RecordReader {
    private var lines: LineReader
    private var hasRead = false
    private var isInside = false

    /// A reader of the bytes that `bytes` has not read yet. Does no I/O.
    init(_ bytes: consuming ByteReader) {
        lines = LineReader(bytes)
    }

    /// The next profile, or nil after the last.
    /// - Throws: `noAlignment`, `badRow`, `badFrequencies`, `otherAlphabet`, `cutProfile`, or what `ByteReader` throws.
    mutating func next() throws(FormatError) -> ProfiledChain? {
        guard let kind = try findStart() else {
            if hasRead { return nil }
            throw FormatError(file: lines.name, problem: .alignment(.noAlignment))
        }
        (hasRead, isInside) = (true, true)
        let summary = try readSummary(kind)
        var rows = try located(summary.name) { () throws(FormatError.Problem) in
            try ProfileRows(alphabet: summary.alphabet)
        }
        while let line = try lines.next() {
            if line.starts(with: "//".utf8) {
                isInside = false
                return try located(summary.name) { () throws(FormatError.Problem) in
                    try rows.chain(summary.name, length: summary.length, depth: summary.depth)
                }
            }
            // Rows of transitions and insertions, HMMER's null model and the state before the first are of no use here.
            let words = line.words
            guard words.count >= 22, let row = Row(words, kind, number: rows.count + 1) else { continue }
            try located(summary.name) { () throws(FormatError.Problem) in try rows.append(row.letter, row.shares) }
        }
        isInside = false
        throw error(.alignment(.cutProfile(rows: rows.count, expected: summary.length ?? rows.count + 1)), summary.name)
    }

    /// Skips to the end of a faulty profile.
    mutating func skipRecord() throws(FormatError) {
        while isInside, let line = try lines.next() { isInside = !line.starts(with: "//".utf8) }
        isInside = false
    }

    private enum Kind {
        case hhsuite, hmmer
    }

    /// What stands before the rows.
    private struct Summary {
        var name: [UInt8] = []
        var length: Int?
        var depth: Int?
        var alphabet: [UInt8] = []
    }

    /// The emissions of a match state.
    private struct Row {
        let letter: UInt8
        let shares: [Float]

        /// Nil if it is another row; a value that is no number is made NaN.
        init?(_ words: [ArraySlice<UInt8>], _ kind: Kind, number: Int) {
            switch kind {
            case .hhsuite:
                // Residue, number, 20 values, number.
                guard words[0].count == 1, words[1].integer == number else { return nil }
                letter = words[0][words[0].startIndex]
                shares = words[2..<22].map { $0.elementsEqual("*".utf8) ? 0 : exp2f(-$0.number / 1000) }
            case .hmmer:
                // Number, 20 values, column of the alignment, consensus, ...
                guard words[0].integer == number else { return nil }
                let values = words[1..<21].map { $0.elementsEqual("*".utf8) ? 0 : expf(-$0.number) }
                let consensus =
                    words.count > 22 && words[22].count == 1 ? words[22][words[22].startIndex] : UInt8(ascii: "-")
                let best = values.indices.max { values[$0] < values[$1] } ?? 0
                shares = values
                letter = consensus == UInt8(ascii: "-") ? ResidueProfile.aminoAcids[best] : consensus
            }
        }
    }

    /// Moves past the first line of the next profile; nil at the end of the source.
    private mutating func findStart() throws(FormatError) -> Kind? {
        while let line = try lines.next() {
            let text = line.drop { $0 == 0 }
            if text.starts(with: "HHsearch".utf8) { return .hhsuite }
            if text.starts(with: "HMMER3/".utf8) { return .hmmer }
            if !text.isBlankLine {
                throw error(.alignment(.badRow(expected: "'HHsearch 1.5' or 'HMMER3/f'")), [])
            }
        }
        return nil
    }

    private mutating func readSummary(_ kind: Kind) throws(FormatError) -> Summary {
        var summary = Summary()
        while let line = try lines.next() {
            let words = line.words
            guard let key = words.first.map({ String(decoding: $0, as: UTF8.self) }) else { continue }
            let value = words.dropFirst().first
            switch key {
            case "NAME": summary.name = Array(line.dropFirst(4).withoutOuterBlanks)
            case "LENG": summary.length = value?.integer
            case "NSEQ", "FILT": summary.depth = value?.integer
            case "ALPH":
                if let value, !value.elementsEqual("amino".utf8) {
                    throw error(.alignment(.otherAlphabet(String(utf8OrLatin1: value))), summary.name)
                }
            case "HMM":
                summary.alphabet = words.dropFirst().flatMap { $0 }
                return summary
            case "//": throw error(.alignment(.cutProfile(rows: 0, expected: summary.length ?? 1)), summary.name)
            default: continue
            }
        }
        throw error(.alignment(.cutProfile(rows: 0, expected: summary.length ?? 1)), summary.name)
    }

    /// The result of `body`, whose problem is one of the profile with this name.
    private func located<Result>(
        _ name: [UInt8], _ body: () throws(FormatError.Problem) -> Result
    ) throws(FormatError) -> Result {
        do throws(FormatError.Problem) { return try body() } catch { throw self.error(error, name) }
    }

    private func error(_ problem: FormatError.Problem, _ name: [UInt8]) -> FormatError {
        let id = RecordHeader.id(of: name)
        return FormatError(file: lines.name, line: lines.lineNumber, record: id.isEmpty ? nil : id, problem: problem)
    }
}
