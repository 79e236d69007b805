import StrandNetwork
import Synchronization

/// The weights of a model. Those of a file are decoded when they are wanted, and can be let go of.
final class ModelWeights: Sendable {
    private let file: Safetensors?
    private let decoded: Mutex<RecurrentNetwork<Float>?>

    /// Those of a network.
    init(_ network: RecurrentNetwork<Float>) {
        file = nil
        decoded = Mutex(network)
    }

    /// Those of a file.
    /// - Throws: what `RecurrentNetwork.init(_:)` throws.
    init(_ file: Safetensors) throws(SafetensorsError.Problem) {
        self.file = file
        decoded = Mutex(try RecurrentNetwork(file))
    }

    var network: RecurrentNetwork<Float> {
        decoded.withLock { decoded in
            if let decoded { return decoded }
            guard let file, let network = try? RecurrentNetwork(file) else {
                preconditionFailure("the file was a network before")
            }
            decoded = network
            return network
        }
    }

    /// Keeps only the file, if there is one, until the network is wanted again.
    func letGo() {
        if file != nil { decoded.withLock { $0 = nil } }
    }
}
