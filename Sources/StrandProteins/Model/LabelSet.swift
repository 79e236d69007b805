import StrandEngine
import StrandMetrics

/// The labels of a model, a letter each, in the order of its logits.
public struct LabelSet: TaskLabels {
    /// ASCII letters, each once.
    public let letters: [UInt8]

    /// The eight DSSP states, which have reductions to three.
    public static let dssp = LabelSet(letters: SecondaryStructure.eightStates)

    /// The most labels in a set: one bit each in a target.
    public static let mostLabels = 32

    private init(letters: [UInt8]) {
        self.letters = letters
    }

    /// - Parameter text: the letters one after another. The result is nil unless they are 2 to 32 different printable
    ///   ASCII characters that may stand in a label line: no blank, no `-` (no label), no `>` (starts a header).
    public init?(_ text: String) {
        let letters = Array(text.utf8)
        guard (2...Self.mostLabels).contains(letters.count), Set(letters).count == letters.count,
            letters.allSatisfy({ (0x21..<0x7F).contains($0) && !"->".utf8.contains($0) })
        else {
            return nil
        }
        self.letters = letters
    }

    /// The label set of some chains, derived from how often they use each label: DSSP's if they use no other.
    ///
    /// If most labels are DSSP's, the set is DSSP's too, so that a wrong letter among them is an error.
    /// - Parameter counts: how often each byte is a label.
    /// - Returns: nil if these letters cannot be a label set.
    public init?(counts: [Int]) {
        let states = SecondaryStructure.eightStates
        let found = counts.indices.filter { counts[$0] > 0 && UInt8($0) != SecondaryStructure.unlabelled }.map(
            UInt8.init)
        let ofDSSP = found.filter((states + SecondaryStructure.otherCoil).contains).reduce(0) { $0 + counts[Int($1)] }
        if 2 * ofDSSP >= found.reduce(0, { $0 + counts[Int($1)] }) {
            self = .dssp
        } else {
            self.init(String(decoding: found, as: UTF8.self))
        }
    }

    public var text: String { String(decoding: letters, as: UTF8.self) }
    /// K
    public var count: Int { letters.count }
    public var logitCount: Int { letters.count }
    public var isDSSP: Bool { self == .dssp }

    /// As sets of admissible labels, bit k for label k; no bit if there is no label.
    func targets(_ labels: [UInt8]) -> [UInt32] {
        let sets = (0...255).map { byte -> UInt32 in letters.firstIndex(of: UInt8(byte)).map { 1 << UInt32($0) } ?? 0 }
        return labels.map { sets[Int($0)] }
    }
}
