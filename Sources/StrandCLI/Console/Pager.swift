import Glibc
import Strand

/// Text for people: through the terminal's pager, or as it is where output is not a terminal.
struct Pager: ~Copyable {
    private let pipe: UnsafeMutablePointer<FILE>?

    /// - Parameter isWanted: whether to use a pager on a terminal: $PAGER, else less.
    init(isWanted: Bool) {
        let command = Terminal.environment("PAGER") ?? "less"
        guard isWanted && isatty(STDOUT_FILENO) == 1 && !command.isEmpty && command != "cat" else {
            pipe = nil
            return
        }
        // Colours, lines cut at the edge, no pager for what fits.
        setenv("LESS", "RSFX", 0)
        // Who leaves the pager has seen enough.
        signal(SIGPIPE, SIG_IGN)
        pipe = popen(command, "w")
    }

    /// - Returns: whether anybody still reads.
    func write(_ bytes: [UInt8]) -> Bool {
        let descriptor = pipe.map { fileno($0) } ?? STDOUT_FILENO
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR { return false }
            rest = rest.dropFirst(max(0, count))
        }
        return true
    }

    consuming func close() {
        if let pipe { pclose(pipe) }
    }
}
