import StrandNetwork

/// Labels residues: with secondary structure, or whatever labels its model was trained on.
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
    let network: RecurrentNetwork<Float>
    /// Its label set.
    public let labels: LabelSet
    private let prepared: PreparedNetworkCache<Float>
    let encoder: ResidueEncoder
    let temperature: Float

    init(
        network: RecurrentNetwork<Float>, labels: LabelSet, encoder: ResidueEncoder, temperature: Float = 1
    ) {
        self.network = network
        self.labels = labels
        prepared = PreparedNetworkCache(network)
        self.encoder = encoder
        self.temperature = temperature
    }

    /// A labeller that runs `model`.
    public init(_ model: ProteinModel) {
        self.init(
            network: model.network, labels: model.labels, encoder: model.description.input,
            temperature: Float(model.description.temperature))
    }

    /// A labeller that runs the shipped model.
    public static var shipped: ProteinLabeller { ProteinLabeller(.shipped) }

    /// Labels chains.
    ///
    /// A chain's labels do not depend on the others, nor on the number of threads. Time and memory are linear in the
    /// number of residues; chains labelled together share memory, so hand over a few hundred at a time, not a proteome.
    /// A chain of more than 65,536 residues, longer than any known protein, is labelled in overlapping pieces.
    /// - Parameters:
    ///   - chains: residues as ASCII letters of either case, at least one each; letters other than the 20 amino acids
    ///     are taken as unknown.
    ///   - compute: where to run.
    /// - Returns: the labels of each chain, in the same order.
    public func label(_ chains: [[UInt8]], on compute: Compute) -> [ProteinLabels] {
        let whole = chains.indices.filter { chains[$0].count <= Self.longestWhole }
        var labelled = probabilities(of: whole.map { encoder.codes(of: chains[$0]) }, on: compute)
            .map { ProteinLabels($0.elements, states: labels.letters) }.makeIterator()
        return chains.map { chain in
            chain.count > Self.longestWhole ? labelInPieces(chain, on: compute) : labelled.next()!
        }
    }

    /// Activations of a gate of the network along a chain: for each layer and direction (T, H).
    /// - Parameters:
    ///   - gate: one of the cell's gates.
    ///   - chain: residues as ASCII letters of either case, at least one.
    ///   - compute: where to run.
    public func activations(
        of gate: RecurrentGate, along chain: [UInt8], on compute: Compute
    ) -> [GateActivations<Float>] {
        let inputs = encoder.inputs(RaggedBatch(lengths: [chain.count])) { _ in encoder.codes(of: chain) }
        return network.activations(of: gate, inputs: inputs, on: compute)
    }

    /// Probabilities (T, K) of several sequences of codes.
    private func probabilities(of codes: [[UInt8]], on compute: Compute) -> [Matrix<Float>] {
        prepared.network(for: compute).probabilities(lengths: codes.map(\.count), temperature: temperature) {
            sequences, batch in
            encoder.inputs(batch) { codes[sequences[$0]] }
        }
    }

    /// Residues of the longest chain labelled in one piece.
    static let longestWhole = 1 << 16
    /// Residues in a piece of a longer chain, context residues on either side, and pieces at a time: they bound the
    /// memory of the network.
    private static let (piece, context, piecesAtOnce) = (2048, 512, 32)

    private func labelInPieces(_ chain: [UInt8], on compute: Compute) -> ProteinLabels {
        let starts = Array(stride(from: 0, to: chain.count, by: Self.piece))
        var all: [Float] = []
        all.reserveCapacity(chain.count * labels.count)
        for first in stride(from: 0, to: starts.count, by: Self.piecesAtOnce) {
            let starts = starts[first..<min(first + Self.piecesAtOnce, starts.count)]
            let spans = starts.map {
                max(0, $0 - Self.context)..<min(chain.count, $0 + Self.piece + Self.context)
            }
            let pieces = probabilities(of: spans.map { encoder.codes(of: chain[$0]) }, on: compute)
            for (start, (span, piece)) in zip(starts, zip(spans, pieces)) {
                let end = min(start + Self.piece, chain.count)
                all += piece.elements[
                    (start - span.lowerBound) * labels.count..<(end - span.lowerBound) * labels.count]
            }
        }
        return ProteinLabels(all, states: labels.letters)
    }
}
