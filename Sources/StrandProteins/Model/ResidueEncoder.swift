import StrandNetwork

/// Residues as one-hot vectors: a code for each of the 20 amino acids and one for everything else.
public struct ResidueEncoder: Sendable, Equatable, Codable {
    /// Letters in the order of their codes; all others share the code after them.
    public let alphabet: String

    private let codes: [UInt8]

    /// The 20 amino acids in alphabetical order.
    public static let standard = ResidueEncoder(alphabet: "ACDEFGHIKLMNPQRSTVWY")

    /// - Parameter alphabet: different upper-case ASCII letters.
    init(alphabet: String) {
        let letters = Array(alphabet.utf8)
        self.alphabet = alphabet
        codes = (0..<256).map { byte in
            // Lower case is a soft mask, not another residue.
            let upper = (97...122).contains(byte) ? byte - 32 : byte
            return UInt8(letters.firstIndex { Int($0) == upper } ?? letters.count)
        }
    }

    /// I: features of a residue.
    public var featureCount: Int { alphabet.utf8.count + 1 }

    /// The code of everything outside the alphabet.
    var unknown: UInt8 { UInt8(alphabet.utf8.count) }

    /// Codes of residues given as ASCII letters of either case.
    func codes(of residues: some Sequence<UInt8>) -> [UInt8] { residues.map { codes[Int($0)] } }

    /// Inputs (N, I) of a batch; `codes(k)` are those of the k-th sequence of the sorted batch.
    func inputs(_ batch: RaggedBatch, codes: (Int) -> [UInt8]) -> Matrix<Float> {
        var inputs = Matrix<Float>(rows: batch.rowCount, columns: featureCount)
        for sequence in batch.lengths.indices {
            for (step, code) in codes(sequence).enumerated() {
                inputs[batch.row(sequence: sequence, step: step), Int(code)] = 1
            }
        }
        return inputs
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let alphabet = try container.decode(String.self)
        guard (1...64).contains(alphabet.utf8.count), alphabet.utf8.allSatisfy({ (65...90).contains($0) }),
            Set(alphabet.utf8).count == alphabet.utf8.count
        else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(alphabet)' is no alphabet")
        }
        self.init(alphabet: alphabet)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(alphabet)
    }
}
