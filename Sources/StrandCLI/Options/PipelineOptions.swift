import ArgumentParser

/// What makes long runs over many records safe.
struct PipelineOptions: ParsableArguments {
    /// What happens to a record that cannot be read.
    enum ErrorPolicy: String, ExpressibleByArgument, CaseIterable {
        case stop, skip
    }

    @Option(
        help: ArgumentHelp(
            "Only every n-th record, from record i: i/n with i from 0. 'strand merge' puts shards together.",
            valueName: "i/n"))
    var shard = Shard.whole

    @Flag(help: "Go on where an interrupted run stopped, to the same bytes as without interruption.")
    var resume = false

    @Option(
        help: ArgumentHelp(
            "On a record that cannot be read: stop, or skip it, note it among the rejects and exit with status 3.",
            valueName: "policy"))
    var onError = ErrorPolicy.stop

    @Option(
        help: ArgumentHelp(
            """
            Where skipped records are noted: file, line, record, reason (default: the output's name and '.rejects.tsv'; \
            standard error beside standard output).
            """, valueName: "file"), completion: .file())
    var rejects: String?

    @Option(
        help: ArgumentHelp(
            "Write what was run, on what, and what came of it, as JSON.", valueName: "file"), completion: .file())
    var manifest: String?

    @Option(
        help: ArgumentHelp("Write the counts for MultiQC, as custom content (name it *_mqc.json).", valueName: "file"),
        completion: .file())
    var multiqc: String?

    func validate() throws {
        if rejects != nil && onError == .stop { throw ValidationError("--rejects needs --on-error skip") }
    }
}

/// A part of the records: those whose number, from 0, leaves a certain rest.
struct Shard: ExpressibleByArgument, Equatable {
    let index: Int
    let count: Int

    static let whole = Shard(index: 0, count: 1)

    private init(index: Int, count: Int) {
        self.index = index
        self.count = count
    }

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], count >= 1, (0..<count).contains(index)
        else {
            return nil
        }
        self.init(index: index, count: count)
    }

    /// Whether the record of this number is in the part.
    func holds(_ number: Int) -> Bool { number % count == index }

    var defaultValueDescription: String { "\(index)/\(count)" }
    var description: String { "\(index)/\(count)" }
}
