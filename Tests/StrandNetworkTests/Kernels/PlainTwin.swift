@testable import StrandNetwork

/// What each kernel computes, in plain loops over row-major arrays of doubles.
enum PlainTwin {
    /// Sums, each with the sum of its terms' absolute values, to which the bound of its rounding error is relative.
    struct Sums {
        var values: [Double]
        var magnitudes: [Double]

        init(from start: [Double]) {
            values = start
            magnitudes = start.map(abs)
        }

        fileprivate mutating func add(_ term: Double, to index: Int) {
            values[index] += term
            magnitudes[index] += abs(term)
        }

        /// The first element of `got` that is further off than `terms` roundings of the sum allow
        /// (Higham 2002, eq. 3.5: |error| <= n u / (1 - n u) * sum of |terms|; `ulpOfOne` is 2 u, so both sides' errors fit).
        func firstDifference<Scalar: KernelScalar>(from got: [Scalar], terms: Int) -> String? {
            let bound = Double(terms + 2) * Double(Scalar.ulpOfOne)
            for index in values.indices {
                let error = abs(Double(got[index]) - values[index])
                if !(error <= bound * magnitudes[index]) { return "[\(index)] \(got[index]) for \(values[index])" }
            }
            return got.count == values.count ? nil : "\(got.count) elements for \(values.count)"
        }
    }

    /// start (rows, columns) + a (rows, inner) . w (inner, columns)
    static func affine(rows: Int, inner: Int, columns: Int, a: [Double], w: [Double], start: [Double]) -> Sums {
        var sums = Sums(from: start)
        for row in 0..<rows {
            for k in 0..<inner {
                for column in 0..<columns {
                    sums.add(a[row * inner + k] * w[k * columns + column], to: row * columns + column)
                }
            }
        }
        return sums
    }

    /// start (inner, columns) + sum over n of a[meets[n]]^T (inner) d[n] (columns); -1 meets zeros.
    static func outer(inner: Int, columns: Int, a: [Double], meets: [Int32], d: [Double], start: [Double]) -> Sums {
        var sums = Sums(from: start)
        for (n, row) in meets.enumerated() where row >= 0 {
            for k in 0..<inner {
                for column in 0..<columns {
                    sums.add(a[Int(row) * inner + k] * d[n * columns + column], to: k * columns + column)
                }
            }
        }
        return sums
    }

    /// start (columns) + column sums of d (rows, columns)
    static func columnSums(rows: Int, columns: Int, d: [Double], start: [Double]) -> Sums {
        var sums = Sums(from: start)
        for row in 0..<rows {
            for column in 0..<columns { sums.add(d[row * columns + column], to: column) }
        }
        return sums
    }

    /// exp(z_k / t) / sum_j exp(z_j / t)
    static func softmax(_ logits: [Double], temperature: Double = 1) -> [Double] {
        let most = logits.max() ?? 0
        let powers = logits.map { exponential(($0 - most) / temperature) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }

    /// -(1 - e) log(sum of admissible p) - e sum of q log p, and its derivative by each logit; q is 1 / K unless given.
    static func crossEntropy(
        _ logits: [Double], admissible: UInt32, share: Double, soft: [Double]? = nil
    ) -> (loss: Double, gradient: [Double]) {
        guard admissible != 0 else { return (0, logits.map { _ in 0 }) }
        let p = softmax(logits)
        let q = soft ?? p.map { _ in 1 / Double(p.count) }
        let isRight = p.indices.map { admissible >> UInt32($0) & 1 == 1 }
        let right = zip(p, isRight).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
        let loss = -(1 - share) * logarithm(right) - share * zip(p, q).reduce(0) { $0 + $1.1 * logarithm($1.0) }
        return (
            loss, p.indices.map { p[$0] - (isRight[$0] ? (1 - share) * p[$0] / right : 0) - share * q[$0] }
        )
    }
}
