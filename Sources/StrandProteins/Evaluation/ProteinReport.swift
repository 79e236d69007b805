import StrandEngine
import StrandMetrics

/// Figures of one system on one file of chains, laid out as in the JSON report.
public struct ProteinReport: Codable {
    public var file: String
    /// A model, or the file of the predictions.
    public var model: String
    public var chains: Int
    public var residues: Int
    /// Residues with a label: the counted ones.
    public var labelledResidues: Int
    public var mask = "residues labelled '-' do not count"
    /// How the true labels become three states; nil if they are three states, or not DSSP's.
    public var reduction: String?
    /// How predictions of eight states become three; nil if it is the same, or there are none.
    public var predictionReduction: String?
    public var interval: String
    /// Chains with a label: what intervals are over.
    public var labelledChains: Int
    /// Chains of eight states, over which Q8 is, beside chains of three; nil: there are none of three.
    public var eightStateChains: Int?
    /// Which chains of the truth have predictions; nil if a model has labelled all.
    public var prediction: Prediction?
    /// Chains near the training data; nil if not asked for.
    public var audit: Audit?
    /// How deep the profiles were; nil: the model sees none.
    public var profiles: Profiles?
    /// Nil if the labels are not DSSP's.
    public var threeStates: States?
    public var eightStates: States?
    /// Over labels that are not DSSP's.
    public var labels: States?
    /// Comparisons with the systems after it.
    public var comparisons: [Comparison] = []

    public init(
        file: String, model: String, reduction: LabelReduction?, threeState: LabelEvaluation,
        eightState: LabelEvaluation?
    ) {
        self.init(threeState, file: file, model: model)
        self.reduction = reduction?.name
        threeStates = States(threeState)
        eightStates = eightState.map(States.init)
    }

    /// Figures over labels that are not DSSP's.
    public init(labels: LabelEvaluation, file: String, model: String) {
        self.init(labels, file: file, model: model)
        self.labels = States(labels)
    }

    private init(_ evaluation: LabelEvaluation, file: String, model: String) {
        self.file = file
        self.model = model
        chains = evaluation.chains.count
        residues = evaluation.chains.reduce(0) { $0 + $1.length }
        labelledResidues = evaluation.residueCount
        labelledChains = evaluation.chains.count { $0.tally.counted > 0 }
        interval = IntervalBasis(labelledChains, "chain").method
    }

    /// The figures reported first, with the name of the accuracy: Q and the number of states.
    var main: (name: String, states: States) {
        guard let figures = threeStates ?? labels else { preconditionFailure("a report has figures") }
        return ("Q\(figures.states.count)", figures)
    }

    public init(_ evaluation: ProteinEvaluation, file: String, model: String) {
        guard let threeState = evaluation.threeState else {
            self.init(labels: evaluation.byLabel, file: file, model: model)
            return
        }
        let eightState = evaluation.eightState
        self.init(
            file: file, model: model, reduction: eightState == nil ? nil : evaluation.reduction,
            threeState: threeState, eightState: eightState)
        predictionReduction = evaluation.reduction.name
        eightStateChains = eightState == nil ? nil : evaluation.eightStateChains
    }

    /// How three states come about.
    var reductionText: String? {
        guard threeStates != nil else { return nil }
        let truth = reduction.map { "truth by \($0)" } ?? "truth as labelled"
        guard let predictionReduction, predictionReduction != reduction else { return truth }
        return "\(truth), predictions by \(predictionReduction)"
    }
}

// MARK: Figures

extension ProteinReport {
    /// Figures of one state against all others; nil if the denominator is 0.
    public struct State: Codable {
        public var state: String
        public var residues: Int
        public var precision: Double?
        public var recall: Double?
        public var f1: Double?
        public var mcc: Double?
    }

    /// Means over the states.
    public struct Macro: Codable {
        public var precision: Double?
        public var recall: Double?
        public var f1: Double?
        public var mcc: Double?
    }

