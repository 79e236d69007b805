import StrandBytes
import StrandEngine
import StrandMetrics

/// The predictions of one system, chain by chain.
public struct PredictedSystem {
    public let name: String
    /// By id.
    public private(set) var chains: [String: PredictedStates] = [:]
    /// Whether it distinguishes eight states.
    public var hasEightStates: Bool { chains.values.contains(where: \.hasEightStates) }

    /// The systems found under some paths: a folder is one system, and so are all PSIPRED files together.
    /// - Parameters:
    ///   - paths: files and folders.
    ///   - labels: the label set of the residues.
    public static func load(_ paths: [String], labels: LabelSet = .dssp) throws(FormatError) -> [PredictedSystem] {
        var systems: [PredictedSystem] = []
        var single = PredictedSystem(name: "", labels: labels)
        var singleFiles: [String] = []
        for path in paths {
            if let files = Folder.files(at: path) {
                var system = PredictedSystem(name: fileName(of: path), labels: labels)
                if files.isEmpty { throw FormatError(file: path, problem: .chain(.noPredictions)) }
                for file in files { try system.read(file) }
                systems.append(system)
                continue
            }
            var system = PredictedSystem(name: fileName(of: path), labels: labels)
            let format = try system.read(path)
            if format == .ss2 || format == .horiz {
                try single.read(path)
                singleFiles.append(path)
            } else {
                systems.append(system)
            }
        }
        guard let first = singleFiles.first else { return systems }
        let name = singleFiles.count == 1 ? fileName(of: first) : counted(singleFiles.count, "PSIPRED file")
        return systems + [PredictedSystem(name: name, labels: labels, chains: single.chains)]
    }

    private let labels: LabelSet

    public init(name: String, labels: LabelSet = .dssp, chains: [String: PredictedStates] = [:]) {
        self.name = name
        self.labels = labels
        self.chains = chains
    }

    /// Adds the chains of a file and returns its format.
    @discardableResult
    private mutating func read(_ path: String) throws(FormatError) -> PredictedChainFormat? {
        var reader = PredictedChainReader(ByteSource(argument: path))
        while let chain = try reader.next() {
            let states = try PredictedStates(chain, file: path, labels: labels)
            guard chains.updateValue(states, forKey: chain.id) == nil else {
                throw FormatError(file: path, record: chain.id, problem: .run(.repeatedID))
            }
        }
        if reader.format == .netsurfp { try readThreeStates(path) }
        return reader.format
    }

    /// NetSurfP's three states are an output of their own, not its eight states reduced.
    private mutating func readThreeStates(_ path: String) throws(FormatError) {
        var reader = PredictedChainReader(ByteSource(argument: path), states: .three)
        while let chain = try reader.next() {
            chains[chain.id]?.own = try PredictedStates(chain, file: path, labels: labels).labels
        }
    }
}

/// The labels a system gave the residues of a chain.
public struct PredictedStates {
    public let sequence: [UInt8]?
    /// One label per residue; `-` if there is none.
    public let labels: [UInt8]
    private let states: [UInt8]
    private let probabilities: [Float]
    /// Labels of three states that are not a reduction of the others.
    public var own: [UInt8]?

    /// Letters that other programs use for coil.
    private static let coil = Array("L_P".utf8)

    /// - Throws: `unknownLabel` for a letter outside the labels.
    public init(_ chain: PredictedChain, file: String, labels set: LabelSet) throws(FormatError) {
        let others = set.isDSSP ? Self.coil : []
        func state(_ letter: UInt8) -> UInt8 { others.contains(letter) ? UInt8(ascii: "C") : letter }
        sequence = chain.sequence
        states = chain.states.map(state)
        probabilities = chain.probabilities
        labels = chain.labels.map(state)
        let accepted = set.letters + [SecondaryStructure.unlabelled]
        for (index, label) in labels.enumerated() where !accepted.contains(label) {
            throw FormatError(
                file: file, record: chain.id,
                problem: .chain(.unknownLabel(chain.labels[index], column: index + 1, accepted: accepted + others)))
        }
    }

    public var hasEightStates: Bool { labels.contains { !"HEC-".utf8.contains($0) } }

    /// Labels of three states, with the probability of each if there are any.
    public func reduced(by reduction: LabelReduction) -> (labels: [UInt8], confidence: [Float]?) {
        let reduced = reduction == .hgiEB ? own ?? reduction.reduce(labels) : reduction.reduce(labels)
        return (reduced, confidence(of: reduced, states: reduction.reduce(states)))
    }

    /// The probability of each label in eight states.
    public var confidence: [Float]? { confidence(of: labels, states: states) }

    /// For each residue, the share of its label in the sum of its probabilities.
    private func confidence(of labels: [UInt8], states: [UInt8]) -> [Float]? {
        guard !states.isEmpty else { return nil }
        return labels.indices.map { index in
            let row = probabilities[index * states.count..<(index + 1) * states.count]
            let sum = row.reduce(0, +)
            let own = zip(states, row).reduce(Float(0)) { $0 + ($1.0 == labels[index] ? $1.1 : 0) }
            return sum > 0 && own >= 0 ? min(own / sum, 1) : 0
        }
    }
}
