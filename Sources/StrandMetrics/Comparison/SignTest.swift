import Glibc

/// The two-sided sign test: whether one of two systems is better on more chains than chance explains (Dixon & Mood 1946).
public struct SignTest: Sendable, Equatable {
    /// Chains on which the first system is better.
    public let wins: Int
    /// Chains on which the second is better; ties are left out.
    public let losses: Int

    /// A test of these counts.
    public init(wins: Int, losses: Int) {
        precondition(wins >= 0 && losses >= 0)
        self.wins = wins
        self.losses = losses
    }

    /// A test of the signs of the differences, first minus second.
    public init(differences: some Sequence<Double>) {
        let signs = Array(differences)
        self.init(wins: signs.count { $0 > 0 }, losses: signs.count { $0 < 0 })
    }

    /// The probability of counts at least this uneven if both systems were equally likely to be better; 1 without
    /// chains.
    public var pValue: Double {
        // 2 sum over k <= min(wins, losses) of n! / (k! (n - k)!) / 2^n
        let n = Double(wins + losses)
        let tail = (0...min(wins, losses)).reduce(0.0) { sum, count in
            let k = Double(count)
            let logarithm = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) - n * log(2)
            return sum + exp(logarithm)
        }
        return min(1, 2 * tail)
    }
}
