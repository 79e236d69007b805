import CStrand
import Strand

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_label(
    _ model: OpaquePointer, _ chains: UnsafePointer<strand_chains>, _ states: CInt,
    _ labels: UnsafeMutablePointer<CChar>?,
    _ probabilities: UnsafeMutablePointer<Float>?, _ error: UnsafeMutablePointer<strand_error>?
) -> strand_status {
    call(error) {
        let model = OpenModel.at(model)
        guard case .protein(let labeller) = model.kind else {
            throw CallError.argument("the model is for ink: strand_label takes one for proteins")
        }
        let columns = try columns(states, of: labeller.labels)
        let chains = try Chains(chains.pointee, features: labeller.beside)
        let output = Output(
            labels: labels, probabilities: probabilities, columns: columns,
            reducing: labeller.labels.isDSSP && states == 3)
        for range in TaggerWindows.ranges(lengths: chains.lengths) {
            let inputs = try range.map { try chains.input($0) }
            let labelled = labeller.label(inputs: inputs, on: model.compute)
            let starts = range.map(chains.start)
            model.compute.run(labelled.count) { output.write(labelled[$0], at: starts[$0]) }
        }
    }
}

/// K: columns of the probabilities for this number of states.
private func columns(_ states: CInt, of labels: LabelSet) throws -> Int {
    switch states {
    case 0: return labels.count
    case 3, 8:
        guard labels.isDSSP else {
            throw CallError.argument(
                "\(states) states are those of DSSP: this model labels with \(labels.text), give 0")
        }
        return Int(states)
    default: throw CallError.argument("\(states) states: give 3, 8, or 0 for the model's own labels")
    }
}

/// Where results go: the caller's buffers.
private struct Output: @unchecked Sendable {
    let labels: UnsafeMutablePointer<CChar>?
    let probabilities: UnsafeMutablePointer<Float>?
    let columns: Int
    /// Whether eight states become three.
    let reducing: Bool

    /// Writes the labels of a chain whose first residue has this number.
    func write(_ labelled: ProteinLabels, at start: Int) {
        let (letters, shares) =
            reducing ? labelled.reduced(by: .hgiEB) : (labelled.labels, labelled.probabilities)
        if let labels {
            for (index, letter) in letters.enumerated() { labels[start + index] = CChar(bitPattern: letter) }
        }
        if let probabilities {
            shares.withUnsafeBufferPointer {
                (probabilities + start * columns).update(from: $0.baseAddress!, count: $0.count)
            }
        }
    }
}

/// The caller's chains.
private struct Chains {
    private let chains: strand_chains
    private let features: FeatureKind
    let lengths: [Int]

    /// - Throws: if chains are empty or offsets do not rise, or there are features that the model does not see.
    init(_ chains: strand_chains, features: FeatureKind) throws {
        (self.chains, self.features) = (chains, features)
        guard chains.count == 0 || chains.offsets != nil else { throw CallError.argument("offsets is NULL") }
        lengths = try checkedCount(chains.count, "chains").map { index in
            let (start, end) = (chains.offsets![index], chains.offsets![index + 1])
            guard start >= 0, end >= start else {
                throw CallError.argument("chain \(index): offsets \(start) and \(end): they have to rise from 0")
            }
            guard end - start <= mostInACall else {
                throw CallError.argument("chain \(index) has \(end - start) residues: \(mostInACall) is the most")
            }
            guard end > start else { throw CallError.input("chain \(index) has no residues") }
            return Int(end - start)
        }
        guard chains.residues != nil || lengths.isEmpty else { throw CallError.argument("residues is NULL") }
        if chains.features != nil, features == .nothing {
            throw CallError.argument("the model sees residues alone: give no features")
        }
        if case .given = features, chains.features == nil || chains.has_features != nil {
            throw CallError.argument("the model sees \(features.text): every chain needs them")
        }
    }

    /// The number of a chain's first residue, the first chain's first being 0.
    func start(_ index: Int) -> Int { Int(chains.offsets![index] - chains.offsets![0]) }

    /// - Throws: if it has a byte that is no letter, or features that cannot be.
    func input(_ index: Int) throws -> ChainInput {
        let bytes = UnsafeRawBufferPointer(start: chains.residues! + Int(chains.offsets![index]), count: lengths[index])
        let residues = [UInt8](bytes)
        if let place = residues.firstIndex(where: { !(65...90).contains($0 & 0xDF) && $0 != UInt8(ascii: "*") }) {
            let byte = residues[place]
            let shown = (0x21..<0x7F).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
            throw CallError.input(
                "chain \(index), residue \(place + 1): \(shown) is not a letter; residues are letters")
        }
        return ChainInput(residues, try features(index))
    }

    private func features(_ index: Int) throws -> ChainFeatures? {
        guard let rows = chains.features, chains.has_features.map({ $0[index] != 0 }) ?? true else { return nil }
        let width = features == .profile ? 21 : features.columns
        let values = [Float](UnsafeBufferPointer(start: rows + start(index) * width, count: lengths[index] * width))
        guard features == .profile else {
            if let place = values.firstIndex(where: { !$0.isFinite }) {
                throw CallError.input("chain \(index), residue \(place / width + 1): a feature is \(values[place])")
            }
            return .given(FeatureMatrix(values, columns: width))
        }
        // The caller says which chains have relatives, or the profile shows it.
        guard let profile = ResidueProfile(rows: values, columns: width, depth: chains.has_features == nil ? nil : 2)
        else {
            throw CallError.input(
                "chain \(index): a row of its profile is not 20 frequencies that add up to 1 and a share of gaps")
        }
        return .profile(profile)
    }
}
