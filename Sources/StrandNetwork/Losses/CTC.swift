import Glibc

/// Connectionist temporal classification: the loss of a text whose symbols are not aligned with the timesteps (Graves,
/// Fernandez, Gomez & Schmidhuber 2006).
///
/// Each timestep emits a symbol or the blank. A path of emissions spells the text that remains when repeats are merged and
/// blanks are removed; the probability of a text is the sum over all paths that spell it. Time and memory are
/// proportional to the number of timesteps times the length of the text.
public struct CTC: Sendable, Equatable, Codable {
    /// Label of the blank.
    public var blank: Int

    public init(blank: Int) { self.blank = blank }

    /// The loss of a batch.
    public struct Loss: Sendable, Equatable {
        /// Nats a symbol, over the sequences whose text has a path; a text without symbols counts as one symbol.
        public var mean: Double
        /// Number of symbols that count.
        public var count: Int
        /// Indices of the sequences whose text has no path: it needs a timestep for each symbol, and one more between equal
        /// neighbours. They do not count, and their gradient is zero.
        public var infeasible: [Int]
    }

    /// The least number of timesteps that can spell a text.
    public static func leastSteps(for text: [Int32]) -> Int {
        text.count + zip(text, text.dropFirst()).count { $0 == $1 }
    }

    /// The loss of a batch, and its gradient.
    /// - Parameters:
    ///   - logits: (N, K padded), rows as the batch numbers them.
    ///   - labels: K, the blank among them.
    ///   - batch: lengths of the sequences, longest first.
    ///   - texts: for each sequence its symbols as labels, none of them the blank.
    ///   - gradient: set to the derivative of the mean loss by the logits, (N, K padded).
    ///   - compute: where to run; sequences are spread over its threads.
    public func callAsFunction<Scalar>(
        _ logits: Matrix<Scalar>, labels: Int, batch: RaggedBatch, texts: [[Int32]], gradient: inout Matrix<Scalar>,
        on compute: Compute
    ) -> Loss {
        precondition(texts.count == batch.sequences && logits.rows == batch.rowCount, "texts do not fit the batch")
        precondition(
            texts.allSatisfy { $0.allSatisfy { (0..<labels).contains(Int($0)) && $0 != blank } }, "not a symbol")
        let isFeasible = texts.indices.map { Self.leastSteps(for: texts[$0]) <= batch.lengths[$0] }
        let count = texts.indices.reduce(0) { $0 + (isFeasible[$1] ? max(1, texts[$1].count) : 0) }
        let scale = 1 / Double(max(count, 1))
        let losses = compute.ctc(
            logits, labels: labels, blank: blank, batch: batch, texts: texts, scale: scale, gradient: &gradient)
        let sum = losses.indices.reduce(0) { $0 + (isFeasible[$1] ? losses[$1] : 0) }
        return Loss(mean: sum * scale, count: count, infeasible: isFeasible.indices.filter { !isFeasible[$0] })
    }
}

extension CTC {
    /// Logarithm of the probability of a text: all its paths together (Graves et al. 2006, eq. 3 and 5 to 8).
    /// - Parameters:
    ///   - text: labels, none of them the blank.
    ///   - probabilities: (T, K) of the sequence.
    public func logProbability(of text: [Int32], _ probabilities: Matrix<Float>) -> Double {
        // States: blank, symbol, blank, ..., symbol, blank; `scale` keeps their sum at 1.
        let labels = (0...2 * text.count).map { $0 % 2 == 0 ? blank : Int(text[$0 / 2]) }
        var forward = [Double](repeating: 0, count: labels.count)
        forward[0] = 1
        var logScale = 0.0
        for step in 0..<probabilities.rows {
            var sum = 0.0
            for state in labels.indices.reversed() {
                var from = forward[state]
                // The path starts in the first blank or the first symbol.
                if state >= 1 && (step > 0 || state == 1) { from += forward[state - 1] }
                if state >= 3 && state % 2 == 1 && labels[state] != labels[state - 2] { from += forward[state - 2] }
                forward[state] = from * Double(probabilities[step, labels[state]])
                sum += forward[state]
            }
            if sum == 0 { return -.infinity }
            for state in labels.indices { forward[state] /= sum }
            logScale += log(sum)
        }
        return logScale + log(forward[labels.count - 1] + (labels.count > 1 ? forward[labels.count - 2] : 0))
    }
}
