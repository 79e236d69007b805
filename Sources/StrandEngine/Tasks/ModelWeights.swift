import StrandNetwork

/// The weights of a model: those of a file are decoded when they are wanted.
enum ModelWeights: Sendable {
    case decoded(RecurrentNetwork<Float>)
    /// - Parameter file: where the program has them, nil for a file of its own.
    case stored(StoredNetwork, in: ShippedFile?)

    var shape: NetworkShape {
        switch self {
        case .decoded(let network): network.shape
        case .stored(let network, _): network.shape
        }
    }

    var network: RecurrentNetwork<Float> {
        switch self {
        case .decoded(let network): network
        case .stored(let network, _): network.network
        }
    }

    func prepared(for compute: Compute) -> PreparedNetwork<Float> {
        switch self {
        case .decoded(let network): return PreparedNetwork(network, for: compute)
        case .stored(let network, let file):
            defer { file?.letGo() }
            return PreparedNetwork(network, for: compute)
        }
    }
}
