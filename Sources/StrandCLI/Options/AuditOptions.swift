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
            "builtin, or mmseqs: 'mmseqs easy-search -s 7.5', which must be installed; it finds less.",
            valueName: "name"))
    var engine = AuditRun.Engine.builtin

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

extension AuditOptions {
    /// Reads the training files, at least one.
    func makeRun(on compute: Compute, observer: any RunObserver) throws -> AuditRun {
        var trainSets: [ChainFile] = []
        for path in trainSet { trainSets.append(try ChainFile(path: path)) }
        return AuditRun(trainSets, criteria: criteria, engine: engine, on: compute, observer: observer)
    }
}

extension AuditRun.Engine: ExpressibleByArgument {}

extension ChainFile {
    /// A file of sequences, or of chains with labels, recognised by its content; `-` is standard input.
    init(path: String) throws(FormatError) {
        let file = try DetectedFile(path)
        switch file.kind {
        case .chains(.fasta), nil: try self.init(path: path, file.bytes(), isLabelled: false)
        case .chains: try self.init(path: path, file.bytes(), isLabelled: true)
        case .ink, .model: throw file.isNot("FASTA, or chains with labels,")
        }
    }
}
