import FoundationEssentials

/// Metadata keys of a checkpoint.
private enum Key {
    static let state = "strand.training"
    static let notes = "strand.notes"
}

/// A checkpoint without its tensors.
public struct TrainingState: Sendable, Codable {
    public var shape: NetworkShape
    public var options: TrainingOptions
    var progress: TrainingProgress
    var step: Int

    /// Epochs done.
    public var epoch: Int { progress.epoch }

    /// The state that a checkpoint holds.
    /// - Throws: `missingMetadata` or `badMetadata`.
    public init(_ file: Safetensors) throws(SafetensorsError.Problem) {
        guard let json = file.metadata[Key.state] else { throw .missingMetadata(key: Key.state) }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: infinity, negativeInfinity: negativeInfinity, nan: nan)
        guard let state = try? decoder.decode(Self.self, from: Data(json.utf8)), state.isPlausible else {
            throw .badMetadata(key: Key.state, reason: "it is not the state of a training")
        }
        self = state
    }

    fileprivate init(
        shape: NetworkShape, options: TrainingOptions, progress: TrainingProgress, step: Int
    ) {
        (self.shape, self.options, self.progress, self.step) = (shape, options, progress, step)
    }

    /// Whether a training can have left these numbers.
    private var isPlausible: Bool {
        [step, progress.epoch, progress.nextBatch, progress.lossCount, progress.epochsSinceBest]
            .allSatisfy((0...1 << 48).contains)
    }
}

/// JSON for figures that are not finite, so that a training that has diverged can still be inspected.
private let (infinity, negativeInfinity, nan) = ("inf", "-inf", "nan")

/// Prefixes of a checkpoint's tensors.
private enum Buffer: String, CaseIterable {
    case weights, best, average, first, second
}

extension Trainer {
    /// The whole state of the training, from which it continues bit for bit.
    /// - Parameter notes: text to keep with it, such as a description of the data.
    public func checkpoint(notes: String = "") -> Safetensors {
        let state = TrainingState(shape: network.shape, options: options, progress: progress, step: optimiser.step)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: infinity, negativeInfinity: negativeInfinity, nan: nan)
        guard let json = try? encoder.encode(state) else { preconditionFailure("the state is plain data") }
        let layout = network.layout
        return Safetensors(
            metadata: [Key.state: String(decoding: json, as: UTF8.self), Key.notes: notes],
            tensors: Buffer.allCases.flatMap { layout.tensors(of: contents($0), prefix: $0.rawValue + ".") })
    }

    private func contents(_ buffer: Buffer) -> Matrix<Float> {
        switch buffer {
        case .weights: network.weights
        case .best: bestWeights
        case .average: optimiser.moments.average
        case .first: optimiser.moments.first
        case .second: optimiser.moments.second
        }
    }

    /// Continues from a checkpoint. With other data the steps will differ.
    /// - Throws: the first thing the file lacks.
    public init(_ task: Task, resuming file: Safetensors) throws(SafetensorsError.Problem) {
        let state = try TrainingState(file)
        let layout = ParameterLayout(state.shape)
        func contents(_ buffer: Buffer) throws(SafetensorsError.Problem) -> Matrix<Float> {
            try layout.flat(from: file, renamed: { "\(buffer.rawValue).\($0)" })
        }
        let network = RecurrentNetwork(shape: state.shape, weights: try contents(.weights))
        var optimiser = AdamW(state.options.optimiser, weights: try contents(.average))
        optimiser.moments.first = try contents(.first)
        optimiser.moments.second = try contents(.second)
        optimiser.step = state.step
        self.init(
            task, options: state.options, network: network, optimiser: optimiser, progress: state.progress,
            bestWeights: try contents(.best))
        guard state.progress.nextBatch < max(batchCount, 1) else {
            throw .badMetadata(
                key: Key.state,
                reason: "\(state.progress.nextBatch) batches of this epoch are done and the data make \(batchCount)")
        }
    }
}

extension Safetensors {
    /// The notes of a checkpoint; empty if it has none.
    public var trainingNotes: String { metadata[Key.notes] ?? "" }
}
