import Foundation
import Strand
import StrandFormats
import StrandNetwork

/// `strand label` on a proteome from start to end, beside its network alone on the same chains.
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

    /// Both in turn, for one number of threads and one precision.
    func measure(threads: Int, precision: Case.Precision, repetitions: Int) throws -> [Measurement] {
        let compute = Compute(threads: threads, path: KernelPath.best(precision.ofKernels) ?? .best)
        var (alone, whole): ([Double], [Double]) = ([], [])
        for _ in 0..<repetitions {
            alone.append(seconds { runNetwork(on: compute) })
            whole.append(try runProgram(threads: threads, precision: precision))
        }
        return [("strand label", whole), ("its network alone", alone)].map { side, times in
            Measurement(
                name: "label a proteome", side: side, layout: "", precision: precision.rawValue, threads: threads,
                seconds: times, timesteps: residues,
                operations: network.shape.operations(timesteps: residues))
        }
    }

    /// The network on inputs that are at hand, in stretches of as many residues as `strand label` takes.
    private func runNetwork(on compute: Compute) {
        var stretch: [Int] = []
        var gathered = 0
        for (index, length) in lengths.enumerated() {
            stretch.append(length)
            gathered += length
            guard gathered >= 1 << 16 || index == lengths.count - 1 else { continue }
            _ = network.probabilities(lengths: stretch, on: compute) { _, batch in
                Matrix(rows: batch.rowCount, columns: network.shape.inputs)
            }
            (stretch, gathered) = ([], 0)
        }
    }

    private func runProgram(threads: Int, precision: Case.Precision) throws -> Double {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["label", "--threads", "\(threads)", "--precision", precision.rawValue, file]
        process.standardOutput = FileHandle.nullDevice
        return try seconds {
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        }
    }
}
