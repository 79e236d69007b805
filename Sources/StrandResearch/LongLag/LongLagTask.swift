import StrandNetwork

/// The tasks in which a recurrent network must remember over a long time (Hochreiter & Schmidhuber 1997, section 5):
/// the relevant steps are far before the answer, among irrelevant ones.
public enum LongLagTask: String, Sendable, Codable, CaseIterable {
    /// The sum of two marked numbers (experiment 4).
    case adding
    /// The product of two marked numbers (experiment 5).
    case multiplication
    /// The order of two symbols (experiment 6a): 4 classes.
    case order2 = "order-2"
    /// The order of three symbols (experiment 6b): 8 classes.
    case order3 = "order-3"
    /// The next symbol of strings of the embedded Reber grammar (experiment 1). The grammar sets the lags.
    case reber

    /// One sequence and its target.
    struct Sequence: Sendable {
        /// (T, I), row by row.
        var inputs: [Float]
        var target: Target

        enum Target: Sendable {
            /// A number, at the last step.
            case number(Float)
            /// A label, at the last step.
            case label(Int)
            /// At every step the label, and all valid labels, as bits.
            case labels([Int], legal: [UInt32])
        }
    }

    /// Whether the caller chooses the lag.
    public var hasLag: Bool { self != .reber }

    /// I: features of a timestep.
    var inputCount: Int {
        switch self {
        case .adding, .multiplication: 2
        case .order2, .order3: OrderSymbol.allCases.count
        case .reber: ReberGrammar.Symbol.allCases.count
        }
    }

    /// K: numbers or labels of the output.
    var outputCount: Int {
        switch self {
        case .adding, .multiplication: 1
        case .order2: 4
        case .order3: 8
        case .reber: ReberGrammar.Symbol.allCases.count
        }
    }

    /// The result without reading the sequence: the error of the best constant (variance of the target), or the share
    /// of right answers when guessing.
    public var chance: Double {
        switch self {
        // One sequence in ten marks its first step, and then only one number counts: for a sum the variance is that of
        // 1.9 numbers uniform in -1 ... 1, divided by 16; for a product it is E[p^2] - E[p]^2 over both kinds.
        case .adding: 1.9 / 3 / 16
        case .multiplication: (0.9 / 9 + 0.1 / 3) - (0.9 / 4 + 0.1 / 2) * (0.9 / 4 + 0.1 / 2)
        case .order2: 1.0 / 4
        case .order3: 1.0 / 8
        case .reber: 0
        }
    }

    /// How many of 2,000 sequences may be wrong for the task to count as solved: as in the original.
    var mostWrong: Int { self == .multiplication ? 13 : 0 }

    /// Whether the answer is a number, measured by squared error.
    public var isRegression: Bool { self == .adding || self == .multiplication }

    /// A sequence of between `lag` and 1.1 `lag` steps.
    func sequence(lag: Int, using generator: inout SeededGenerator) -> Sequence {
        switch self {
        case .adding: marked(lag, within: -1...1, using: &generator) { 0.5 + ($0 + $1) / 4 }
        case .multiplication: marked(lag, within: 0...1, using: &generator) { $0 * $1 }
        case .order2: ordered(lag, at: [10...20, 50...60], using: &generator)
        case .order3: ordered(lag, at: [10...20, 33...43, 66...76], using: &generator)
        case .reber: ReberGrammar.embedded(using: &generator)
        }
    }

    private func length(_ lag: Int, using generator: inout SeededGenerator) -> Int {
        Int.random(in: lag...lag + lag / 10, using: &generator)
    }

    /// Each step has a number and a marker: 1 at two steps, -1 at the first and the last, else 0. One of the first ten
    /// steps is marked, then one of the first lag / 2 - 1 others.
    private func marked(
        _ lag: Int, within range: ClosedRange<Float>, using generator: inout SeededGenerator,
        answer: (Float, Float) -> Float
    ) -> Sequence {
        let length = length(lag, using: &generator)
        let span = Double(range.upperBound - range.lowerBound)
        var inputs: [Float] = []
        for _ in 0..<length { inputs += [range.lowerBound + Float(generator.uniform() * span), 0] }
        let first = Int.random(in: 0..<min(10, length - 1), using: &generator)
        var second = first
        while second == first { second = Int.random(in: 0..<max(2, lag / 2 - 1), using: &generator) }
        (inputs[1], inputs[2 * length - 1]) = (-1, -1)
        var numbers = [inputs[2 * first], inputs[2 * second]]
        for (index, step) in [first, second].enumerated() {
            // The first step has its own marker: its number counts as the neutral element of the sum or product.
            if step == 0 { numbers[index] = self == .adding ? 0 : 1 } else { inputs[2 * step + 1] = 1 }
        }
        return Sequence(inputs: inputs, target: .number(answer(numbers[0], numbers[1])))
    }

    /// The inputs of the order tasks: a start, an end, two symbols that count and four that do not.
    private enum OrderSymbol: Int, CaseIterable {
        case begin, end, x, y, a, b, c, d
    }

    /// X or Y at one step of each range (of 100 steps; scaled by the lag), other symbols elsewhere.
    private func ordered(
        _ lag: Int, at ranges: [ClosedRange<Int>], using generator: inout SeededGenerator
    ) -> Sequence {
        let length = length(lag, using: &generator)
        var symbols = (0..<length).map { _ in
            OrderSymbol(rawValue: Int.random(in: OrderSymbol.a.rawValue...OrderSymbol.d.rawValue, using: &generator))!
        }
        (symbols[0], symbols[length - 1]) = (.begin, .end)
        var label = 0
        for range in ranges {
            let scaled = range.lowerBound * lag / 100...range.upperBound * lag / 100
            let isY = Bool.random(using: &generator)
            symbols[Int.random(in: scaled, using: &generator)] = isY ? .y : .x
            label = 2 * label + (isY ? 1 : 0)
        }
        return Sequence(inputs: oneHot(symbols.map(\.rawValue), OrderSymbol.allCases.count), target: .label(label))
    }
}

/// Rows (T, count) with a single 1 each, at `columns`.
func oneHot(_ columns: [Int], _ count: Int) -> [Float] {
    columns.flatMap { column in (0..<count).map { $0 == column ? 1 : 0 } }
}
