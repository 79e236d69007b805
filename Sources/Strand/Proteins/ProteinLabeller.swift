import StrandNetwork

/// Labels residues with secondary structure.
///
/// ```swift
/// import Strand
///
/// let labeller = ProteinLabeller.shipped
/// let chains = [Array("MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ".utf8)]
/// for labels in labeller.label(chains, on: Compute(threads: 2)) {
///     print(String(decoding: labels.threeState, as: UTF8.self))
/// }
/// ```
public struct ProteinLabeller: Sendable {
    let network: BiLSTM<Float>
    let encoder: ResidueEncoder
    let temperature: Float

    init(network: BiLSTM<Float>, encoder: ResidueEncoder, temperature: Float = 1) {
        self.network = network
        self.encoder = encoder
        self.temperature = temperature
    }

    /// A labeller that runs `model`.
    public init(_ model: ProteinModel) {
        self.init(
            network: model.network, encoder: model.description.input,
            temperature: Float(model.description.temperature))
    }

    /// A labeller that runs the model that comes with the program.
    public static var shipped: ProteinLabeller { ProteinLabeller(.shipped) }

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
        return network.probabilities(lengths: chains.map(\.count), temperature: temperature, on: compute) {
            sequences, batch in
            encoder.inputs(batch) { places[sequences[$0]] }
        }.map(ProteinLabels.init)
    }
}
