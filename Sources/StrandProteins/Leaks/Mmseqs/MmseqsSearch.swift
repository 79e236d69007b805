import FoundationEssentials
import Glibc
import StrandBytes

/// `mmseqs easy-search` (Steinegger & Soeding 2017) at its highest sensitivity, in a temporary directory.
struct MmseqsSearch {
    let threads: Int
    let eValue: Double

    /// The alignments of each of `chains` with training chains.
    func run(
        _ chains: [[UInt8]], against training: [[UInt8]]
    ) throws -> [[(training: Int, match: LeakAudit.Match)]] {
        let folder = try Self.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Self.write(chains, to: "\(folder)/evaluated.fasta")
        try Self.write(training, to: "\(folder)/training.fasta")
        try runProgram(
            [
                "mmseqs", "easy-search", "\(folder)/evaluated.fasta", "\(folder)/training.fasta",
                "\(folder)/hits.tsv", "\(folder)/work", "-s", "7.5", "-e", String(eValue), "--threads",
                String(threads), "-v", "1", "--format-output", MmseqsHit.fields,
            ], messages: "\(folder)/messages.txt")
        var found = chains.map { _ in [(training: Int, match: LeakAudit.Match)]() }
        var lines = LineReader(.file("\(folder)/hits.tsv"))
        while let line = try lines.next() {
            guard let hit = MmseqsHit(line), chains.indices.contains(hit.evaluated),
                training.indices.contains(hit.training)
            else {
                throw MmseqsError.unexpectedLine(String(decoding: line, as: UTF8.self), number: lines.lineNumber)
            }
            found[hit.evaluated].append((hit.training, hit.match))
        }
        return found
    }

    private static func temporaryFolder() throws(MmseqsError) -> String {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/strand-mmseqs-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .noTemporaryDirectory(errno: errno) }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Chains named by their indices; bytes that are not letters become X.
    private static func write(_ chains: [[UInt8]], to path: String) throws(FormatError) {
        var writer = try FASTAWriter(.file(path), width: 0)
        for (index, chain) in chains.enumerated() {
            let letters = chain.map { (65...90).contains($0 & 0xDF) ? $0 & 0xDF : UInt8(ascii: "X") }
            try writer.write(FASTARecord(header: Array(String(index).utf8), sequence: letters))
        }
        try writer.finish()
    }

    private func runProgram(_ arguments: [String], messages: String) throws {
        switch try spawn(arguments, messages: messages) {
        case .exited(0): return
        case .exited(let status):
            let said = (try? String(contentsOfFile: messages, encoding: .utf8)) ?? ""
            let last = said.split(separator: "\n").suffix(2).joined(separator: "; ")
            throw MmseqsError.failed(status: status, message: last.isEmpty ? "it said nothing" : last)
        case .killed(let signal): throw MmseqsError.killed(signal: signal)
        }
    }
}

/// A line of `mmseqs easy-search --format-output`.
struct MmseqsHit {
    /// The requested fields.
    static let fields = "query,target,raw,bits,evalue,fident,qstart,qend,tstart,tend"

    let evaluated: Int
    let training: Int
    let match: LeakAudit.Match

    /// Nil if the line does not have these fields.
    init?(_ line: ArraySlice<UInt8>) {
        let values = line.split(separator: UInt8(ascii: "\t")).map { Double(String(decoding: $0, as: UTF8.self)) }
        guard values.count == 10, values.allSatisfy({ $0.map { $0.isFinite } ?? false }) else { return nil }
        let numbers = values.map { $0 ?? 0 }
        let integers = [0, 1, 2, 6, 7, 8, 9].map { Int(exactly: numbers[$0]) }
        guard integers.allSatisfy({ $0 != nil }) else { return nil }
        let whole = integers.map { $0 ?? 0 }
        // Positions count from 1 and ranges include the last.
        guard whole[3] >= 1, whole[3] <= whole[4], whole[5] >= 1, whole[5] <= whole[6] else { return nil }
        evaluated = whole[0]
        training = whole[1]
        match = LeakAudit.Match(
            score: whole[2], bits: numbers[3], eValue: numbers[4], identity: numbers[5],
            evaluatedRange: whole[3] - 1..<whole[4], trainingRange: whole[5] - 1..<whole[6])
    }
}

/// Why `mmseqs` gave no alignments.
public enum MmseqsError: Error, Equatable {
    /// The program cannot be started.
    case cannotStart(errno: Int32)
    /// It ended with this status, or by a signal; its last message.
    case failed(status: Int32, message: String)
    case killed(signal: Int32)
    /// A line of its output without the requested fields.
    case unexpectedLine(String, number: Int)
    /// The temporary directory cannot be made.
    case noTemporaryDirectory(errno: Int32)
}

extension MmseqsError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotStart(ENOENT): "mmseqs: no such program; install it (Debian: mmseqs2) or use --engine builtin"
        case .cannotStart(let code): "mmseqs: cannot be started: \(String(cString: strerror(code)))"
        case .failed(let status, let message): "mmseqs: ended with status \(status): \(message)"
        case .killed(let signal): "mmseqs: ended by signal \(signal)"
        case .unexpectedLine(let line, let number):
            "mmseqs: line \(number) of its output is not understood: '\(line.prefix(80))'; is it version 14 or later?"
        case .noTemporaryDirectory(let code):
            "mmseqs: no temporary directory: \(String(cString: strerror(code))); set TMPDIR"
        }
    }
}
