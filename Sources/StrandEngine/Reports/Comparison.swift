import StrandBytes
import StrandMetrics
import StrandNetwork

/// The difference between two systems on the same chains or texts, for JSON and as a line of text.
public struct Comparison: Sendable, Codable {
    public var measure: String
    public var first: String
    public var second: String
    /// The first's figure minus the second's, with its 95 % interval by paired bootstrap.
    public var difference: Figure
    /// Of the bootstrap, two-sided; nil for a single group.
    @OrNull public var pValue: Double?
    /// Groups on which the first is better.
    public var wins: Int
    /// Groups on which the second is better.
    public var losses: Int
    /// Of the sign test, two-sided.
    public var signTestPValue: Double

    /// - Parameters:
    ///   - firstTerms: numerator and denominator of the figure for each group.
    ///   - lessIsBetter: whether the figure is an error rate.
    public init?(
        _ measure: String, _ first: String, _ firstTerms: [SIMD2<Double>], _ second: String,
        _ secondTerms: [SIMD2<Double>], lessIsBetter: Bool = false
    ) {
        var generator = SeededGenerator(seed: 1)
        let paired = Bootstrap().difference(of: firstTerms, and: secondTerms, using: &generator)
        guard let paired else { return nil }
        let differences = zip(firstTerms, secondTerms).compactMap { first, second -> Double? in
            guard first.y > 0, second.y > 0 else { return nil }
            return (first.x / first.y - second.x / second.y) * (lessIsBetter ? -1 : 1)
        }
        let test = SignTest(differences: differences)
        self.measure = measure
        self.first = first
        self.second = second
        difference = Figure(value: paired.difference, paired.interval)
        pValue = paired.pValue
        wins = test.wins
        losses = test.losses
        signTestPValue = test.pValue
    }

    /// As text for people.
    public var line: String {
        "\(measure): \(first) minus \(second) \(points), p \(probability(pValue)) (paired bootstrap); "
            + "better on \(grouped(wins)), worse on \(grouped(losses)), p \(probability(signTestPValue)) (sign test)"
    }

    /// The difference in percentage points.
    private var points: String {
        "\(fixed(100 * difference.value, 2)) points\(difference.range(2).map { " \($0)" } ?? "")"
    }

    private func probability(_ value: Double?) -> String {
        value.map { $0 < 0.0005 ? "< 0.001" : fixed($0, 3) } ?? "-"
    }

    /// A list for below a table.
    public static func markdown(_ comparisons: [Comparison]) -> String {
        comparisons.isEmpty ? "" : "\n\n" + comparisons.map { "- \($0.line)" }.joined(separator: "\n")
    }

    /// A table for a page.
    public static func html(_ comparisons: [Comparison]) -> String {
        if comparisons.isEmpty { return "" }
        let rows = comparisons.map { comparison in
            [
                comparison.measure, comparison.first, comparison.second, comparison.points,
                comparison.probability(comparison.pValue),
                "\(grouped(comparison.wins)) : \(grouped(comparison.losses))",
                comparison.probability(comparison.signTestPValue),
            ].map(\.escapedForXML)
        }
        return "<section><h2>Compared in pairs</h2>\n"
            + HTML.table(
                [
                    "", "first", "second", "first minus second [95 %]", "p, paired bootstrap", "better : worse",
                    "p, sign test",
                ], rows)
            + "<p class=\"note\">On the same chains or texts, 10,000 resamples of them.</p></section>\n"
    }
}
