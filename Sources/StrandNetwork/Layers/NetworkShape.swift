/// The sizes of a recurrent network with a linear layer on top.
public struct NetworkShape: Sendable, Equatable, Codable {
    /// The cell of its units.
    public var cell: RecurrentCell
    /// Whether every layer reads its sequence from both ends.
    public var isBidirectional: Bool
    /// I: features of a timestep.
    public var inputs: Int
    /// H: units of one direction of one layer.
    public var hidden: Int
    /// Number of stacked layers.
    public var layers: Int
    /// K: labels.
    public var labels: Int

    public init(
        cell: RecurrentCell = .lstm, isBidirectional: Bool = true, inputs: Int, hidden: Int, layers: Int, labels: Int
    ) {
        precondition(inputs > 0 && hidden > 0 && layers > 0 && labels > 0, "every size of a network is at least 1")
        self.cell = cell
        self.isBidirectional = isBidirectional
        self.inputs = inputs
        self.hidden = hidden
        self.layers = layers
        self.labels = labels
    }

    /// Directions in which a layer reads: 1 or 2.
    public var directions: Int { isBidirectional ? 2 : 1 }

    /// Trainable numbers. PyTorch has two biases for every gate; both count only for a candidate whose sum over units is
    /// gated before it is added (GRU), because there they differ.
    public var parameterCount: Int {
        let layout = cell.layout
        let vectors = cell.gates + (layout.hasRecurrentBias ? 1 : 0) + layout.peepholes
        let inner = (0..<layers).reduce(0) { sum, layer in
            let inputs = layer == 0 ? inputs : directions * hidden
            return sum + directions * hidden * (cell.gates * (inputs + hidden) + vectors)
        }
        return inner + labels * (directions * hidden + 1)
    }

    /// One line: layers, cell, units.
    public var summary: String {
        "\(layers) \(isBidirectional ? "bidirectional" : "forward") \(cell.title) layer\(layers == 1 ? "" : "s") of "
            + "\(hidden) unit\(hidden == 1 ? "" : "s")\(isBidirectional ? " a direction" : "")"
    }

    /// Operations of a forward pass for one timestep: a multiplication and an addition for each weight.
    public var operationsPerStep: Int { 2 * parameterCount }

    /// H rounded up to whole vectors.
    var paddedHidden: Int { roundedUpToLanes(hidden) }
    /// K rounded up to whole vectors: the columns of a matrix of logits.
    var paddedLabels: Int { roundedUpToLanes(labels) }
}

extension NetworkShape {
    /// The most layers a file may ask for.
    static let mostLayers = 64

    /// Decodes a shape from a file. A file that names no cell holds a bidirectional LSTM.
    /// - Throws: `DecodingError` for sizes out of range, before any memory is taken for them.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        cell = try container.decodeIfPresent(RecurrentCell.self, forKey: .cell) ?? .lstm
        isBidirectional = try container.decodeIfPresent(Bool.self, forKey: .isBidirectional) ?? true
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
