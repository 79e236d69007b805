import Glibc

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
