import StrandNetwork

/// One thing to measure, on every side alike. Encoded, it is what a peer is asked to do.
struct Case: Encodable {
    enum Mode: String, Encodable { case train, infer }
    enum Layout: String, Encodable { case dense, packed, padded }
    enum Precision: String, Encodable {
        case fp32, bf16, int8

        var ofKernels: KernelPath.Precision {
            switch self {
            case .fp32: .fp32
            case .bf16: .bf16
            case .int8: .int8
            }
        }
    }

    /// What the table calls it; the same for all sides of one comparison.
    var name: String
    var mode: Mode
    var hidden = 256
    var inputs = 32
    var layers = 2
    var labels = 8
    /// Timesteps of each sequence.
    var lengths: [Int]
    /// How a peer lays out sequences of different lengths. Strand needs no choice.
    var layout = Layout.dense
    var precision = Precision.fp32
    var threads: Int
    /// "gru" for networks only ONNX Runtime is asked to run.
    var cell: String?
    /// Networks whose outputs are averaged.
    var nets: Int?

    /// Timesteps that mean something.
    var timesteps: Int { lengths.reduce(0, +) }

    var shape: NetworkShape { NetworkShape(inputs: inputs, hidden: hidden, layers: layers, labels: labels) }

    /// Multiply-add operations of the LSTM layers, two a weight; three times as many in training.
    var operations: Double {
        shape.operations(timesteps: timesteps) * (mode == .train ? 3 : 1)
    }
}

extension Case {
    /// 32 sequences of 256 steps.
    private static let dense = [Int](repeating: 256, count: 32)
    /// 32 sequences of 64 to 447 steps, evenly spread: what labelled chains are like.
    private static let ragged = (0..<32).map { 64 + $0 * 384 / 31 }

    /// All comparisons of the table, for one number of threads and one precision.
    static func all(threads: Int, precision: Precision) -> [Case] {
        let cases = [
            Case(name: "train, dense", mode: .train, lengths: dense, threads: threads),
            Case(name: "train, ragged", mode: .train, lengths: ragged, layout: .padded, threads: threads),
            Case(name: "train, ragged", mode: .train, lengths: ragged, layout: .packed, threads: threads),
            Case(name: "infer, 32 x 256", mode: .infer, lengths: dense, threads: threads),
            Case(name: "infer, ragged", mode: .infer, lengths: ragged, layout: .padded, threads: threads),
            Case(name: "infer, ragged", mode: .infer, lengths: ragged, layout: .packed, threads: threads),
            Case(name: "infer, one x 256", mode: .infer, lengths: [256], threads: threads),
            Case(name: "infer, one x 32", mode: .infer, lengths: [32], threads: threads),
        ]
        // Networks are trained with more than 8 bits, and PyTorch's of 8 bits take no packed sequences.
        return cases.filter { precision != .int8 || $0.mode == .infer && $0.layout != .packed }.map {
            var test = $0
            test.precision = precision
            return test
        }
    }

    /// The shape of S4PRED: five networks of three bidirectional GRU layers of 1,024 units (Moffat & Jones 2021).
    static func s4pred(threads: Int) -> Case {
        Case(
            name: "S4PRED's shape, 4 x 256", mode: .infer, hidden: 1024, inputs: 128, layers: 3, labels: 3,
            lengths: [Int](repeating: 256, count: 4), threads: threads, cell: "gru", nets: 5)
    }
}

extension NetworkShape {
    /// Multiply-add operations of the LSTM layers forward over so many timesteps, two a weight.
    func operations(timesteps: Int) -> Double {
        let weights = (0..<layers).reduce(0) { $0 + 8 * hidden * (($1 == 0 ? inputs : 2 * hidden) + hidden) }
        return Double(2 * weights * timesteps)
    }
}
