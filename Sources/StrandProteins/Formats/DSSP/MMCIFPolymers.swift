import StrandBytes

/// The polymers of an mmCIF entry.
struct MMCIFPolymers {
    /// A polymer, by mmCIF's own id.
    struct Polymer {
        let id: String
        let entity: String
        /// The author's id; empty if the rows do not give it.
        var authorID = ""
        var sequence: [UInt8] = []
        /// Whether any residue is one of the 20 amino acids.
        var hasAminoAcids: Bool { sequence.contains { $0 != UInt8(ascii: "X") } }
    }

    /// By entity.
    var isPolypeptide: [String: Bool] = [:]
    /// The author's ids in the atom rows, by mmCIF's ids.
    var authorIDs: [String: String] = [:]
    /// The entity of each chain.
    var asymmetricUnits: [(id: String, entity: String)] = []
    private var schemes: [Polymer] = []
    private var entities: [String: Polymer] = [:]

    var isEmpty: Bool { schemes.isEmpty && entities.isEmpty }

    /// The polypeptides, from `_pdbx_poly_seq_scheme` or else from the sequences of the entities.
    var polypeptides: [Polymer] {
        var polymers = schemes
        if polymers.isEmpty {
            for unit in asymmetricUnits {
                guard let entity = entities[unit.entity] else { continue }
                polymers.append(Polymer(id: unit.id, entity: unit.entity, sequence: entity.sequence))
            }
        }
        return polymers.filter { isPolypeptide[$0.entity] ?? $0.hasAminoAcids }
    }

    func authorID(of polymer: Polymer) -> String {
        polymer.authorID.isEmpty ? authorIDs[polymer.id] ?? polymer.id : polymer.authorID
    }

    /// A row of chain, entity, number, residue and author's id.
    mutating func addSchemeResidue(_ cells: MMCIFEntry.Cells) throws(FormatError.Problem) {
        let id = String(utf8OrLatin1: cells[0] ?? [])
        if schemes.last?.id != id {
            schemes.append(
                Polymer(
                    id: id, entity: String(utf8OrLatin1: cells[1] ?? []),
                    authorID: String(utf8OrLatin1: cells[4] ?? [])))
        }
        try Self.add(cells[3], number: cells[2], to: &schemes[schemes.count - 1])
    }

    /// A row of entity, number and residue.
    mutating func addEntityResidue(_ cells: MMCIFEntry.Cells) throws(FormatError.Problem) {
        let id = String(utf8OrLatin1: cells[0] ?? [])
        try Self.add(cells[2], number: cells[1], to: &entities[id, default: Polymer(id: id, entity: id)])
    }

    /// Numbers go up by one. If a residue differs between molecules its number is repeated: the first counts.
    private static func add(
        _ residue: ArraySlice<UInt8>?, number: ArraySlice<UInt8>?, to polymer: inout Polymer
    ) throws(FormatError.Problem) {
        let found = try MMCIFEntry.residueNumber(number)
        let expected = polymer.sequence.count + 1
        if found == expected - 1 { return }
        guard found == expected else {
            throw .text(.unexpected("\(found)", expected: "residue \(expected) of chain \(polymer.id)"))
        }
        polymer.sequence.append(letters[String(utf8OrLatin1: residue ?? [])] ?? UInt8(ascii: "X"))
    }

    private static let letters: [String: UInt8] = {
        let codes =
            "ALA ARG ASN ASP CYS GLN GLU GLY HIS ILE LEU LYS MET PHE PRO SER THR TRP TYR VAL".split(separator: " ")
        return Dictionary(uniqueKeysWithValues: zip(codes.map(String.init), "ARNDCQEGHILKMFPSTWYV".utf8))
    }()
}
