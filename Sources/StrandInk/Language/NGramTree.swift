import Glibc
import StrandBytes

/// Smoothed n-grams as a tree in flat arrays, level by level: children of a node are adjacent and in the order of their
/// labels. A node is a context; its children are the possible next characters.
struct NGramTree: Sendable, Equatable {
    /// The last character of each n-gram except the root's; see `CharacterModel`.
    let labels: [UInt8]
    /// The probability that the n-gram's own count gives its last character after the others: see `share(of:)`.
    let shares: [UInt8]
    /// Number of children of each node, except nodes of the last level, which have none.
    let childCounts: [UInt8]
    /// For each of them, the share left to the shorter context.
    let backoffs: [UInt8]
    /// Index of the first child of every `stride`th node; those of the others follow from the numbers of children.
    private let starts: [UInt32]
    private static let stride = 16

    /// - Returns: nil if the arrays are not a tree of characters up to `lastLabel`.
    init?(labels: [UInt8], shares: [UInt8], childCounts: [UInt8], backoffs: [UInt8], lastLabel: Int) {
        self.labels = labels
        self.shares = shares
        self.childCounts = childCounts
        self.backoffs = backoffs
        // A sum of bytes below 2^32, or the counts are not those of the labels.
        guard labels.count < Int(UInt32.max), childCounts.count <= Int(UInt32.max) >> 8 else { return nil }
        var starts: [UInt32] = []
        starts.reserveCapacity(childCounts.count / Self.stride + 1)
        var start: UInt32 = 1
        for (node, children) in childCounts.enumerated() {
            // A child comes after its parent.
            guard start > node else { return nil }
            if node % Self.stride == 0 { starts.append(start) }
            start += UInt32(children)
        }
        self.starts = starts
        guard !childCounts.isEmpty, Int(start) == labels.count, shares.count == labels.count,
            backoffs.count == childCounts.count, childCounts.count <= labels.count,
            labels.allSatisfy({ Int($0) <= lastLabel })
        else { return nil }
    }

    /// Bytes of its tensors.
    var byteCount: Int { Self.byteCount(nodes: labels.count, contexts: childCounts.count) }

    static func byteCount(nodes: Int, contexts: Int) -> Int { 2 * (nodes + contexts) }

    /// Shares are stored as logarithms, in steps of an eighth of an octave.
    static func step(of share: Double) -> UInt8 { UInt8(max(0, min(255, (-8 * log2(share)).rounded()))) }

    private static let shareOfStep: [Double] = (0...255).map { exp2(-Double($0) / 8) }

    func children(of node: Int) -> Range<Int> {
        guard node < childCounts.count else { return 0..<0 }
        let block = node / Self.stride
        var start = Int(starts[block])
        for before in block * Self.stride..<node { start += Int(childCounts[before]) }
        return start..<start + Int(childCounts[node])
    }

    /// The node of an n-gram; nil if it was not kept.
    func node(of gram: some Sequence<Int32>) -> Int? {
        var node = 0
        for label in gram {
            guard let child = child(of: node, UInt8(label)) else { return nil }
            node = child
        }
        return node
    }

    private func child(of node: Int, _ label: UInt8) -> Int? {
        var range = children(of: node)
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            if labels[middle] == label { return middle }
            range = labels[middle] < label ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    /// What follows a node by its own counts: the share left to the shorter context, and the shares of its children, which
    /// add up to 1; nil if it has none.
    /// - Parameter limit: labels from it on are left out.
    func following(_ node: Int, below limit: Int) -> (backoff: Double, children: [(label: Int, share: Double)])? {
        let children = children(of: node).filter { Int(labels[$0]) < limit }
        let sum = children.reduce(0) { $0 + Self.shareOfStep[Int(shares[$1])] }
        guard sum > 0 else { return nil }
        return (
            Self.shareOfStep[Int(backoffs[node])],
            children.map { (Int(labels[$0]), Self.shareOfStep[Int(shares[$0])] / sum) }
        )
    }

    /// Updates probabilities after a shorter context to those after the context of `node`; their sum stays 1.
    func blend(_ node: Int, into probabilities: inout [Double]) {
        let (children, shareOfStep) = (children(of: node), Self.shareOfStep)
        var sum = 0.0
        for child in children where Int(labels[child]) < probabilities.count { sum += shareOfStep[Int(shares[child])] }
        if sum == 0 { return }
        let backoff = min(shareOfStep[Int(backoffs[node])], 0.999)
        for index in probabilities.indices { probabilities[index] *= backoff }
        let scale = (1 - backoff) / sum
        for child in children where Int(labels[child]) < probabilities.count {
            probabilities[Int(labels[child])] += shareOfStep[Int(shares[child])] * scale
        }
    }
}
