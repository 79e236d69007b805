import Glibc

/// Seconds as 42 s, 3 min 20 s or 2 h 5 min.
package func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
}

/// A number with a fixed count of decimals.
package func fixed(_ value: Double, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let fraction = String(scaled % scale + scale).dropFirst()
    return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled / scale)" + (decimals > 0 ? ".\(fraction)" : "")
}

/// A number above 0 as 1.2e-08; 0 as 0.
package func scientific(_ value: Double) -> String {
    if value <= 0 { return "0" }
    let logarithm = log10(value)
    var exponent = Int(floor(logarithm))
    var mantissa = fixed(pow(10, logarithm - Double(exponent)), 1)
    if mantissa == "10.0" { (mantissa, exponent) = ("1.0", exponent + 1) }
    let digits = String(exponent.magnitude)
    return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(digits.count < 2 ? "0" : "")\(digits)"
}

extension String {
    /// Blanks before the text.
    package func padded(left width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }

    /// Blanks after the text.
    package func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

/// The first few of some ids or names, sorted.
public func some(_ ids: some Collection<String>) -> String {
    ids.sorted().prefix(3).joined(separator: ", ") + (ids.count > 3 ? ", ..." : "")
}
