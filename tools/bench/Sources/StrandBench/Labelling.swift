import Foundation
import Strand
import StrandNetwork

/// `strand label` on a proteome from start to end, from a file and through pipes, in the shortest format and in longer
/// ones, beside its network alone on the same chains.
struct Labelling {
    private let program: String
    private let file: String
    private let lengths: [Int]
    private let network = ProteinModel.shipped.network

    init(program: String, proteome: String) throws {
        self.program = program
        file = proteome
        var reader = FASTAReader(.file(proteome))
        var lengths: [Int] = []
        while let record = try reader.next() { lengths.append(record.sequence.count) }
        self.lengths = lengths
    }

    private var residues: Int { lengths.reduce(0, +) }

    /// Ways to run the program; `$0` is the program with its options, `$1` the file.
    private static let ways = [
        (side: "strand label", command: "$0 $1 > /dev/null"),
        (side: "strand label, through pipes", command: "cat $1 | $0 - | cat > /dev/null"),
        (side: "strand label, tsv", command: "$0 --format tsv $1 > /dev/null"),
        (side: "strand label, jsonl", command: "$0 --format jsonl $1 > /dev/null"),
    ]

    /// All in turn, for one number of threads and one precision.
    func measure(threads: Int, precision: Case.Precision, repetitions: Int) throws -> [Measurement] {
        let compute = Compute(threads: threads, path: KernelPath.best(precision.ofKernels) ?? .best)
        var times = [[Double]](repeating: [], count: Self.ways.count + 1)
        for _ in 0..<repetitions {
            for (index, way) in Self.ways.enumerated() {
                times[index].append(try run(way.command, threads: threads, precision: precision))
            }
            times[Self.ways.count].append(seconds { runNetwork(on: compute) })
        }
        return zip(Self.ways.map(\.side) + ["its network alone"], times).map { side, times in
            Measurement(
                name: "label a proteome", side: side, layout: "", precision: precision.rawValue, threads: threads,
                seconds: times, timesteps: residues,
                operations: network.shape.operations(timesteps: residues))
        }
    }

    /// The network on inputs that are at hand, in stretches of as many residues as `strand label` takes.
    private func runNetwork(on compute: Compute) {
        let prepared = PreparedNetwork(network, for: compute)
        var stretch: [Int] = []
        var gathered = 0
        for (index, length) in lengths.enumerated() {
            stretch.append(length)
            gathered += length
            guard gathered >= 1 << 16 || index == lengths.count - 1 else { continue }
            _ = prepared.probabilities(lengths: stretch) { [network] _, batch in
                Matrix(rows: batch.rowCount, columns: network.shape.inputs)
            }
            (stretch, gathered) = ([], 0)
        }
    }

    private func run(_ command: String, threads: Int, precision: Case.Precision) throws -> Double {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let program = "'\(program)' label --threads \(threads) --precision \(precision.rawValue)"
        process.arguments = [
            "-c", command.replacing("$0", with: program).replacing("$1", with: "'\(file)'"),
        ]
        return try seconds {
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        }
    }
}
