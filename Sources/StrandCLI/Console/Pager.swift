import Glibc
import Strand

/// Text for people: through the terminal's pager, or as it is where output is not a terminal.
struct Pager: ~Copyable {
    private let pipe: UnsafeMutablePointer<FILE>?
    private var plain: ByteWriter?

    /// - Parameter isWanted: whether to use a pager on a terminal: $PAGER, else less.
    init(isWanted: Bool) throws(FormatError) {
        let command = Terminal.environment("PAGER") ?? "less"
        if isWanted && isatty(STDOUT_FILENO) == 1 && !command.isEmpty && command != "cat" {
            if Self.isThere(command) {
                // Colours, lines cut at the edge, no pager for what fits.
                setenv("LESS", "RSFX", 0)
                // Who leaves the pager has seen enough.
                signal(SIGPIPE, SIG_IGN)
                if let opened = popen(command, "w") {
                    pipe = opened
                    plain = nil
                    return
                }
            }
            Terminal.message("there is no pager '\(command)': shown as it is")
        }
        pipe = nil
        plain = try ByteWriter(.standardOutput)
    }

    private static func isThere(_ command: String) -> Bool {
        let program = command.prefix { $0 != " " }.replacing("'", with: "")
        guard let check = popen("command -v '\(program)' >/dev/null", "r") else { return false }
        return pclose(check) == 0
    }

    /// - Returns: whether anybody still reads.
    mutating func write(_ bytes: [UInt8]) throws(FormatError) -> Bool {
        guard let pipe else {
            try plain!.write(bytes)
            return true
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(fileno(pipe), $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR { return false }
            rest = rest.dropFirst(max(0, count))
        }
        return true
    }

    /// Waits for the reader.
    consuming func close() throws(FormatError) {
        if let pipe { pclose(pipe) }
        if let plain = plain.take() { try plain.finish() }
    }
}
