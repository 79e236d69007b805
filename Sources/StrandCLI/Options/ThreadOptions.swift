import ArgumentParser

/// The number of threads.
struct ThreadOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Threads that compute (default: the processors this process may use).", valueName: "n"))
    var threads: Int?

    func validate() throws {
        if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads \(threads): give 1 to 1024") }
    }

    /// The requested threads, or as many as there are processors.
    var count: Int { threads ?? usableProcessors() }
}
