import Glibc
import Strand

/// Near chains as tab-separated values.
enum AuditTable {
    static let header =
        "evaluated\ttraining\tidentity\tcoverage_evaluated\tcoverage_training\te_value\tbits\treason\tevaluated_file\t"
        + "training_file\n"

    /// A line and its end.
    static func row(
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

/// A number above 0 as 1.2e-08; 0 as 0.
func scientific(_ value: Double) -> String {
    if value <= 0 { return "0" }
    let logarithm = log10(value)
    var exponent = Int(floor(logarithm))
    var mantissa = fixed(pow(10, logarithm - Double(exponent)), 1)
    if mantissa == "10.0" { (mantissa, exponent) = ("1.0", exponent + 1) }
    let digits = String(exponent.magnitude)
    return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(digits.count < 2 ? "0" : "")\(digits)"
}
