import Glibc
import StrandEngine

/// What a network sees of a residue: a one-hot vector of the 20 amino acids and one for everything else and, if the model
/// takes them, features beside.
public struct ResidueEncoder: SequenceEncoder {
    /// Letters in the order of their codes; all others share the code after them.
    public let alphabet: String
    /// What the network sees beside the residue.
    public let beside: FeatureKind

    private let codes: [UInt8]

    /// The 20 amino acids in alphabetical order, and nothing beside.
    public static let standard = ResidueEncoder(alphabet: "ACDEFGHIKLMNPQRSTVWY")

    /// - Parameters:
    ///   - alphabet: different upper-case ASCII letters.
    ///   - beside: what the network sees beside the residue.
    init(alphabet: String, beside: FeatureKind = .nothing) {
        let letters = Array(alphabet.utf8)
        self.alphabet = alphabet
        self.beside = beside
        codes = (0..<256).map { byte in
            // Lower case is a soft mask, not another residue.
            let upper = (97...122).contains(byte) ? byte - 32 : byte
            return UInt8(letters.firstIndex { Int($0) == upper } ?? letters.count)
        }
    }

    /// This encoder with other features beside the residue.
    public func with(_ beside: FeatureKind) -> ResidueEncoder { ResidueEncoder(alphabet: alphabet, beside: beside) }

    /// I: features of a residue.
    public var featureCount: Int { alphabet.utf8.count + 1 + beside.columns }

    /// The code of everything that is not in the alphabet.
    var unknown: UInt8 { UInt8(alphabet.utf8.count) }

    /// Codes of residues given as ASCII letters of either case.
    func codes(of residues: some Sequence<UInt8>) -> [UInt8] { residues.map { codes[Int($0)] } }

    /// A chain before its features are wanted.
    public struct Encoded: Sendable {
        /// T codes of residues.
        var codes: [UInt8]
        /// (T, D), row-major: what the network sees beside the residues.
        var beside: [Float]
    }

    /// A chain without anything beside becomes what it is to this model: the profile of a chain alone, or zeros.
    func encode(_ chain: ChainInput) -> Encoded {
        Encoded(codes: codes(of: chain.sequence), beside: beside.columns(of: chain))
    }

    public func length(of chain: Encoded) -> Int { chain.codes.count }

    /// The features of some residues of a chain, row by row.
    public func features(of chain: Encoded, _ steps: Range<Int>) -> [Float] {
        let (columns, letters, width) = (featureCount, alphabet.utf8.count + 1, beside.columns)
        var features = [Float](repeating: 0, count: steps.count * columns)
        for (row, step) in steps.enumerated() {
            features[row * columns + Int(chain.codes[step])] = 1
            for column in 0..<width {
                features[row * columns + letters + column] = chain.beside[step * width + column]
            }
        }
        return features
    }

    private enum CodingKeys: String, CodingKey {
        case alphabet, beside
    }

    /// A string if there is nothing beside the residues, as all files before there could be; else an object.
    public init(from decoder: any Decoder) throws {
        let alphabet: String
        var beside = FeatureKind.nothing
        if let container = try? decoder.container(keyedBy: CodingKeys.self) {
            alphabet = try container.decode(String.self, forKey: .alphabet)
            let name = try container.decode(String.self, forKey: .beside)
            guard let kind = FeatureKind(name) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .beside, in: container, debugDescription: "'\(name)' is no kind of features")
            }
            beside = kind
        } else {
            alphabet = try decoder.singleValueContainer().decode(String.self)
        }
        guard (1...64).contains(alphabet.utf8.count), alphabet.utf8.allSatisfy({ (65...90).contains($0) }),
            Set(alphabet.utf8).count == alphabet.utf8.count
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(alphabet)' is no alphabet"))
        }
        self.init(alphabet: alphabet, beside: beside)
    }

    public func encode(to encoder: any Encoder) throws {
        if beside == .nothing {
            var container = encoder.singleValueContainer()
            try container.encode(alphabet)
        } else {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(alphabet, forKey: .alphabet)
            try container.encode(beside.name, forKey: .beside)
        }
    }
}
