import ArgumentParser
import Strand

struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Puts the outputs of shards back into the order of the input.",
        discussion: """
            The files are the outputs of 'strand label --shard 0/n' to 'n-1/n', or of 'strand read', in this order. \
            The result has the bytes of a run without shards (of gzip those of the unpacked file). The format is told by the content; BED, Jalview's \
            features and plain text, whose lines do not show where a record ends, cannot be merged. Shards that do not fit together are an \
            error, and nothing is written. A shard's manifest, which 'label' and 'read' write beside it (its name and \
            '.manifest.json'), says which shard of which run it is; without one only formats, counts and ids can be \
            compared, which is said.

            EXAMPLES:
              for i in 0 1 2 3; do
                strand label --shard $i/4 all.fa.gz -o part$i.ss.gz
              done
              strand merge part0.ss.gz part1.ss.gz part2.ss.gz part3.ss.gz -o all.ss.gz
            """)

    @OptionGroup var output: OutputOptions

    @Argument(
        help: ArgumentHelp("Outputs of all shards, from the first to the last.", valueName: "file"), completion: .file()
    )
    var files: [String]

    func run() throws {
        let manifests = files.map(RunManifest.path(beside:)).filter(FileState.exists)
        try RunFiles.check(reading: files + manifests, writing: [(output.output, "output")])
        let observer = ConsoleObserver(isBesideOutput: output.isStandardOutput)
        let merge = ShardMerge(files, meter: observer.meter(of: files, isHashing: true))
        try merge.run(into: output.destination, observer: observer)
    }
}
