import StrandBytes

/// A chain built residue by residue, from rows with positions.
struct PredictedResidues {
    /// The K states that have probabilities.
    let states: [UInt8]
    private(set) var sequence: [UInt8]? = []
    private(set) var labels: [UInt8] = []
    private var threeStates: [UInt8] = []
    private(set) var probabilities: [Float] = []

    init(states: [UInt8]) {
        self.states = states
    }

    /// Adds the next residue. A chain with any nil residue has no sequence.
    /// - Parameters:
    ///   - threeStates: the label of three states beside eight.
    ///   - probabilities: K of them.
    mutating func add(
        position: ArraySlice<UInt8>, residue: ArraySlice<UInt8>?, label: ArraySlice<UInt8>,
        threeStates: ArraySlice<UInt8>? = nil, probabilities: some Sequence<ArraySlice<UInt8>>
    ) throws(FormatError.Problem) {
        let expected = labels.count + 1
        guard Int(digits: position) == expected else {
            throw .text(.unexpected(String(utf8OrLatin1: position), expected: "position \(expected)"))
        }
        try add(residue: residue, label: label)
        if let threeStates { self.threeStates.append(try Self.label(threeStates)) }
        for text in probabilities { self.probabilities.append(try Float(probability: text)) }
    }

    /// Adds the next residue, without probabilities.
    mutating func add(residue: ArraySlice<UInt8>?, label: ArraySlice<UInt8>) throws(FormatError.Problem) {
        if let residue { sequence?.append(try Self.residue(residue)) } else { sequence = nil }
        labels.append(try Self.label(label))
    }

    /// The chain of these residues.
    func chain(id: String, header: [UInt8]? = nil) -> LabelledChain {
        LabelledChain(
            id: id, header: header, sequence: sequence, labels: labels,
            threeStates: threeStates.isEmpty ? nil : threeStates, states: states, probabilities: probabilities)
    }

    private static func residue(_ text: ArraySlice<UInt8>) throws(FormatError.Problem) -> UInt8 {
        guard text.count == 1, let letter = text.first, ResidueClass.table[Int(letter)].isResidue else {
            throw .text(.unexpected(String(utf8OrLatin1: text), expected: "the letter of a residue"))
        }
        return letter
    }

    private static func label(_ text: ArraySlice<UInt8>) throws(FormatError.Problem) -> UInt8 {
        guard text.count == 1, let letter = text.first, (0x20..<0x7F).contains(letter) else {
            throw .text(.unexpected(String(utf8OrLatin1: text), expected: "the letter of a state"))
        }
        return letter
    }
}

extension ResidueClass {
    /// Whether it is a letter, or a stop, which stands for X.
    var isResidue: Bool { isSubset(of: [.unknownLetter, .stop, .notANucleotide]) }
}

extension Float {
    /// A finite decimal number.
    init(probability text: ArraySlice<UInt8>) throws(FormatError.Problem) {
        guard let value = Double(decimal: text).map(Float.init), value.isFinite else {
            throw .text(.notANumber(String(utf8OrLatin1: text)))
        }
        self = value
    }
}

extension Int {
    /// A number without a sign, of 1 to 18 digits.
    init?(digits: some Collection<UInt8>) {
        guard (1...18).contains(digits.count), digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
        self = digits.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
    }
}
