import StrandBytes
import StrandEngine
import StrandNetwork

/// The files of a protein training run, read and described.
public struct ProteinTrainingData {
    public private(set) var train: [LabelledData]
    /// The label set.
    public let labels: LabelSet
    public private(set) var threeState: [LabelledData]
    public private(set) var validation: LabelledData
    /// How residues become inputs: with profiles if there are any.
    public let encoder: ResidueEncoder
    private let teachers: [ProteinLabeller]
    private let softLabelled: SoftLabelledChains?
    /// The network to start from; nil: a random one.
    public let initial: RecurrentNetwork<Float>?
    /// F: hints a residue that files of soft labels have.
    public var hintCount: Int { softLabelled?.hintCount ?? 0 }
    /// Chains with features, of each file; empty without any.
    private var featured: [Int] = []
    /// What the features are called.
    private let features: String
    /// As the model file will describe them.
    public let descriptions: [DataFile]

    /// - Parameters:
    ///   - train: files of training chains.
    ///   - labels: the label set; nil: derived from the files.
    ///   - threeState: files of chains with labels of three states, if the labels are DSSP's.
    ///   - validation: a file of validation chains.
    ///   - teachers: model files.
    ///   - softLabels: files of chains with soft labels.
    ///   - initial: the file of a model to start from, which also says how residues become inputs.
    ///   - features: what is known of the chains beside residues.
    /// - Throws: what `LabelledData` and `SoftLabelledChains` throw, `noLabels` where there is nothing to learn from or to
    ///   select a model on, or an error of a teacher or of the initial model.
    public init(
        train: [String], labels: LabelSet?, threeState: [String], validation: String, teachers: [String] = [],
        softLabels: [String] = [], initial: String? = nil, features: ChainFeatureSet? = nil
    ) throws {
        var training = try Self.read(train, labels?.letters)
        let labels = try labels ?? training.adoptLabelSet()
        self.train = training
        self.labels = labels
        self.threeState = try Self.read(threeState, SecondaryStructure.threeStates)
        self.validation = try LabelledData(path: validation, states: labels.letters)
        guard (self.train + self.threeState).contains(where: \.hasLabels) else {
            throw FormatError(file: train.first ?? "", problem: .chain(.noLabels(to: "learn from")))
        }
        guard self.validation.hasLabels else {
            throw FormatError(file: validation, problem: .chain(.noLabels(to: "select a model on")))
        }
        var descriptions: [DataFile] = []
        for data in self.train { descriptions.append(try data.description(role: "train")) }
        for data in self.threeState { descriptions.append(try data.description(role: "train (3 states)")) }
        descriptions.append(try self.validation.description(role: "validation"))
        let known = features?.kind ?? .nothing
        func model(_ path: String, role: String) throws -> ProteinModel {
            let (model, sha256) = try ProteinModel.hashed(path: path)
            guard model.labels == labels else {
                throw SafetensorsError(
                    file: path, .badMetadata(key: "labels", reason: "the labels \(labels.text) are needed"))
            }
            let beside = model.description.input.beside
            guard beside == .nothing || beside == known else {
                throw SafetensorsError(
                    file: path,
                    .badMetadata(key: "input", reason: "it sees \(beside.text), which the chains do not have"))
            }
            descriptions.append(DataFile(model: path, sha256: sha256, role: role))
            return model
        }
        self.teachers = try teachers.map { ProteinLabeller(try model($0, role: "teacher")) }
        let start = try initial.map { try model($0, role: "start") }
        if let initial, let start, start.description.input.beside != known {
            throw SafetensorsError(
                file: initial,
                .badMetadata(key: "input", reason: "it does not see \(known.text), which the chains have"))
        }
        self.initial = start?.network
        encoder = start?.description.input ?? ResidueEncoder.standard.with(known)
        softLabelled = softLabels.isEmpty ? nil : try SoftLabelledChains(paths: softLabels, labels: labels)
        descriptions += softLabelled?.descriptions ?? []
        self.features = features?.files.role ?? ""
        for path in features?.files.paths ?? [] {
            descriptions.append(
                try DataFile(model: path, sha256: SHA256.hexDigest(ofFile: path), role: self.features))
        }
        self.descriptions = descriptions
        if let features { try add(features) }
    }

    private mutating func add(_ set: ChainFeatureSet) throws(FormatError) {
        for index in train.indices { featured.append(try train[index].add(set)) }
        for index in threeState.indices { featured.append(try threeState[index].add(set)) }
        featured.append(try validation.add(set))
    }

