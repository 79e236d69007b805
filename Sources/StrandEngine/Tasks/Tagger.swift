import StrandNetwork

/// A network ready to run on inputs of a task: prepared weights, encoder, labels and temperature.
public struct Tagger<Task: SequenceTask>: Sendable {
    private let weights: ModelWeights
    /// What timesteps are labelled with.
    public let labels: Task.Labels
    /// How an input becomes features.
    public let encoder: Task.Encoder
    /// Divides the logits before the softmax.
    public let temperature: Float
    private let prepared: PreparedNetworkCache<Float>

    package init(
        network: RecurrentNetwork<Float>, labels: Task.Labels, encoder: Task.Encoder, temperature: Float = 1
    ) {
        self.init(.decoded(network), labels, encoder, temperature)
    }

    /// A tagger that runs `model`.
    public init(_ model: Model<Task>) {
        self.init(model.weights, model.labels, model.description.input, Float(model.description.temperature))
    }

    private init(_ weights: ModelWeights, _ labels: Task.Labels, _ encoder: Task.Encoder, _ temperature: Float) {
        self.weights = weights
        self.labels = labels
        self.encoder = encoder
        self.temperature = temperature
        prepared = PreparedNetworkCache(prepare: weights.prepared)
    }

    package var network: RecurrentNetwork<Float> { weights.network }

    /// Probabilities (T, K) of each input, in their order.
    ///
    /// Neither the other inputs nor the number of threads change an input's. Inputs given together share memory: hand
    /// over a few hundred at a time. Those longer than `TaggerWindows.longestWhole` are labelled in overlapping pieces.
    public func probabilities(of inputs: [Task.Encoder.Encoded], on compute: Compute) -> [[Float]] {
        let lengths = inputs.map(encoder.length)
        let whole = inputs.indices.filter { lengths[$0] <= TaggerWindows.longestWhole }
        var ofWhole = probabilities(of: whole.map { Piece(input: inputs[$0], steps: 0..<lengths[$0]) }, on: compute)
            .map(\.elements).makeIterator()
        return inputs.indices.map { index in
            lengths[index] > TaggerWindows.longestWhole
                ? probabilitiesInPieces(of: inputs[index], length: lengths[index], on: compute) : ofWhole.next()!
        }
    }

    /// Some timesteps of an input.
    private struct Piece: Sendable {
        let input: Task.Encoder.Encoded
        let steps: Range<Int>
    }

    private func probabilities(of pieces: [Piece], on compute: Compute) -> [Matrix<Float>] {
        let encoder = encoder
        return prepared.network(for: compute).probabilities(
            lengths: pieces.map(\.steps.count), temperature: temperature
        ) { sequences, batch in
            batch.matrix(columns: encoder.featureCount) {
                encoder.features(of: pieces[sequences[$0]].input, pieces[sequences[$0]].steps)
            }
        }
    }

    private func probabilitiesInPieces(
        of input: Task.Encoder.Encoded, length: Int, on compute: Compute
    ) -> [Float] {
        let columns = labels.logitCount
        let starts = Array(stride(from: 0, to: length, by: TaggerWindows.piece))
        var all: [Float] = []
        all.reserveCapacity(length * columns)
        for first in stride(from: 0, to: starts.count, by: TaggerWindows.piecesAtOnce) {
            let starts = starts[first..<min(first + TaggerWindows.piecesAtOnce, starts.count)]
            let spans = starts.map {
                max(0, $0 - TaggerWindows.context)..<min(length, $0 + TaggerWindows.piece + TaggerWindows.context)
            }
            let pieces = probabilities(of: spans.map { Piece(input: input, steps: $0) }, on: compute)
            for (start, (span, piece)) in zip(starts, zip(spans, pieces)) {
                let end = min(start + TaggerWindows.piece, length)
                all += piece.elements[(start - span.lowerBound) * columns..<(end - span.lowerBound) * columns]
            }
        }
        return all
    }
}

/// How many and how long inputs are labelled at once, so that memory is bounded.
package enum TaggerWindows {
    /// Timesteps of the inputs that are labelled together.
    static let steps = 1 << 16

    /// Consecutive inputs that are labelled together: each range is as long as its inputs have at most `steps` timesteps,
    /// and at least one input long.
    package static func ranges(lengths: [Int]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var (start, gathered) = (0, 0)
        for (index, length) in lengths.enumerated() {
            if gathered + length > steps && index > start {
                ranges.append(start..<index)
                (start, gathered) = (index, 0)
            }
            gathered += length
        }
        if start < lengths.count { ranges.append(start..<lengths.count) }
        return ranges
    }

    /// Timesteps of the longest input that is labelled in one.
    package static let longestWhole = 1 << 16
    /// Timesteps of a piece of a longer one, those that are read on either side of it, and pieces at a time.
    static let (piece, context, piecesAtOnce) = (2048, 512, 32)
}
