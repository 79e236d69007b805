import ArgumentParser
import Strand

/// Where results go.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Output; '-' is standard output, a name ending in '.gz' is compressed.", valueName: "file"),
        completion: .file())
    var output = "-"

    var destination: ByteDestination { ByteDestination(argument: output) }

    /// Whether results go to standard output.
    var isStandardOutput: Bool { destination == .standardOutput }
}

/// Tells a user who gave no file that the program waits for typed input.
func announceTyping(_ files: [String], of what: String) {
    guard files.contains("-") && Terminal.inputIsTerminal else { return }
    Terminal.message("reading \(what) from standard input; end it with Ctrl-D, or give a file (see --help)")
}