    private static func read(_ paths: [String], _ states: [UInt8]?) throws(FormatError) -> [LabelledData] {
        var data: [LabelledData] = []
        for path in paths { data.append(try LabelledData(path: path, states: states)) }
        return data
    }

    /// Reports what was read and what was repaired.
    /// - Parameter observer: the receiver of the report.
    public func report(to observer: any RunObserver) {
        for (index, (description, data)) in zip(descriptions, train + threeState + [validation]).enumerated() {
            let known = featured.isEmpty ? "" : ", \(counted(featured[index], "chain")) with \(features)"
            observer.message(
                "\(description.role): \(description.name), \(counted(description.records, "chain")), "
                    + "\(counted(description.symbols, "residue"))\(known)")
            if !data.repairs.isEmpty { observer.message("\(description.name): repaired: \(data.repairs)") }
        }
        if let softLabelled {
            observer.message(
                "train (soft labels): \(counted(softLabelled.fileCount, "file")), "
                    + "\(counted(softLabelled.count, "chain")), \(counted(softLabelled.residueCount, "residue"))")
        }
        if labels.isDSSP { reportThreeStates(to: observer) } else { observer.message("labels: \(labels.text)") }
        let training = Set((train + threeState).flatMap(\.records).map(\.sequence))
        let validating = Set(validation.records.map(\.sequence))
        let shared =
            validation.records.count { training.contains($0.sequence) }
            + (softLabelled?.count(in: validating.subtracting(training)) ?? 0)
        if shared > 0 {
            observer.message(
                "warning: \(counted(shared, "validation chain")) \(shared == 1 ? "is" : "are") in the training data too: "
                    + "validation figures will be too good"
            )
        }
    }

    /// Says where chains of three states are among those of eight.
    private func reportThreeStates(to observer: any RunObserver) {
        for (data, use) in train.map({ ($0, "learned as labels of eight") }) + [(validation, "left out of Q8")] {
            let count = data.records.threeStateChains.count { $0 }
            guard count > 0 else { continue }
            observer.message(
                "\(data.name): \(grouped(count)) of \(counted(data.records.count, "chain")) "
                    + "\(count == 1 ? "has" : "have") labels of three states: \(use)")
        }
    }

    /// The teachers' probabilities for all training chains; nil without teachers.
    public func teach(on compute: Compute, observer: any RunObserver) -> [[Float]]? {
        guard !teachers.isEmpty else { return nil }
        let chains = (train + threeState).flatMap(\.records).map(\.input)
        let stopwatch = Stopwatch()
        defer { observer.done() }
        return ProteinLabeller.teach(chains, by: teachers, on: compute) {
            observer.progress("teachers: \(stopwatch.progress($0, of: chains.count, "chain"))")
        }
    }

    /// The best model of a run on these data, with its origin and figures.
    public func model(
        named name: String, from run: TrainingRun<ProteinTraining, ProteinTraining.Options>
    ) -> ProteinModel {
        var model = ProteinModel(
            network: run.trainer.best.withLabels(labels.count), labels: labels, encoder: encoder, name: name)
        model.description.training = run.description
        for (figure, value) in run.trainer.bestValidation?.figures ?? [:] {
            model.description.figures["\(validation.name) \(figure)"] = value
        }
        return model
    }

    public func task(_ options: ProteinTraining.Options, taught: [[Float]]?) -> ProteinTraining {
        ProteinTraining(
            train.flatMap(\.records), labels: labels, threeState: threeState.flatMap(\.records),
            validation: validation.records, options: options, taught: taught,
            softLabelled: softLabelled, encoder: encoder)
    }
}

extension LabelledData {
    /// The chains of files that a model is measured or its temperature is fitted on.
    /// - Throws: what reading throws, or `noLabels` for a file without any.
    public static func chains(
        toMeasure model: ProteinModel, _ files: [String], features: ChainFeatureSet?, meter: InputMeter
    ) throws -> [LabelledFASTARecord] {
        var records: [LabelledFASTARecord] = []
        for file in files {
            var data = try LabelledData(path: file, meter.reader(of: file), states: model.labels.letters)
            if let features { try data.add(features) }
            guard data.hasLabels else {
                throw FormatError(file: file, problem: .chain(.noLabels(to: "measure the model on")))
            }
            records += data.records
        }
        return records
    }
}
