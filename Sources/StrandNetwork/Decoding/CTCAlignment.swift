import Glibc

/// The timesteps of each symbol of a text: the most probable path of CTC that spells it (the Viterbi
/// algorithm on the path's states; Graves et al. 2006, section 4.1, with maxima in place of sums).
public struct CTCAlignment: Sendable, Equatable {
    /// The timesteps of one symbol.
    public struct Symbol: Sendable, Equatable {
        /// The timesteps that emit it.
        public var steps: ClosedRange<Int>
        /// Its largest probability among them, 0 ... 1.
        public var probability: Float
    }

    /// One for each symbol of the text, in order.
    public let symbols: [Symbol]

    /// Aligns a text; nil if no path spells it: see `CTC.leastSteps`. Time and memory grow as T times the text's length.
    /// - Parameters:
    ///   - text: labels, none of them the blank.
    ///   - probabilities: (T, K) of the sequence.
    ///   - blank: the label of the blank.
    public init?(_ text: [Int32], to probabilities: Matrix<Float>, blank: Int) {
        let steps = probabilities.rows
        guard CTC.leastSteps(for: text) <= steps else { return nil }
        // States: blank, symbol, blank, ..., symbol, blank.
        let labels = (0...2 * text.count).map { $0 % 2 == 0 ? blank : Int(text[$0 / 2]) }
        var best = [Float](repeating: -.infinity, count: labels.count)
        best[0] = 0
        /// For each step and state, how many states back the path comes from.
        var moves = [UInt8](repeating: 0, count: steps * labels.count)
        for step in 0..<steps {
            var next = best
            for state in labels.indices {
                let canSkip = state >= 2 && state % 2 == 1 && labels[state] != labels[state - 2]
                // The path enters at the first blank or the first symbol.
                let reach = step == 0 ? min(state, state == 1 ? 1 : 0) : min(state, canSkip ? 2 : 1)
                let move = (0...reach).reduce(0) { best[state - $1] > best[state - $0] ? $1 : $0 }
                moves[step * labels.count + state] = UInt8(move)
                next[state] = best[state - move] + logf(max(probabilities[step, labels[state]], .leastNormalMagnitude))
            }
            best = next
        }
        var state = labels.count - 1
        if state > 0 && best[state - 1] > best[state] { state -= 1 }
        var symbols: [Symbol] = []
        for step in (0..<steps).reversed() {
            if state % 2 == 1 {
                let probability = probabilities[step, labels[state]]
                if symbols.count == text.count - state / 2 {
                    let last = symbols[symbols.count - 1]
                    symbols[symbols.count - 1] = Symbol(
                        steps: step...last.steps.upperBound, probability: max(last.probability, probability))
                } else {
                    symbols.append(Symbol(steps: step...step, probability: probability))
                }
            }
            state -= Int(moves[step * labels.count + state])
        }
        self.symbols = symbols.reversed()
    }
}
