import StrandEngine
import StrandMetrics
import StrandNetwork
import StrandProteins

/// How much context a model of secondary structure uses: its accuracy if it sees only a window of the chain around the
/// residue in question, as if the chain began and ended there.
public struct ContextStudy: Sendable {
    /// Which side of the chain is cut to the window.
    public enum Side: String, Sendable, Codable, CaseIterable {
        /// The window is on both sides of the residue.
        case both
        /// Before the residue; everything after it is shown.
        case before
        /// After the residue; everything before it is shown.
        case after
    }

    /// Accuracy with one window.
    public struct Point: Sendable, Codable, Equatable {
        public var side: Side
        /// Maximum number of residues shown on that side; nil: the whole chain.
        public var window: Int?
        public var residues: Int
        /// Q3, with a 95 % interval over chains, if there are several.
        public var accuracy: Double
        @OrNull public var lower: Double?
        @OrNull public var upper: Double?
    }

    /// A residue to predict.
    private struct Question {
        let chain: Int
        let position: Int
    }

    private let records: [LabelledFASTARecord]
    private let questions: [Question]
    private let labeller: ProteinLabeller
    private let reduction = LabelReduction.hgiEB

    /// Pieces of chains labelled together: all their probabilities are in memory at once.
    private static let piecesAtOnce = 2048

    /// - Parameters:
    ///   - labeller: the labeller under study.
    ///   - records: labelled chains.
    ///   - residuesPerChain: number of residues to predict in each chain, drawn from those with a label.
    ///   - generator: draws the residues.
    public init(
        of labeller: ProteinLabeller, on records: [LabelledFASTARecord], residuesPerChain: Int,
        using generator: inout SeededGenerator
    ) {
        self.labeller = labeller
        self.records = records
        questions = records.indices.flatMap { chain in
            let labelled = records[chain].labels.indices.filter {
                records[chain].labels[$0] != SecondaryStructure.unlabelled
            }
            return labelled.shuffled(using: &generator).prefix(residuesPerChain).sorted()
                .map { Question(chain: chain, position: $0) }
        }
    }

    /// Number of residues to predict.
    public var residueCount: Int { questions.count }

    /// Accuracy with a window. Labels as many residues as all windows together hold.
    /// - Parameters:
    ///   - side: the side cut to the window.
    ///   - window: nil: the whole chain, whatever the side.
    ///   - compute: where to run.
    /// - Precondition: at least one residue has a label.
    public func point(_ side: Side, window: Int?, on compute: Compute) -> Point {
        var tallies = [SIMD2<Double>](repeating: .zero, count: records.count)
        for start in stride(from: 0, to: questions.count, by: Self.piecesAtOnce) {
            let part = questions[start..<min(start + Self.piecesAtOnce, questions.count)]
            let spans = part.map { span(around: $0, side, window) }
            let pieces = zip(part, spans).map { Array(records[$0.chain].sequence[$1]) }
            for ((question, span), labels) in zip(zip(part, spans), labeller.label(pieces, on: compute)) {
                let predicted = labels.reduced(by: reduction).labels[question.position - span.lowerBound]
                let truth = reduction.reduce([records[question.chain].labels[question.position]])[0]
                tallies[question.chain] += [predicted == truth ? 1 : 0, 1]
            }
        }
        let sum = tallies.reduce(.zero, +)
        precondition(sum.y > 0, "no residue has a label")
        var generator = SeededGenerator(seed: 1)
        let interval = Bootstrap().interval(ofRatio: tallies, using: &generator)
        return Point(
            side: side, window: window, residues: questions.count, accuracy: sum.x / sum.y, lower: interval?.lower,
            upper: interval?.upper)
    }

    private func span(around question: Question, _ side: Side, _ window: Int?) -> Range<Int> {
        let length = records[question.chain].sequence.count
        guard let window else { return 0..<length }
        let start = side == .after ? 0 : max(0, question.position - window)
        let end = side == .before ? length : min(length, question.position + window + 1)
        return start..<end
    }
}

extension ContextStudy.Point: MeasuredFigure {
    public var value: Double { accuracy }
}
