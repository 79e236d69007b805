import StrandBytes

/// The DSSP states of an mmCIF entry.
struct MMCIFStates {
    /// One byte per residue, by chain and number; 0 if unset. A far number in a file costs no memory.
    private struct ByResidue {
        private var bytes: [[UInt8]: [Int: UInt8]] = [:]

        var isEmpty: Bool { bytes.isEmpty }

        func bytes(of chain: String, count: Int) -> [UInt8] {
            let found = bytes[Array(chain.utf8), default: [:]]
            return (1...count).map { found[$0, default: 0] }
        }

        subscript(chain: [UInt8], number: Int) -> UInt8 {
            get { bytes[chain, default: [:]][number, default: 0] }
            _modify { yield &bytes[chain, default: [:]][number, default: 0] }
        }
    }

    private struct Range {
        let numbers: ClosedRange<Int>
        let label: UInt8
    }

    /// Whether `_struct_conf` names DSSP as its source.
    var isByDSSP = false
    /// Whether DSSP is among the programs listed for the entry.
    var namesDSSP = false
    private var summary = ByResidue()
    /// Which of the atoms N, CA, C, O are present: one bit each.
    private var backbone = ByResidue()
    private var ranges: [String: [Range]] = [:]
    private var model: [UInt8]?
    private var hasForeignRanges = false
    private var lastChain: ArraySlice<UInt8> = []

    private static let atoms = ["N", "CA", "C", "O"].map { Array($0.utf8) }
    private static let allAtoms: UInt8 = 0b1111
    private static let types: [String: UInt8] = [
        "HELX_RH_AL_P": UInt8(ascii: "H"), "HELX_RH_3T_P": UInt8(ascii: "G"), "HELX_RH_PI_P": UInt8(ascii: "I"),
        "HELX_LH_PP_P": DSSPState.polyproline, "STRN": UInt8(ascii: "E"), "TURN_TY1_P": UInt8(ascii: "T"),
        "BEND": UInt8(ascii: "S"), "OTHER": DSSPState.coil,
    ]

    /// Whether the states are DSSP's. A file that lists DSSP but has no range is all coil.
    var areByDSSP: Bool {
        !summary.isEmpty || !hasForeignRanges && (isByDSSP || namesDSSP && ranges.isEmpty)
    }

    /// A row of chain, number and state.
    mutating func addSummary(_ cells: MMCIFEntry.Cells) throws(FormatError.Problem) {
        let state = cells[2] ?? [UInt8(ascii: ".")]
        guard state.count == 1, let label = state.first.flatMap(DSSPState.label) else {
            throw .text(.unexpected(String(utf8OrLatin1: state), expected: DSSPState.expected))
        }
        summary[Array(cells[0] ?? []), try MMCIFEntry.residueNumber(cells[1])] = label
    }

    /// A row of chain, number, atom, author's chain id, model. Only the first model counts.
    /// - Returns: the chain, if the row before belonged to another.
    mutating func addAtom(_ cells: MMCIFEntry.Cells) throws(FormatError.Problem) -> String? {
        let ownModel = Array(cells[4] ?? [])
        if model == nil { model = ownModel }
        guard model == ownModel, let chain = cells[0], let number = cells[1] else { return nil }
        if let atom = cells[2], let bit = Self.atoms.firstIndex(where: { $0.elementsEqual(atom) }) {
            backbone[Array(chain), try MMCIFEntry.residueNumber(number)] |= 1 << UInt8(bit)
        }
        if chain == lastChain { return nil }
        lastChain = chain
        return String(utf8OrLatin1: chain)
    }

    /// A row of type, chain, first and last number.
    mutating func addRange(_ cells: MMCIFEntry.Cells) throws(FormatError.Problem) {
        let type = String(utf8OrLatin1: cells[0] ?? []).uppercased()
        guard var label = Self.types[type] else {
            hasForeignRanges = true
            return
        }
        let (first, last) = (try MMCIFEntry.residueNumber(cells[2]), try MMCIFEntry.residueNumber(cells[3]))
        guard first <= last else { throw .text(.unexpected("\(last)", expected: "a number from \(first) on")) }
        if type == "STRN", first == last { label = UInt8(ascii: "B") }
        ranges[String(utf8OrLatin1: cells[1] ?? []), default: []].append(Range(numbers: first...last, label: label))
    }

    /// The labels of a chain of `count` residues; `-` where DSSP has no state.
    func labels(ofChain chain: String, count: Int) throws(FormatError.Problem) -> [UInt8] {
        if !summary.isEmpty { return summary.bytes(of: chain, count: count).map { $0 == 0 ? LabelAlphabet.none : $0 } }
        if backbone.isEmpty { throw .text(.missingSection("_atom_site")) }
        var labels = backbone.bytes(of: chain, count: count).map {
            $0 == Self.allAtoms ? DSSPState.coil : LabelAlphabet.none
        }
        for range in ranges[chain, default: []] {
            guard range.numbers.upperBound <= count else {
                throw .text(
                    .unexpected(
                        "\(range.numbers.upperBound)",
                        expected: "one of the \(counted(count, "residue")) of chain \(chain)"))
            }
            for index in range.numbers where labels[index - 1] != LabelAlphabet.none { labels[index - 1] = range.label }
        }
        return labels
    }
}
