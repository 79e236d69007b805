import StrandEngine
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
    private let tagger: Tagger<ProteinTask>
    /// Labels chains of which no relatives are known in its place.
    private let ofAlone: Tagger<ProteinTask>?

    init(
        network: RecurrentNetwork<Float>, labels: LabelSet, encoder: ResidueEncoder, temperature: Float = 1
    ) {
        tagger = Tagger(network: network, labels: labels, encoder: encoder, temperature: temperature)
        ofAlone = nil
    }

    /// A labeller that runs `model`.
    /// - Parameter ofAlone: runs on the chains of which no relatives are known, where `model` sees profiles; it has the
    ///   same labels.
    public init(_ model: ProteinModel, ofAlone: ProteinModel? = nil) {
        precondition(ofAlone.map { $0.labels == model.labels } ?? true, "models of different labels")
        tagger = Tagger(model)
        self.ofAlone = ofAlone.map { Tagger($0) }
    }

    /// What it sees beside the residues.
    public var beside: FeatureKind { tagger.encoder.beside }

    /// What it labels residues with.
    public var labels: LabelSet { tagger.labels }

    /// A labeller that runs the model that comes with the program.
    public static var shipped: ProteinLabeller { ProteinLabeller(.shipped) }

    /// Labels chains.
    ///
    /// A chain's labels do not depend on the others, nor on the number of threads. Time and memory are linear in the
    /// number of residues: for a proteome use `label(inputs:on:each:)`. A chain of more than 65,536 residues, longer than any
    /// known protein, is labelled in overlapping pieces.
    /// - Parameters:
    ///   - chains: residues as ASCII letters of either case, at least one each; letters other than the 20 amino acids
    ///     are taken as unknown.
    ///   - compute: where to run.
    /// - Returns: the labels of each chain, in the same order.
    public func label(_ chains: [[UInt8]], on compute: Compute) -> [ProteinLabels] {
        label(inputs: chains.map { ChainInput($0) }, on: compute)
    }

    /// Labels chains of which more than the residues may be known, as `label(_:on:)` does otherwise.
    ///
    /// A model that sees nothing beside the residues ignores what there is. To one that sees a profile, a chain without
    /// one is a chain without relatives, which another model may label: see `init(_:ofAlone:)`.
    public func label(inputs chains: [ChainInput], on compute: Compute) -> [ProteinLabels] {
        guard let ofAlone else { return label(chains, by: tagger, on: compute) }
        let areAlone = compute.map(chains.count) { ProfileDepth(chains[$0].features).isAlone }
        var (known, alone) = ([ChainInput](), [ChainInput]())
        for (chain, isAlone) in zip(chains, areAlone) {
            if isAlone { alone.append(chain) } else { known.append(chain) }
        }
        var ofKnown = label(known, by: tagger, on: compute).makeIterator()
        var ofLone = label(alone, by: ofAlone, on: compute).makeIterator()
        return areAlone.map { $0 ? ofLone.next()! : ofKnown.next()! }
    }

    private func label(
        _ chains: [ChainInput], by tagger: Tagger<ProteinTask>, on compute: Compute
    ) -> [ProteinLabels] {
        let encoder = tagger.encoder
        return tagger.probabilities(of: compute.map(chains.count) { encoder.encode(chains[$0]) }, on: compute)
            .map { ProteinLabels($0, states: labels.letters) }
    }

    /// Labels any number of chains, holding the probabilities of about 65,536 residues at a time.
    /// - Parameters:
    ///   - chains: as for `label(_:on:)`.
    ///   - compute: where to run.
    ///   - body: takes the index of each chain and its labels, in order.
    public func label(
        inputs chains: [ChainInput], on compute: Compute, each body: (Int, ProteinLabels) throws -> Void
    ) rethrows {
        for range in TaggerWindows.ranges(lengths: chains.map(\.sequence.count)) {
            for (index, labels) in zip(range, label(inputs: Array(chains[range]), on: compute)) {
                try body(index, labels)
            }
        }
    }

    /// Activations of a gate of the network along a chain: for each layer and direction (T, H).
    /// - Parameters:
    ///   - gate: one of the cell's gates.
    ///   - chain: residues as ASCII letters of either case, at least one.
    ///   - compute: where to run: on its threads, and on a path that keeps gates.
    public func activations(
        of gate: RecurrentGate, along chain: [UInt8], on compute: Compute
    ) -> [GateActivations<Float>] {
        let encoder = tagger.encoder
        let inputs = encoder.inputs(RaggedBatch(lengths: [chain.count])) { _ in encoder.encode(ChainInput(chain)) }
        let keeping = compute.path.canTrain ? compute : Compute(threads: compute.threads)
        return tagger.network.activations(of: gate, inputs: inputs, on: keeping)
    }
}
