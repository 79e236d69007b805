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
