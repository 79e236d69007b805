import StrandBytes
import StrandEngine
import StrandMetrics

/// Scores predictions of secondary structure against the truth.
public struct ProteinScoreRun {
    /// Settings of the scoring.
    public struct Settings: Sendable {
        /// How eight states become three.
        public var reduction = LabelReduction.hgiEB
        /// Whether residues without a label count as coil.
        public var isUnmasked = false
        /// Whether to count only chains that every system predicted with the same length and sequence.
        public var onlyCommon = false

        public init() {}
    }

    private let settings: Settings
    private let labels: LabelSet
    private let observer: any RunObserver
    public private(set) var reports: [ProteinReport] = []
    /// The least accurate chains of each system.
    public private(set) var strips: [[ChainStrip]] = []

    /// - Parameters:
    ///   - truth: labelled chains, each with an id of its own.
    ///   - systems: the systems to score.
    ///   - labels: the label set of the residues.
    ///   - settings: what counts.
    ///   - observer: told of what does not match.
    public init(
        _ systems: [PredictedSystem], against truth: LabelledData, labels: LabelSet, _ settings: Settings,
        observer: any RunObserver
    ) throws(FormatError) {
        self.settings = settings
        self.labels = labels
        self.observer = observer
        if let repeated = truth.firstRepeatedID {
            throw FormatError(file: truth.path, record: repeated, problem: .run(.repeatedID))
        }
        if !truth.repairs.isEmpty { observer.message("\(truth.name): repaired: \(truth.repairs)") }
        if labels.isDSSP, !settings.isUnmasked, let warning = truth.coilWarning { observer.message(warning) }
        var systems = systems
        var matchings: [ChainMatching] = []
        for index in systems.indices { matchings.append(try match(&systems[index], with: truth)) }
        let chains = try comparable(truth, systems)
        let haveThreeStates = chains.threeStateChains
        let evaluations = systems.map { evaluate($0, on: chains, haveThreeStates) }
        guard evaluations.contains(where: { $0.three.residueCount > 0 }) else {
            throw FormatError(file: truth.path, problem: .chain(.noLabels()))
        }
        reports = systems.indices.map { report(on: systems[$0], matchings[$0], evaluations[$0], truth) }
        if haveThreeStates.contains(true) {
            for index in reports.indices where reports[index].eightStates != nil {
                reports[index].eightStateChains = haveThreeStates.count { !$0 }
            }
        }
        for first in reports.indices {
            reports[first].comparisons = reports.indices.dropFirst(first + 1).flatMap { second in
                compare(reports[first], evaluations[first], reports[second], evaluations[second])
            }
        }
        strips = zip(systems, evaluations).map { strips($0, $1.three, of: chains) }
    }

    private func report(
        on system: PredictedSystem, _ matching: ChainMatching, _ evaluation: Evaluation, _ truth: LabelledData
    ) -> ProteinReport {
        var report: ProteinReport
        if labels.isDSSP {
            let isReduced = !truth.hasThreeStates
            report = ProteinReport(
                file: truth.name, model: system.name, reduction: isReduced ? settings.reduction : nil,
                threeState: evaluation.three,
                eightState: isReduced && system.hasEightStates && evaluation.eight.residueCount > 0
                    ? evaluation.eight : nil)
            if system.hasEightStates {
                let isSummed = system.chains.values.contains(where: \.isSummed)
                report.predictionReduction = settings.reduction.name + (isSummed ? " of summed probabilities" : "")
            }
        } else {
            report = ProteinReport(labels: evaluation.three, file: truth.name, model: system.name)
        }
        if settings.isUnmasked { report.mask = "residues labelled '-' count as coil" }
        report.prediction = ProteinReport.Prediction(
            trueChains: truth.records.count, predictedChains: truth.records.count { system.chains[$0.id] != nil },
            foundByOtherID: matching.byForm.count, foundBySequence: matching.bySequence.count)
        return report
    }

    private typealias Evaluation = (three: LabelEvaluation, eight: LabelEvaluation)

    private func truth(of record: LabelledFASTARecord) -> [UInt8] {
        settings.isUnmasked
            ? record.labels.map { $0 == SecondaryStructure.unlabelled ? UInt8(ascii: "C") : $0 } : record.labels
    }

    private func evaluate(
        _ system: PredictedSystem, on chains: [LabelledFASTARecord], _ haveThreeStates: [Bool]
    ) -> Evaluation {
        var three = LabelEvaluation(labels: labels.isDSSP ? SecondaryStructure.threeStates : labels.letters)
        var eight = LabelEvaluation(labels: SecondaryStructure.eightStates)
        let reduction = settings.reduction
        for (chain, hasThreeStates) in zip(chains, haveThreeStates) {
            let truth = truth(of: chain)
            let nothing = truth.withoutLabels
            let predicted = system.chains[chain.id]
            guard labels.isDSSP else {
                three.add(truth: truth, predicted: predicted?.labels ?? nothing, confidence: predicted?.confidence)
                continue
            }
            let (labels, confidence) = predicted?.reduced(by: reduction) ?? (nothing, nil)
            three.add(truth: reduction.reduce(truth), predicted: labels, confidence: confidence)
            eight.add(
                truth: hasThreeStates ? nothing : truth, predicted: predicted?.labels ?? nothing,
                confidence: predicted?.confidence)
        }
        return (three, eight)
    }

