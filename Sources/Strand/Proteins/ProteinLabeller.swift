import StrandNetwork

/// Labels residues with secondary structure.
public struct ProteinLabeller: Sendable {
    /// The network behind it.
    public let network: BiLSTM<Float>
    /// How residues become its inputs.
    public let encoder: ResidueEncoder

    init(network: BiLSTM<Float>, encoder: ResidueEncoder) {
        self.network = network
        self.encoder = encoder
    }

    /// Labels chains.
    ///
    /// A chain's labels do not depend on the others, nor on the number of threads. Time and memory are linear in the
    /// number of residues; chains labelled together share memory, so hand over a few hundred at a time, not a proteome.
    /// - Parameters:
    ///   - chains: residues as ASCII letters of either case, at least one each; letters other than the 20 amino acids
    ///     are taken as unknown.
    ///   - compute: where to run.
    /// - Returns: labels of each chain, in the same order.
    public func label(_ chains: [[UInt8]], on compute: Compute) -> [ProteinLabels] {
        let places = chains.map(encoder.places)
        return network.probabilities(lengths: chains.map(\.count), on: compute) { sequences, batch in
            encoder.inputs(batch) { places[sequences[$0]] }
        }.map(ProteinLabels.init)
    }
}
