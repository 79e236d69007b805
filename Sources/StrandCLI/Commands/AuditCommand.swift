import ArgumentParser
import Strand

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Finds evaluated chains that are near training chains: figures on them flatter a model.",
        discussion: """
            Near are chains that are equal to a training chain; of which one lies whole in the other (7 residues or \
            more); with an alignment of an E-value below 0.001; or with one of 25 % identical residues over 50 % of \
            either chain and an E-value below 0.1. Identity is the share of identical pairs among an alignment's \
            columns, gaps included. The search is that of BLAST (BLOSUM62, gaps 11 + 1 a residue), with each \
            evaluated chain as a query and all training chains together as the database.

            The output has a row for each near pair: ids, identity, the covered shares of both chains, E-value, bits, \
            the reason (identical, contained, E-value or identity), and the files. How many chains are near is said \
            on standard error; that there are any is no failure.

            EXAMPLES:
              strand audit --train-set train.ssfa.gz cb513.ssfa.gz
              strand audit --train-set a.ssfa.gz --train-set b.fasta \\
                -o leaks.tsv cb513.ssfa.gz ts115.ssfa.gz
              strand audit --train-set train.fasta --identity 0.3 mine.fasta
            """)

    @OptionGroup var audit: AuditOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var threads: ThreadOptions

    @Argument(
        help: ArgumentHelp(
            "Chains to be evaluated on: FASTA or labelled FASTA, plain or gzip; '-' is standard input.",
            valueName: "file"), completion: .file())
    var files = ["-"]

    func validate() throws {
        if audit.trainSet.isEmpty { throw ValidationError("--train-set: name what the model was trained on") }
    }

    func run() throws {
        announceTyping(files + audit.trainSet, of: "FASTA")
        try RunFiles.check(reading: files + audit.trainSet, writing: [(output.output, "output")])
        let observer = ConsoleObserver(isBesideOutput: output.isStandardOutput)
        let run = try audit.makeRun(on: Compute(threads: threads.count), observer: observer)
        var writer = try ByteWriter(output.destination)
        try writer.write(AuditTable.header)
        for file in files {
            let evaluated = try ChainFile(path: file)
            evaluated.reportRepairs(to: observer)
            let found = try run.neighbours(of: evaluated.chains)
            for neighbour in found.joined() {
                try writer.write(AuditTable.row(neighbour, evaluated, run.origin(ofTraining: neighbour.training)))
            }
            observer.message(run.summary(evaluated, found))
        }
        try writer.finish()
    }
}
