import ArgumentParser
import Strand

/// The chains to compare with, and what counts as near.
struct AuditOptions: ParsableArguments {
    private static let defaults = LeakAudit.Criteria()

    @Option(
        help: ArgumentHelp(
            "Chains that the model was trained on: FASTA or labelled FASTA; may be given several times.",
            valueName: "file"), completion: .file())
    var trainSet: [String] = []

    @Option(
        help: ArgumentHelp(
            "builtin, or mmseqs: 'mmseqs easy-search -s 7.5', which must be installed; it finds less. (default: builtin)",
            valueName: "name"))
    var engine: AuditRun.Engine?

    @Option(
        help: ArgumentHelp(
            "Near is an alignment with an E-value below this, all training chains together being the database. (default: \(defaults.eValue))",
            valueName: "x"))
    var eValue: Double?

    @Option(
        help: ArgumentHelp(
            "Near is also one with this share of identical residues among its columns, (default: \(defaults.identity))",
            valueName: "p"))
    var identity: Double?

    @Option(
        help: ArgumentHelp("over this share of either chain, (default: \(defaults.coverage))", valueName: "p"))
    var coverage: Double?

    @Option(
        help: ArgumentHelp(
            "with an E-value below this; at 1 and more, most such alignments are chance. (default: \(defaults.identityEValue))",
            valueName: "x"))
    var identityEValue: Double?

    func validate() throws {
        for (name, value) in [("e-value", eValue), ("identity-e-value", identityEValue)] {
            if let value, !(value >= 0 && value <= 1000) { throw ValidationError("--\(name) \(value): give 0 to 1000") }
        }
        for (name, value) in [("identity", identity), ("coverage", coverage)] {
            if let value, !(0...1).contains(value) { throw ValidationError("--\(name) \(value): give 0 to 1") }
        }
    }

    /// The options that are given.
    var given: GivenOptions {
        [
            "--train-set": !trainSet.isEmpty, "--engine": engine != nil, "--e-value": eValue != nil,
            "--identity": identity != nil, "--coverage": coverage != nil, "--identity-e-value": identityEValue != nil,
        ]
    }

    private var criteria: LeakAudit.Criteria {
        var criteria = Self.defaults
        criteria.eValue = eValue ?? criteria.eValue
        criteria.identity = identity ?? criteria.identity
        criteria.coverage = coverage ?? criteria.coverage
        criteria.identityEValue = identityEValue ?? criteria.identityEValue
        return criteria
    }
}

extension AuditOptions {
    /// Reads the training files, at least one.
    func makeRun(on compute: Compute, observer: any RunObserver) throws -> AuditRun {
        var trainSets: [ChainFile] = []
        for path in trainSet { trainSets.append(try ChainFile(path: path)) }
        return AuditRun(trainSets, criteria: criteria, engine: engine ?? .builtin, on: compute, observer: observer)
    }
}

extension AuditRun.Engine: ExpressibleByArgument {}
