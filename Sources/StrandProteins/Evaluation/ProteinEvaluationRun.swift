import StrandBytes
import StrandEngine
import StrandMetrics
import StrandNetwork

/// Evaluates a model of secondary structure on files of labelled chains.
public struct ProteinEvaluationRun {
    private let labeller: ProteinLabeller
    private let model: String
    private let labels: StateCount?
    private let reduction: LabelReduction
    private let audit: AuditRun?
    private let compute: Compute
    private let observer: any RunObserver
    public private(set) var reports: [ProteinReport] = []
    /// The least accurate chains of each file.
    public private(set) var strips: [[ChainStrip]] = []

    /// - Parameters:
    ///   - labeller: runs the model.
    ///   - model: its name.
    ///   - labels: states of the labels in the files; nil: three where there are no others.
    ///   - reduction: how the true states become three.
    ///   - audit: what looks for near training chains; nil: nothing.
    ///   - compute: where to run.
    ///   - observer: told of progress and repairs.
    public init(
        _ labeller: ProteinLabeller, named model: String, labels: StateCount?, reduction: LabelReduction,
        audit: AuditRun?,
        on compute: Compute, observer: any RunObserver
    ) {
        self.observer = observer
        self.labeller = labeller
        self.model = model
        self.labels = labels
        self.reduction = reduction
        self.audit = audit
        self.compute = compute
    }

    /// Evaluates on one file.
    public mutating func evaluate(_ data: LabelledData) throws {
        let evaluation = evaluation(of: data)
        guard evaluation.residueCount > 0 else { throw FormatError(file: data.path, problem: .chain(.noLabels())) }
        var report = ProteinReport(evaluation, file: data.name, model: model)
        if let audit { report.audit = try ProteinReport.Audit(audit, of: data.records, evaluation) }
        if labeller.beside == .profile {
            report.profiles = ProteinReport.Profiles(data.records, evaluation.main.chains)
        }
        reports.append(report)
        strips.append(self.strips(of: data, evaluation))
        if !data.repairs.isEmpty { observer.message("\(data.name): repaired: \(data.repairs)") }
        if labeller.labels.isDSSP, let warning = data.coilWarning { observer.message(warning) }
    }

    private func evaluation(of data: LabelledData) -> ProteinEvaluation {
        let stopwatch = Stopwatch()
        defer { observer.done() }
        return ProteinEvaluation(
            of: labeller, on: data.records, states: labels, reduction: reduction, compute: compute
        ) { labelled in
            observer.progress("\(data.name): \(stopwatch.progress(labelled, of: data.records.count, "chain"))")
        }
    }

    private func strips(of data: LabelledData, _ evaluation: ProteinEvaluation) -> [ChainStrip] {
        let chains = evaluation.main.chains
        let worst = ChainStrip.worst(chains)
        let predictions = labeller.label(inputs: worst.map { data.records[$0].input }, on: compute)
        return zip(worst, predictions).map { index, predicted in
            let record = data.records[index]
            let isDSSP = labeller.labels.isDSSP
            return ChainStrip(
                id: record.id, sequence: record.sequence,
                truth: isDSSP ? reduction.reduce(record.labels) : record.labels,
                predicted: isDSSP ? predicted.reduced(by: reduction).labels : predicted.labels,
                evaluation: chains[index])
        }
    }
}

extension ProteinReport.Audit {
    /// Compares the chains with the training chains, and evaluates again without the near ones.
    fileprivate init(
        _ run: AuditRun, of records: [LabelledFASTARecord], _ evaluation: ProteinEvaluation
    ) throws {
        let nearest = try run.nearChains(of: records.map(\.sequence))
        trainSets = run.trainSetNames
        nearChains = nearest.count
        near = nearest.sorted { $0.key < $1.key }.map { index, neighbour in
            Near(
                chain: records[index].id, training: run.origin(ofTraining: neighbour.training).id,
                identity: neighbour.match.identity, eValue: neighbour.match.eValue, reason: neighbour.reason.rawValue)
        }
        func rest(_ chains: [ChainEvaluation]) -> Figure {
            Figure(.accuracy, of: chains.indices.filter { nearest[$0] == nil }.map { chains[$0] })
        }
        threeStatesWithout = evaluation.threeState.map { rest($0.chains) }
        eightStatesWithout = evaluation.eightState.map { rest($0.chains) }
        labelsWithout = evaluation.threeState == nil ? rest(evaluation.byLabel.chains) : nil
    }
}
