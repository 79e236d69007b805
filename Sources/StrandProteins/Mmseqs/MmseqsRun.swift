import FoundationEssentials
import Glibc
import StrandBytes

/// Runs `mmseqs` (Steinegger & Soeding 2017), which must be installed, in a temporary folder that goes with this.
final class MmseqsRun: Sendable {
    private let folder: String
    private let threads: Int

    /// - Parameter threads: for all but the programs that take no such option.
    init(threads: Int) throws(MmseqsError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/strand-mmseqs-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .noTemporaryDirectory(errno: errno) }
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        self.threads = threads
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// A file in the folder.
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Removes all files of the folder whose names begin so.
    func remove(_ start: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(start) {
            try? FileManager.default.removeItem(atPath: path(name))
        }
    }

    /// The files of a database of results: one, or one for each thread that wrote it.
    func resultFiles(_ name: String) -> [String] {
        if FileState.exists(path(name)) { return [path(name)] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let parts = names.compactMap { $0.hasPrefix("\(name).") ? Int($0.dropFirst(name.utf8.count + 1)) : nil }
        return parts.sorted().map { path("\(name).\($0)") }
    }

    /// Writes chains named by their indices; bytes that are not letters become X.
    func write(_ chains: [[UInt8]], to name: String) throws(FormatError) {
        var writer = try FASTAWriter(.file(path(name)), width: 0)
        for (index, chain) in chains.enumerated() {
            let letters = chain.map { (65...90).contains($0 & 0xDF) ? $0 & 0xDF : UInt8(ascii: "X") }
            try writer.write(FASTARecord(header: Array(String(index).utf8), sequence: letters))
        }
        try writer.finish()
    }

    /// - Throws: `cannotStart` unless the program is there.
    func checkProgram() throws(MmseqsError) { _ = try spawn(["mmseqs", "version"], messages: path("version.txt")) }

    /// Runs one of its programs.
    func callAsFunction(_ arguments: String...) throws(MmseqsError) {
        let messages = path("messages.txt")
        remove("messages.txt")
        let common = arguments[0] == "createdb" ? ["-v", "1"] : ["-v", "1", "--threads", String(threads)]
        switch try spawn(["mmseqs"] + arguments + common, messages: messages) {
        case .exited(0): return
        case .exited(let status):
            let said = (try? String(contentsOfFile: messages, encoding: .utf8)) ?? ""
            let last = said.split(separator: "\n").suffix(2).joined(separator: "; ")
            throw .failed(status: status, message: last.isEmpty ? "it said nothing" : last)
        case .killed(let signal): throw .killed(signal: signal)
        }
    }
}
