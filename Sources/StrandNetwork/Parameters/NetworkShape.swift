/// The sizes of a bidirectional LSTM with a linear layer on top.
public struct NetworkShape: Sendable, Equatable, Codable {
    /// I: features of a timestep.
    public var inputs: Int
    /// H: units of one direction of one layer.
    public var hidden: Int
    /// Number of stacked bidirectional layers.
    public var layers: Int
    /// K: labels.
    public var labels: Int

    public init(inputs: Int, hidden: Int, layers: Int, labels: Int) {
        precondition(inputs > 0 && hidden > 0 && layers > 0 && labels > 0, "a network has no empty side")
        self.inputs = inputs
        self.hidden = hidden
        self.layers = layers
        self.labels = labels
    }

    /// Trainable numbers, counting one bias a gate.
    public var parameterCount: Int {
        let inner = (0..<layers).reduce(0) { $0 + 2 * 4 * hidden * (($1 == 0 ? inputs : 2 * hidden) + hidden + 1) }
        return inner + labels * (2 * hidden + 1)
    }

    /// Multiply-add operations of a forward pass, two a weight, for one timestep.
    public var operationsPerStep: Int { 2 * parameterCount }

    /// H rounded up to whole vectors.
    var paddedHidden: Int { roundedUpToLanes(hidden) }
    /// K rounded up to whole vectors: the columns of a matrix of logits.
    var paddedLabels: Int { roundedUpToLanes(labels) }
}

extension NetworkShape {
    /// Layers of the deepest network that is read from a file.
    static let mostLayers = 64

    /// Decodes a shape from a file: sizes that no network has are an error, not memory.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        inputs = try container.decode(Int.self, forKey: .inputs)
        hidden = try container.decode(Int.self, forKey: .hidden)
        layers = try container.decode(Int.self, forKey: .layers)
        labels = try container.decode(Int.self, forKey: .labels)
        guard [inputs, hidden, labels].allSatisfy((1...1 << 16).contains), (1...Self.mostLayers).contains(layers) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: container.codingPath, debugDescription: "sizes \(self) are out of range"))
        }
    }
}

/// The least multiple of the kernels' 16 lanes that is not below `count`.
func roundedUpToLanes(_ count: Int) -> Int { (count + 15) / 16 * 16 }
