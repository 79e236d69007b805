import Glibc

/// An axis of a chart: its range of values and its labelled ticks.
package struct Axis {
    /// A value with its label.
    package struct Tick {
        package var value: Double
        package var name: String
    }

    package var label: String
    package var range: ClosedRange<Double>
    package var ticks: [Tick]

    /// An axis of numbers with about `count` round ticks.
    package init(_ label: String, _ range: ClosedRange<Double>, count: Int = 5, name: (Double) -> String = Axis.plain) {
        self.label = label
        let width = max(range.upperBound - range.lowerBound, 1e-9)
        self.range = range.lowerBound...range.lowerBound + width
        let step = Self.roundStep(width / Double(count))
        let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
        let last = max(Int((self.range.upperBound / step + 1e-9).rounded(.down)), first)
        ticks = (first...last).map { Tick(value: Double($0) * step, name: name(Double($0) * step)) }
    }

    /// An axis of percentages; the values are fractions.
    package static func percent(_ label: String, _ range: ClosedRange<Double> = 0...1) -> Axis {
        Axis(label, range) { "\(plain(100 * $0)) %" }
    }

    /// An axis of categories at 0, 1, 2 ...
    package init(_ label: String, categories: [String]) {
        self.label = label
        range = -0.5...max(Double(categories.count) - 0.5, 0.5)
        ticks = categories.enumerated().map { Tick(value: Double($0.offset), name: $0.element) }
    }

    /// Where a value lies between the ends, 0 to 1.
    package func share(of value: Double) -> Double {
        (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }

    /// A number without needless zeros.
    package static func plain(_ value: Double) -> String {
        var text = fixed(value, 3)
        while text.hasSuffix("0") { text.removeLast() }
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// 1, 2 or 5 times a power of ten, at least as large as requested.
    private static func roundStep(_ least: Double) -> Double {
        let power = pow(10, floor(log10(least)))
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= least * (1 - 1e-9) } ?? 10 * power
    }
}
