import StrandBytes
import StrandEngine

/// The files of an ink training run, read and described.
public struct InkTrainingData {
    private let train: [InkData]
    private let validation: [InkData]
    /// As the model file will describe them.
    public private(set) var descriptions: [DataFile]

    public init(train: [String], validation: [String]) throws(FormatError) {
        var descriptions: [DataFile] = []
        func read(_ paths: [String], _ role: String) throws(FormatError) -> [InkData] {
            var all: [InkData] = []
            for path in paths {
                let data = try InkData(path: path)
                descriptions.append(try data.description(role: role))
                all.append(data)
            }
            return all
        }
        self.train = try read(train, "train")
        self.validation = try read(validation, "validation")
        self.descriptions = descriptions
    }

    /// Includes the model that training starts from.
    public mutating func addInitialModel(_ path: String, sha256: String) {
        descriptions.append(DataFile(model: path, sha256: sha256, role: "start"))
    }

    /// All samples to select and calibrate on.
    public var validationSamples: [InkSample] { validation.flatMap(\.samples) }

    /// - Parameter observer: told what was read, and what is left out.
    /// - Throws: `nothingUsable` where there is nothing to learn from, or a file of validation samples has none to select a
    ///   model on.
    public func task(_ options: InkTraining.Options, observer: any RunObserver) throws(FormatError) -> InkTraining {
        let task = InkTraining(
            train.flatMap(\.samples),
            validation: validation.map { InkTraining.ValidationSet(name: $0.name, samples: $0.samples) },
            options: options)
        report(task, to: observer)
        if task.sampleCount == 0 {
            throw FormatError(file: train.first?.path ?? "", problem: .ink(.nothingUsable(to: "learn from")))
        }
        for data in validation where !data.samples.contains(where: \.isMeasurable) {
            throw FormatError(file: data.path, problem: .ink(.nothingUsable(to: "select a model on")))
        }
        return task
    }

    /// The best model of a run on these data, with its origin and figures.
    public func model(
        named name: String, from run: TrainingRun<InkTraining, InkTraining.Options>
    ) -> InkModel {
        var model = InkModel(
            network: run.trainer.best, labels: run.recipe.alphabet, encoder: run.recipe.encoder, name: name)
        model.description.training = TrainingDescription(
            data: descriptions, options: run.trainer.options, recipe: run.recipe.augmentation)
        model.description.figures = run.trainer.bestValidation?.figures ?? [:]
        return model
    }

    private func report(_ task: InkTraining, to observer: any RunObserver) {
        for description in descriptions where description.records > 0 {
            observer.message(
                "\(description.role): \(description.name), \(counted(description.records, "sample")), "
                    + "\(counted(description.symbols, "character"))")
        }
        let left = task.exclusions
        for (count, reason) in [
            (left.withoutText, "without text"), (left.withoutInk, "without ink"),
            (left.outsideAlphabet, "with characters outside the alphabet"),
            (left.tooLong, "with more characters than their ink allows"),
        ] where count > 0 {
            observer.message("left out: \(counted(count, "training sample")) \(reason)")
        }
        for data in train + validation where !data.repairs.isEmpty {
            observer.message("\(data.name): repaired: \(data.repairs)")
        }
        let silent = validationSamples.count { $0.text == nil }
        if silent > 0 { observer.message("left out: \(counted(silent, "validation sample")) without text") }
        if task.joinedStrokes > 0 {
            observer.message("joined: \(counted(task.joinedStrokes, "training stroke")) \(InkSample.joinReason)")
        }
        let writers = Set(train.flatMap(\.samples).compactMap(\.writer))
        let shared = Set(validation.flatMap(\.samples).compactMap(\.writer)).intersection(writers)
        if !shared.isEmpty {
            observer.message(
                "warning: \(counted(shared.count, "writer")) of the validation samples wrote training samples too: "
                    + "validation figures will be too good")
        }
    }
}

extension InkSample {
    /// Whether a reading of it may be right or wrong: it has ink, and a text that is not empty.
    fileprivate var isMeasurable: Bool { text?.isEmpty == false && strokes.contains { !$0.isEmpty } }
}

extension InkData {
    /// The samples of files that a reader's temperature is fitted on.
    /// - Throws: what reading throws, or `noneHasText` for a file without texts.
    public static func samplesWithText(
        _ files: [String], meter: InputMeter, observer: any RunObserver
    ) throws(FormatError) -> [InkSample] {
        var samples: [InkSample] = []
        for file in files {
            let data = try InkData(path: file, meter.reader(of: file))
            if !data.repairs.isEmpty { observer.message("\(data.name): repaired: \(data.repairs)") }
            guard data.samples.contains(where: { $0.text?.isEmpty == false }) else {
                throw FormatError(file: file, problem: .ink(.noneHasText(samples: data.samples.count)))
            }
            samples += data.samples
        }
        return samples
    }
}