    /// Figures for one number of states.
    public struct States: Codable {
        /// Over residues.
        public var accuracy: Figure
        /// Mean over chains.
        public var chainAccuracy: Figure
        /// Zemla et al. 1999.
        public var sov99: Figure
        /// Mean over chains.
        public var chainSOV99: Figure
        /// Liu & Wang 2018, lambda 1.
        public var sovRefine: Figure
        /// Mean over chains.
        public var chainSOVRefine: Figure
        public var states: [State]
        public var macro: Macro
        /// Over all states.
        public var mcc: Double?
        /// Rows are truth, columns prediction.
        public var confusion: [[Int]]
        /// Residues of each true state without a prediction; nil: there are none.
        public var missed: [Int]?
        /// Nil for a system without probabilities.
        public var calibration: Calibration?
        public var coverage: [Coverage]
        public var byLength: [FigurePart]
        public var byBoundaryDistance: [FigurePart]
    }
}

// MARK: From an evaluation

extension ProteinReport.States {
    public init(_ evaluation: LabelEvaluation) {
        func figure(_ figure: ChainFigure) -> Figure {
            Figure(figure, of: evaluation.chains)
        }
        let matrix = evaluation.confusion
        accuracy = figure(.accuracy)
        chainAccuracy = figure(.meanAccuracy)
        sov99 = figure(.sov99)
        chainSOV99 = figure(.meanSOV99)
        sovRefine = figure(.sovRefined)
        chainSOVRefine = figure(.meanSOVRefined)
        states = evaluation.labels.enumerated().map { index, letter in
            ProteinReport.State(
                state: String(Unicode.Scalar(letter)), residues: matrix.support(of: index),
                precision: matrix.precision(of: index), recall: matrix.recall(of: index), f1: matrix.f1(of: index),
                mcc: matrix.matthewsCorrelation(of: index))
        }
        macro = ProteinReport.Macro(
            precision: matrix.macroPrecision, recall: matrix.macroRecall, f1: matrix.macroF1,
            mcc: matrix.macroMatthewsCorrelation)
        mcc = matrix.matthewsCorrelation
        confusion = evaluation.labels.indices.map { truth in
            evaluation.labels.indices.map { matrix[truth: truth, predicted: $0] }
        }
        let missed = evaluation.labels.indices.map { matrix.missed(truth: $0) }
        self.missed = missed.contains { $0 > 0 } ? missed : nil
        calibration = Calibration(evaluation.reliability)
        coverage = evaluation.confidences.coverageCurve.atSteps(of: 0.05)
        byLength = FigurePart.byLength(evaluation.chains)
        byBoundaryDistance = FigurePart.byBoundaryDistance(evaluation.chains)
    }
}

extension FigurePart {
    /// Shortest length of each group of chains.
    private static let lengths = [1, 50, 100, 150, 200, 300, 500, 1000]

    fileprivate static func byLength(_ chains: [ChainEvaluation]) -> [Self] {
        groups(of: chains, by: chains.map(\.length), from: lengths) { start, end in
            end.map { "\(start) to \($0 - 1)" } ?? "\(start) and more"
        }
    }

    /// Groups of the chains that count, those without any left out.
    /// - Parameters:
    ///   - values: of each chain.
    ///   - bounds: the smallest value of each group, rising.
    ///   - name: of a group from a value up to another; nil: and more.
    static func groups<Value: Comparable>(
        of chains: [ChainEvaluation], by values: [Value], from bounds: [Value], name: (Value, Value?) -> String
    ) -> [Self] {
        bounds.indices.compactMap { index in
            let (start, end) = (bounds[index], bounds[(index + 1)...].first)
            let some = zip(chains, values).filter { chain, value in
                start <= value && end.map { value < $0 } ?? true && chain.tally.counted > 0
            }.map(\.0)
            if some.isEmpty { return nil }
            return Self(
                name: name(start, end), chains: some.count, residues: some.reduce(0) { $0 + $1.tally.counted },
                accuracy: Figure(.accuracy, of: some))
        }
    }

    fileprivate static func byBoundaryDistance(_ chains: [ChainEvaluation]) -> [Self] {
        (0...BoundaryDistance.greatest).compactMap { distance in
            let some = chains.filter { $0.boundaryTallies[distance].counted > 0 }
            if some.isEmpty { return nil }
            return Self(
                name: distance == BoundaryDistance.greatest ? "\(distance) and more" : "\(distance)",
                chains: some.count, residues: some.reduce(0) { $0 + $1.boundaryTallies[distance].counted },
                accuracy: Figure(.accuracy(atBoundaryDistance: distance), of: some))
        }
    }
}
