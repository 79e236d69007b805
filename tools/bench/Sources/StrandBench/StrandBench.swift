import ArgumentParser
import Foundation
import StrandNetwork

@main
struct StrandBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strand-bench",
        abstract: "Measures Strand and its peers in turn, in one run.",
        discussion: """
            For every case the sides take turns, repetition by repetition, so that what else the machine does falls on \
            all alike. Medians are compared. Peers run where --python names a Python with torch, onnx and onnxruntime.
            """)

    @Option(help: "A Python that has torch, and onnx with onnxruntime; without it only Strand runs.")
    var python: String?

    @Option(help: "Repetitions of each side.")
    var repetitions = 9

    @Option(help: "Threads, one column of figures each.")
    var threads = [1, 2]

    @Option(help: "Run only the cases whose name contains this.")
    var only = ""

    @Option(help: "A FASTA file that `strand label` labels from start to end.")
    var proteome: String?

    @Option(help: "The program that does so.")
    var strand = "../../.build/release/strand"

    @Option(help: "Write all figures as JSON to this file.")
    var json: String?

    func run() throws {
        let paths = [Case.Precision.fp32, .bf16].compactMap { KernelPath.best($0.ofKernels) }
        let machine = Machine(kernels: paths, others: [KernelPath.best(.int8)].compactMap { $0 })
        let peaks = machine.peakGigaflops.sorted { $0.key > $1.key }.map { "\(rounded($0.value)) GF/s in \($0.key)" }
        print(
            "\(machine.processor), \(machine.cores) cores, caches \(machine.caches.joined(separator: ", ")), kernels \(machine.kernels.joined(separator: ", ")), "
                + "peak of a thread \(peaks.joined(separator: ", "))\n")
        let products = only.isEmpty || "step product".contains(only) ? stepProducts(paths) : []
        let torch = python.flatMap { Peer(python: $0, script: "torch_peer.py") }
        let onnx = python.flatMap { Peer(python: $0, script: "ort_peer.py") }
        var measurements: [Measurement] = []
        print(Self.row(["case", "threads", "side", "ms", "timesteps/s", "GF/s", "Strand is"]))
        for count in threads {
            for precision in [Case.Precision.fp32, .bf16, .int8] {
                for test in Case.all(threads: count, precision: precision)
                where only.isEmpty || "\(test.name), \(precision)".contains(only) {
                    // ONNX Runtime has no bfloat16 LSTM, no packed sequences, and does not train.
                    let hasONNX = test.mode == .infer && precision != .bf16 && test.layout != .packed
                    let results = try measure(test, torch: torch, onnx: hasONNX ? onnx : nil)
                    show(results)
                    measurements += results
                }
            }
        }
        if let proteome, only.isEmpty || "label a proteome".contains(only) {
            let labelling = try Labelling(program: strand, proteome: proteome)
            for count in threads {
                for precision in [Case.Precision.fp32, .bf16, .int8] {
                    let results = try labelling.measure(
                        threads: count, precision: precision, repetitions: min(3, repetitions))
                    show(results)
                    measurements += results
                }
            }
        }
        if let onnx, only.isEmpty || "S4PRED's shape".contains(only), let most = threads.max() {
            let results = try measure(.s4pred(threads: most), torch: nil, onnx: onnx, strand: false, repetitions: 3)
            show(results)
            measurements += results
        }
        if let json {
            try write(Report(machine: machine, stepProducts: products, measurements: measurements), to: json)
        }
    }

    struct Report: Encodable {
        var machine: Machine
        var stepProducts: [StepProduct]
        var measurements: [Measurement]
    }

    private func stepProducts(_ paths: [KernelPath]) -> [StepProduct] {
        print(Self.row(["step product", "rows", "GF/s", "of peak"]))
        var products: [StepProduct] = []
        for path in paths {
            for hidden in [128, 256, 512] {
                for rows in [1, 8, 32, 64] {
                    let product = StepProduct(hidden: hidden, rows: rows, path: path)
                    products.append(product)
                    print(
                        Self.row([
                            "H = \(hidden), \(path.precision)", "\(rows)", rounded(product.gigaflops),
                            "\(rounded(100 * product.shareOfPeak)) %",
                        ]))
                }
            }
        }
        print("")
        fflush(nil)
        return products
    }

    private func measure(
        _ test: Case, torch: Peer?, onnx: Peer?, strand: Bool = true, repetitions: Int? = nil
    ) throws -> [Measurement] {
        let ours = strand ? StrandSide(test) : nil
        ours?.run()
        var times: [String: [Double]] = [:]
        for _ in 0..<(repetitions ?? self.repetitions) {
            if let ours { times["Strand", default: []].append(seconds { ours.run() }) }
            for peer in [torch, onnx].compactMap({ $0 }) {
                if let time = try peer.run(test) { times[peer.name, default: []].append(time) }
            }
        }
        return times.keys.sorted { $0 == "Strand" || ($1 != "Strand" && $0 < $1) }.map { side in
            Measurement(
                name: test.name, side: side, layout: test.layout.rawValue, precision: test.precision.rawValue,
                threads: test.threads, seconds: times[side] ?? [], timesteps: test.timesteps,
                operations: test.cell == nil ? test.operations : 0)
        }
    }

    private func show(_ results: [Measurement]) {
        defer { fflush(nil) }
        guard let ours = results.first else { return }
        for result in results {
            let side =
                result.layout.isEmpty || result.side == "Strand" ? result.side : "\(result.side), \(result.layout)"
            let ratio = result.side == ours.side ? "" : "\(rounded(result.median / ours.median, 2)) x"
            print(
                Self.row([
                    "\(result.name), \(result.precision)", "\(result.threads)", side, rounded(1e3 * result.median, 1),
                    rounded(result.timestepsPerSecond), result.operations > 0 ? rounded(result.gigaflops) : "", ratio,
                ]))
        }
    }

    private func write(_ report: Report, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(report).write(to: URL(filePath: path))
    }

    private static func row(_ cells: [String]) -> String {
        let widths = cells.count == 4 ? [22, 8, 10, 10] : [24, 8, 34, 10, 13, 8, 10]
        return zip(cells, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined()
    }
}

/// A number with so many decimals.
func rounded(_ value: Double, _ decimals: Int = 0) -> String { String(format: "%.\(decimals)f", value) }
