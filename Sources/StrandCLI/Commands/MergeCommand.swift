import ArgumentParser
import Strand

struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Puts the outputs of shards back into the order of the input.",
        discussion: """
            The files are the outputs of 'strand label --shard 0/n' to 'n-1/n', or of 'strand read', in this order. \
            The result has the bytes of a run without shards. The format is told by the content; BED and plain text, \
            whose lines do not show where a record ends, cannot be merged. Shards that do not fit together are an error, and nothing is written.

            EXAMPLES:
              for i in 0 1 2 3; do strand label --shard $i/4 all.fa.gz -o part$i.ss.gz; done
              strand merge part0.ss.gz part1.ss.gz part2.ss.gz part3.ss.gz -o all.ss.gz
            """)

    @OptionGroup var output: OutputOptions

    @Argument(
        help: ArgumentHelp("Outputs of all shards, from the first to the last.", valueName: "file"), completion: .file()
    )
    var files: [String]

    func run() throws {
        let shards = files.map { PieceSource($0) }
        var writer = try ByteWriter(output.destination)
        let observer = ConsoleObserver(isBesideOutput: output.isStandardOutput)
        var records = 0
        while let record = try shards[records % shards.count].next() {
            if records == 0 { try writer.write(shards[0].preamble) }
            try writer.write(record)
            records += 1
            observer.progress(counted(records, "record"))
        }
        if records == 0 { try writer.write(shards[0].preamble) }
        for index in shards.indices where try shards[index].next() != nil {
            throw FormatError(
                file: files[index], problem: .run(.surplusRecords(shard: files[records % files.count])))
        }
        try writer.finish()
        observer.done(counted(records, "record"))
    }
}

/// A reader of pieces that an array can hold.
private final class PieceSource {
    private var pieces: PredictionPieces

    init(_ path: String) {
        pieces = PredictionPieces(ByteSource(argument: path))
    }

    var preamble: [UInt8] { pieces.preamble }

    func next() throws(FormatError) -> [UInt8]? { try pieces.next() }
}
