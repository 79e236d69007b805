import ArgumentParser
import Strand

/// What chains are compared with, and what counts as near.
struct AuditOptions: ParsableArguments {
    /// What makes the alignments.
    enum Engine: String, ExpressibleByArgument, CaseIterable {
        case builtin, mmseqs
    }

    private static let defaults = LeakAudit.Criteria()

    @Option(
        help: ArgumentHelp(
            "Chains that the model was trained on: FASTA or labelled FASTA; may be given several times.",
            valueName: "file"), completion: .file())
    var trainSet: [String] = []

    @Option(
        help: ArgumentHelp(
            "builtin, or mmseqs: 'mmseqs easy-search -s 7.5', which must be installed; it finds less.",
            valueName: "name"))
    var engine = Engine.builtin

    @Option(
        help: ArgumentHelp(
            "Near is an alignment with an E-value below this, all training chains together being the database.",
            valueName: "x"))
    var eValue = defaults.eValue

    @Option(
        help: ArgumentHelp("Near is also one with this share of identical residues among its columns,", valueName: "p"))
    var identity = defaults.identity

    @Option(help: ArgumentHelp("over this share of either chain,", valueName: "p"))
    var coverage = defaults.coverage

    @Option(
        help: ArgumentHelp(
            "with an E-value below this; at 1 and more, most such alignments are chance.", valueName: "x"))
    var identityEValue = defaults.identityEValue

    func validate() throws {
        for (name, value) in [("e-value", eValue), ("identity-e-value", identityEValue)] {
            if !(value >= 0 && value <= 1000) { throw ValidationError("--\(name) \(value): give 0 to 1000") }
        }
        for (name, value) in [("identity", identity), ("coverage", coverage)] {
            if !(0...1).contains(value) { throw ValidationError("--\(name) \(value): give 0 to 1") }
        }
    }

    var criteria: LeakAudit.Criteria {
        var criteria = Self.defaults
        criteria.eValue = eValue
        criteria.identity = identity
        criteria.coverage = coverage
        criteria.identityEValue = identityEValue
        return criteria
    }
}
