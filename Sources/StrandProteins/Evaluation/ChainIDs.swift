/// Pairs of ids that name the same chain in two files, as programs change ids on the way.
///
/// NCBI's form `db|accession|name` loses its ends (MMseqs2) or its bars (`sp_P1_A`, file names); S4PRED writes upper case
/// and drops `-`. Ids that agree in a form are a pair only if neither agrees with a third.
package struct ChainIDs {
    /// The other id of each paired one.
    package private(set) var pairs: [String: String] = [:]

    /// - Parameters:
    ///   - ids: of one file, each once.
    ///   - others: of the other file. Equal ids are no pairs: they are left out first.
    package init(_ ids: some Sequence<String>, _ others: some Sequence<String>) {
        let (left, right) = (Set(ids), Set(others))
        let (alone, foreign) = (left.subtracting(right), right.subtracting(left))
        var byForm: [String: [String]] = [:]
        for id in foreign { for form in Self.forms(of: id) { byForm[form, default: []].append(id) } }
        var partners: [String: Set<String>] = [:]
        var claims: [String: Int] = [:]
        for id in alone {
            let found = Set(Self.forms(of: id).flatMap { byForm[$0] ?? [] })
            partners[id] = found
            for other in found { claims[other, default: 0] += 1 }
        }
        for (id, found) in partners {
            if found.count == 1, let other = found.first, claims[other] == 1 { pairs[id] = other }
        }
    }

    /// The forms that programs make of an id, in upper case and without punctuation.
    static func forms(of id: String) -> Set<String> {
        let parts = parts(of: id)
        // The tags of databases name nothing.
        let names = parts.dropFirst().filter { $0.utf8.count > 1 }
        return Set(([id, parts.dropFirst().joined()] + names).map(bare).filter { !$0.isEmpty })
    }

    /// The parts of `db|accession|name` or, with its bars replaced, of `sp_accession_name`.
    private static func parts(of id: String) -> [String] {
        let parts = id.split(separator: "|").map(String.init)
        if parts.count > 1 { return parts }
        let pieces = id.split(separator: "_", maxSplits: 2).map(String.init)
        return pieces.count == 3 && ["sp", "tr"].contains(pieces[0].lowercased()) ? pieces : [id]
    }

    private static func bare(_ text: String) -> String {
        String(
            text.uppercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
    }
}
