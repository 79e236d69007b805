import StrandEngine
import StrandInk
import StrandMetrics
import StrandNetwork
import StrandProteins

/// What 8-bit products cost a model on data that it was not trained on.
public struct QuantisationCost: Sendable {
    /// A share with 32-bit products and with those of 8 bits.
    public struct Figure: Sendable, Equatable {
        public var name: String
        public var before: Double
        public var after: Double
        /// Whether a smaller figure is the better one.
        public var isError = false

        /// How much worse it became.
        public var loss: Double { isError ? after - before : before - after }

        /// "Q3 72.37 % -> 72.36 %"
        public var text: String { "\(name) \(fixed(100 * before, 2)) % -> \(fixed(100 * after, 2)) %" }
    }

    /// Figures of accuracy: Q3 and Q8, or the accuracy over other labels; CER of ink.
    public private(set) var figures: [Figure] = []
    /// The share of residues whose label stays (of three states, if the labels are DSSP's), or of texts that stay.
    public private(set) var agreement = 1.0

    /// The figure that became worst.
    public var worst: Figure? { figures.max { $0.loss < $1.loss } }

    private static func computes(_ threads: Int) -> [Compute] {
        [KernelPath.Precision.fp32, .int8].map { Compute(threads: threads, path: KernelPath.best($0) ?? .best) }
    }

    /// - Parameters:
    ///   - model: labels chains.
    ///   - records: chains with its labels.
    ///   - threads: how many compute.
    ///   - progress: takes the number of chains labelled so far, of twice as many.
    public init(
        of model: ProteinModel, on records: [LabelledFASTARecord], threads: Int, progress: (Int) -> Void = { _ in }
    ) {
        let labeller = ProteinLabeller(model)
        // Labelled once for each: what is evaluated is compared too.
        var labels: [[UInt8]] = []
        let evaluations = Self.computes(threads).enumerated().map { index, compute in
            var all: [UInt8] = []
            defer { labels.append(all) }
            return ProteinEvaluation(of: labeller, on: records, compute: compute) { number, predicted in
                all += labeller.labels.isDSSP ? predicted.threeState : predicted.labels
                progress(index * records.count + number)
            }
        }
        add(labeller.labels.isDSSP ? "Q3" : "accuracy", evaluations.map { $0.main.value(of: .accuracy) })
        add("Q8", evaluations.map { $0.eightState?.value(of: .accuracy) })
        agreement = Self.agreement(labels[0], labels[1])
    }

    /// - Parameters:
    ///   - model: reads ink.
    ///   - samples: ink with its text.
    ///   - threads: how many compute.
    public init(of model: InkModel, on samples: [InkSample], threads: Int) {
        let reader = InkReader(model)
        let readings = Self.computes(threads).map { reader.read(samples.map(\.strokes), on: $0) }
        add("CER", readings.map { ErrorRates(of: $0, on: samples).errorRate(of: \.characters) }, isError: true)
        agreement = Self.agreement(readings[0].map(\.text), readings[1].map(\.text))
    }

    private mutating func add(_ name: String, _ values: [Double?], isError: Bool = false) {
        guard let before = values[0], let after = values[1] else { return }
        figures.append(Figure(name: name, before: before, after: after, isError: isError))
    }

    private static func agreement<Value: Equatable>(_ first: [Value], _ second: [Value]) -> Double {
        Double(zip(first, second).count { $0 == $1 }) / Double(max(first.count, 1))
    }
}
