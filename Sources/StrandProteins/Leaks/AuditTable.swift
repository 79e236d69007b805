import Glibc
import StrandEngine

/// Near chains as tab-separated values.
public enum AuditTable {
    public static let header =
        "evaluated\ttraining\tidentity\tcoverage_evaluated\tcoverage_training\te_value\tbits\treason\tevaluated_file\t"
        + "training_file\n"

    /// A line and its end.
    public static func row(
        _ neighbour: LeakAudit.Neighbour, _ evaluated: ChainFile, _ training: (id: String, file: String)
    ) -> String {
        let fields = [
            evaluated.ids[neighbour.evaluated], training.id, fixed(neighbour.match.identity, 3),
            fixed(neighbour.evaluatedCoverage, 3), fixed(neighbour.trainingCoverage, 3),
            scientific(neighbour.match.eValue), fixed(neighbour.match.bits, 1), neighbour.reason.rawValue,
            evaluated.name, training.file,
        ]
        return fields.joined(separator: "\t") + "\n"
    }
}