    private func compare(
        _ first: ProteinReport, _ firstEvaluation: Evaluation, _ second: ProteinReport, _ secondEvaluation: Evaluation
    ) -> [Comparison] {
        func compare(_ name: String, _ figure: ChainFigure, _ path: KeyPath<Evaluation, LabelEvaluation>) -> Comparison?
        {
            Comparison(
                name, first.model, firstEvaluation[keyPath: path].chains.map(figure.term), second.model,
                secondEvaluation[keyPath: path].chains.map(figure.term))
        }
        let hasBothEight = first.eightStates != nil && second.eightStates != nil
        return [
            compare(first.main.name, .accuracy, \.three), compare("SOV'99", .sov99, \.three),
            compare("SOV_refine", .sovRefined, \.three), hasBothEight ? compare("Q8", .accuracy, \.eight) : nil,
        ].compactMap { $0 }
    }

    private func strips(
        _ system: PredictedSystem, _ evaluation: LabelEvaluation, of chains: [LabelledFASTARecord]
    ) -> [ChainStrip] {
        let reduction = settings.reduction
        return ChainStrip.worst(evaluation.chains).compactMap { index in
            guard let predicted = system.chains[chains[index].id] else { return nil }
            return ChainStrip(
                id: chains[index].id, sequence: chains[index].sequence,
                truth: labels.isDSSP ? reduction.reduce(truth(of: chains[index])) : truth(of: chains[index]),
                predicted: labels.isDSSP ? predicted.reduced(by: reduction).labels : predicted.labels,
                evaluation: evaluation.chains[index])
        }
    }

    // MARK: What does not match

    /// Finds the system's chains by the ids of the truth.
    /// - Throws: `noChainMatched`.
    private func match(
        _ system: inout PredictedSystem, with truth: LabelledData
    ) throws(FormatError) -> ChainMatching {
        for note in system.notes { observer.message("\(system.name): \(note)") }
        let own = system.chains.keys.min() ?? ""
        let matching = ChainMatching(&system, with: truth)
        for (pairs, how) in [(matching.byForm, "another form of the id"), (matching.bySequence, "the sequence")]
        where !pairs.isEmpty {
            let names = some(pairs.map { "\($0.id): \($0.from)" })
            observer.message("\(system.name): \(counted(pairs.count, "chain")) found by \(how) (\(names))")
        }
        if !matching.shortened.isEmpty {
            observer.message(
                "\(system.name): \(counted(matching.shortened.count, "chain")) with residues that DSSP's own format lacks: "
                    + "these are left out (\(some(matching.shortened)))")
        }
        let ids = truth.records.map(\.id)
        if ids.contains(where: { system.chains[$0] != nil }) { return matching }
        throw FormatError(file: system.path, problem: .chain(.noChainMatched(truth: ids.min() ?? "", predicted: own)))
    }

    /// The chains to score: all, or with `--common` those that every system predicted.
    private func comparable(
        _ truth: LabelledData, _ systems: [PredictedSystem]
    ) throws(FormatError) -> [LabelledFASTARecord] {
        var missing: Set<String> = []
        var different: [(system: String, id: String, problem: FormatError.Problem)] = []
        for system in systems {
            var without: [String] = []
            for record in truth.records {
                guard let predicted = system.chains[record.id] else {
                    without.append(record.id)
                    continue
                }
                if let problem = predicted.mismatch(with: record) {
                    different.append((system.name, record.id, problem))
                }
            }
            report(without, system.name, "without a prediction: \(settings.onlyCommon ? "left out" : "all wrong")")
            report(
                Set(system.chains.keys).subtracting(truth.records.map(\.id)), system.name,
                "not among the true ones: left out")
            missing.formUnion(without)
        }
        for (system, id, problem) in different {
            observer.message(FormatError(file: system, record: id, problem: problem).description)
        }
        guard settings.onlyCommon else {
            if let first = different.first {
                throw FormatError(file: first.system, record: first.id, problem: first.problem)
            }
            return truth.records
        }
        let left = missing.union(different.map(\.id))
        if !left.isEmpty { observer.message("\(counted(left.count, "chain")) left out for every system") }
        return truth.records.filter { !left.contains($0.id) }
    }

    private func report(_ ids: some Collection<String>, _ system: String, _ what: String) {
        if ids.isEmpty { return }
        observer.message("\(system): \(counted(ids.count, "chain")) \(what) (\(ids.sorted().joined(separator: ", ")))")
    }
}

extension LabelledData {
    /// The id of a record that an earlier record had.
    fileprivate var firstRepeatedID: String? {
        var ids: Set<String> = []
        return records.lazy.map(\.id).first { !ids.insert($0).inserted }
    }
}

extension PredictedStates {
    /// Why it cannot be compared with a chain; nil if it can. Letters other than the 20 amino acids match any other.
    fileprivate func mismatch(with record: LabelledFASTARecord) -> FormatError.Problem? {
        guard labels.count == record.sequence.count else {
            return .chain(.otherLength(predicted: labels.count, residues: record.sequence.count))
        }
        let standard = Set("ACDEFGHIKLMNPQRSTVWY".utf8)
        for (index, pair) in zip(sequence ?? [], record.sequence).enumerated() {
            let (predicted, expected) = (pair.0 & 0xDF, pair.1 & 0xDF)
            if predicted != expected && standard.contains(predicted) && standard.contains(expected) {
                return .chain(.otherSequence(predicted: pair.0, truth: pair.1, column: index + 1))
            }
        }
        return nil
    }
}
