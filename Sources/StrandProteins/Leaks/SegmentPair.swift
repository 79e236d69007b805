/// An ungapped alignment: `length` query residues from position `queryStart` on, with the training residues
/// `diagonal` positions further on.
package struct SegmentPair: Equatable {
    package var score: Int
    package var queryStart: Int
    package var length: Int
    /// Training position minus query position.
    package var diagonal: Int

    package init(score: Int, queryStart: Int, length: Int, diagonal: Int) {
        self.score = score
        self.queryStart = queryStart
        self.length = length
        self.diagonal = diagonal
    }

    /// The training position after the last.
    var trainingEnd: Int { queryStart + length + diagonal }
}

extension ScoreProfile {
    /// Drop in score at which an extension stops: 7 bits of ungapped BLOSUM62 (lambda 0.318).
    static let dropOff = 16

    /// Extends the pair of words at query position `q` and training position `s` in both directions, without gaps,
    /// until the score has fallen by more than `dropOff` below its best; nil if the best extension to the left does
    /// not reach query position `firstHit` (Altschul et al. 1997).
    ///
    /// Separators end every extension.
    /// - Parameter training: codes with a separator at both ends.
    package func segment(_ q: Int, _ s: Int, reaching firstHit: Int, in training: [UInt8]) -> SegmentPair? {
        var total = 0
        for offset in 0..<WordTable.length { total &+= Int(score(q &+ offset, training[s &+ offset])) }
        let left = gain(from: q &- 1, s &- 1, step: -1, in: training)
        if q &- left.length > firstHit { return nil }
        let right = gain(from: q &+ WordTable.length, s &+ WordTable.length, step: 1, in: training)
        return SegmentPair(
            score: total &+ left.score &+ right.score, queryStart: q &- left.length,
            length: left.length &+ WordTable.length &+ right.length, diagonal: s &- q)
    }

    /// The most that can be added from `q` and `s` on in the direction of `step`.
    @inline(__always)
    private func gain(from q: Int, _ s: Int, step: Int, in training: [UInt8]) -> (score: Int, length: Int) {
        var (sum, best, length, count, q, s) = (0, 0, 0, 0, q, s)
        while sum >= best &- Self.dropOff {
            sum &+= Int(score(q, training[s]))
            count &+= 1
            if sum > best { (best, length) = (sum, count) }
            q &+= step
            s &+= step
        }
        return (best, length)
    }
}
