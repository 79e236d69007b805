import StrandBytes

/// The polypeptides and states of one mmCIF entry, gathered from its rows.
struct MMCIFEntry {
    typealias Cells = [ArraySlice<UInt8>?]

    /// The items read of each category.
    static let items: [String: [String]] = [
        "_entry": ["id"],
        "_entity_poly": ["entity_id", "type"],
        "_entity_poly_seq": ["entity_id", "num", "mon_id"],
        "_struct_asym": ["id", "entity_id"],
        "_pdbx_poly_seq_scheme": ["asym_id", "entity_id", "seq_id", "mon_id", "pdb_strand_id"],
        "_atom_site": ["label_asym_id", "label_seq_id", "label_atom_id", "auth_asym_id", "pdbx_pdb_model_num"],
        "_software": ["name"],
        "_struct_conf_type": ["criteria"],
        "_struct_conf": ["conf_type_id", "beg_label_asym_id", "beg_label_seq_id", "end_label_seq_id"],
        "_dssp_struct_summary": ["label_asym_id", "label_seq_id", "secondary_structure"],
    ]

    private(set) var name: String
    private var polymers = MMCIFPolymers()
    private var states = MMCIFStates()

    /// - Parameter name: the entry's name unless its rows give one.
    init(name: String) {
        self.name = StructureName.entry(name)
    }

    /// Takes a row with the requested items.
    mutating func add(_ cells: Cells, of category: String) throws(FormatError.Problem) {
        func text(_ column: Int) -> String { String(utf8OrLatin1: cells[column] ?? []) }
        switch category {
        case "_entry": if cells[0] != nil { name = StructureName.entry(text(0)) }
        case "_entity_poly": polymers.isPolypeptide[text(0)] = text(1).lowercased().hasPrefix("polypeptide")
        case "_entity_poly_seq": try polymers.addEntityResidue(cells)
        case "_struct_asym": polymers.asymmetricUnits.append((id: text(0), entity: text(1)))
        case "_pdbx_poly_seq_scheme": try polymers.addSchemeResidue(cells)
        case "_atom_site":
            if let chain = try states.addAtom(cells) { polymers.authorIDs[chain] = text(3) }
        case "_software": if text(0).lowercased() == "dssp" { states.namesDSSP = true }
        case "_struct_conf_type": if text(0).uppercased() == "DSSP" { states.isByDSSP = true }
        case "_struct_conf": try states.addRange(cells)
        case "_dssp_struct_summary": try states.addSummary(cells)
        default: preconditionFailure("a category that was not asked for")
        }
    }

    /// The polypeptides with one label per residue, poly-proline still marked.
    func chains() throws(FormatError.Problem) -> [(id: String, sequence: [UInt8], labels: [UInt8])] {
        let chains = polymers.polypeptides
        if chains.isEmpty {
            throw polymers.isEmpty ? .text(.missingSection("_pdbx_poly_seq_scheme")) : .chain(.noResidues)
        }
        if !states.areByDSSP { throw .chain(.noDSSP) }
        var found: [(id: String, sequence: [UInt8], labels: [UInt8])] = []
        for chain in chains {
            let labels = try states.labels(ofChain: chain.id, count: chain.sequence.count)
            found.append((polymers.authorID(of: chain), chain.sequence, labels))
        }
        return found
    }

    /// The number of a residue, from 1.
    static func residueNumber(_ cell: ArraySlice<UInt8>?) throws(FormatError.Problem) -> Int {
        guard let cell, let number = Int(digits: cell), number > 0 else {
            throw .text(.unexpected(String(utf8OrLatin1: cell ?? []), expected: "the number of a residue"))
        }
        return number
    }
}
