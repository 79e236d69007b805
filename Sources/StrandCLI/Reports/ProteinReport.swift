import Strand

/// Figures of one system on one file of chains, as JSON has them.
struct ProteinReport: Codable {
    var file: String
    /// A model, or the file of the predictions.
    var model: String
    var chains: Int
    var residues: Int
    /// Residues with a label: those that count.
    var labelledResidues: Int
    var mask = "residues labelled '-' do not count"
    var reduction: String
    var interval = "95 % percentile bootstrap over chains, 10,000 resamples"
    /// Chains near the training data; nil where that was not asked.
    var audit: Audit?
    var threeStates: States
    var eightStates: States?
    /// With the systems that came after it.
    var comparisons: [Comparison] = []

    init(
        file: String, model: String, reduction: LabelReduction, threeState: LabelEvaluation,
        eightState: LabelEvaluation?
    ) {
        self.file = file
        self.model = model
        self.reduction = reduction.name
        chains = threeState.chains.count
        residues = threeState.chains.reduce(0) { $0 + $1.length }
        labelledResidues = threeState.residueCount
        threeStates = States(threeState)
        eightStates = eightState.map(States.init)
    }

    init(_ evaluation: ProteinEvaluation, file: String, model: String, hasEightStates: Bool) {
        self.init(
            file: file, model: model, reduction: evaluation.reduction, threeState: evaluation.threeState,
            eightState: hasEightStates ? evaluation.eightState : nil)
    }
}

extension ProteinReport {
    /// Which chains are near training chains, and the figures without them.
    struct Audit: Codable {
        var trainSets: [String]
        var nearChains: Int
        /// Each with its nearest.
        var near: [Near]
        /// Accuracy over residues.
        var threeStatesWithout: Figure
        var eightStatesWithout: Figure?

        /// A chain with the nearest training chain.
        struct Near: Codable {
            var chain: String
            var training: String
            var identity: Double
            var eValue: Double
            var reason: String
        }
    }

    /// What is said beside the figures.
    var notes: [String] {
        guard let audit else { return [] }
        let count = "\(grouped(audit.nearChains)) of \(counted(chains, "chain"))"
        let sets = audit.trainSets.joined(separator: ", ")
        if audit.nearChains == 0 {
            return ["leak audit: none of \(counted(chains, "chain")) is near a chain of \(sets)"]
        }
        if audit.nearChains == chains {
            return ["leak audit: all of \(counted(chains, "chain")) are near a chain of \(sets)"]
        }
        let eight = audit.eightStatesWithout.map { ", Q8 \($0.text)" } ?? ""
        return [
            "leak audit: \(count) are near a chain of \(sets); without them Q3 \(audit.threeStatesWithout.text)\(eight)"
        ]
    }

    /// Figures of one state against all others; nil where there is nothing to divide by.
    struct State: Codable {
        var state: String
        var residues: Int
        var precision: Double?
        var recall: Double?
        var f1: Double?
        var mcc: Double?
    }

    /// Means over the states.
    struct Macro: Codable {
        var precision: Double?
        var recall: Double?
        var f1: Double?
        var mcc: Double?
    }

    /// Accuracy of a part of the residues.
    struct Part: Codable {
        var name: String
        var chains: Int
        var residues: Int
        var accuracy: Figure
    }

    /// Figures for one number of states.
    struct States: Codable {
        /// Over residues.
        var accuracy: Figure
        /// Mean over chains.
        var chainAccuracy: Figure
        /// Zemla et al. 1999.
        var sov99: Figure
        /// Mean over chains.
        var chainSOV99: Figure
        /// Liu & Wang 2018, lambda 1.
        var sovRefine: Figure
        /// Mean over chains.
        var chainSOVRefine: Figure
        var states: [State]
        var macro: Macro
        /// Over all states together.
        var mcc: Double?
        /// Rows are truth, columns prediction.
        var confusion: [[Int]]
        /// Nil for a system that gives no probabilities.
        var calibration: Calibration?
        var coverage: [Coverage]
        var byLength: [Part]
        var byBoundaryDistance: [Part]
    }
}

// MARK: From an evaluation

extension ProteinReport.States {
    init(_ evaluation: LabelEvaluation) {
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
        calibration = Calibration(evaluation.reliability)
        coverage = evaluation.confidences.coverageCurve.atSteps(of: 0.05)
        byLength = ProteinReport.Part.byLength(evaluation.chains)
        byBoundaryDistance = ProteinReport.Part.byBoundaryDistance(evaluation.chains)
    }
}

extension ProteinReport.Part {
    /// Lengths of chains from which a new part begins.
    private static let lengths = [1, 50, 100, 150, 200, 300, 500, 1000]

    fileprivate static func byLength(_ chains: [ChainEvaluation]) -> [Self] {
        lengths.indices.compactMap { place in
            let end = place + 1 < lengths.count ? lengths[place + 1] : Int.max
            let some = chains.filter { (lengths[place]..<end).contains($0.length) && $0.tally.counted > 0 }
            if some.isEmpty { return nil }
            let name = end == .max ? "\(lengths[place]) and more" : "\(lengths[place]) to \(end - 1)"
            return Self(
                name: name, chains: some.count, residues: some.reduce(0) { $0 + $1.tally.counted },
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
