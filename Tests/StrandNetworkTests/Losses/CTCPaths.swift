/// All paths of CTC over a few steps, and what they spell: brute force for tests.
enum CTCPaths {
    /// The text of a path: repeats merged, then blanks taken out.
    static func text(of path: [Int], blank: Int) -> [Int32] {
        path.indices.filter { $0 == 0 || path[$0] != path[$0 - 1] }.map { path[$0] }.filter { $0 != blank }
            .map(Int32.init)
    }

    static func all(steps: Int, labels: Int) -> [[Int]] {
        (0..<steps).reduce([[]]) { paths, _ in paths.flatMap { path in (0..<labels).map { path + [$0] } } }
    }

    static func probability(of path: [Int], _ probabilities: [[Double]]) -> Double {
        path.indices.reduce(1) { $0 * probabilities[$1][path[$1]] }
    }

    /// The probability of every text that some path spells.
    static func texts(_ probabilities: [[Double]], blank: Int) -> [[Int32]: Double] {
        var byText: [[Int32]: Double] = [:]
        for path in all(steps: probabilities.count, labels: probabilities[0].count) {
            byText[text(of: path, blank: blank), default: 0] += probability(of: path, probabilities)
        }
        return byText
    }
}
