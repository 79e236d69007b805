import Glibc

/// Prefix beam search for CTC: sums over the paths of a text, and adds the scores of a prefix scorer (Hannun, Maas,
/// Jurafsky & Ng 2014, "First-pass large vocabulary continuous speech recognition using bi-directional recurrent DNNs",
/// algorithm 1; Graves & Jaitly 2014, section 4).
///
/// Time is proportional to T times the beam's width times the number of labels that are probable at a step.
public struct PrefixBeam: Sendable, Equatable {
    /// Prefixes kept at every step.
    public var width = 16
    /// Labels less probable than this at a step are skipped there.
    public var leastProbability: Float = 1e-3

    public init() {}

    /// A text with its score.
    public struct Hypothesis: Sendable, Equatable {
        public var text: [Int32]
        /// Logarithm of CTC's probability of the text, plus the scorer's score.
        public var score: Float
    }

    /// The texts found, the best first, at most `width`.
    /// - Parameters:
    ///   - probabilities: (T, K) of the sequence.
    ///   - blank: the label of the blank.
    ///   - scorer: a language model or lexicon; nil: none.
    /// - Returns: texts whose end the scorer allows; empty if it allows none.
    public func texts<Scorer: PrefixScorer>(
        _ probabilities: Matrix<Float>, blank: Int, scorer: Scorer?
    ) -> [Hypothesis] {
        var search = Search(blank: blank, scorer: scorer)
        for step in 0..<probabilities.rows {
            let row = probabilities.row(step)
            let logits = row.map { logf(max($0, .leastNormalMagnitude)) }
            let candidates = row.indices.filter { $0 != blank && row[$0] >= leastProbability }
            search.step(logits, candidates: candidates)
            search.prune(to: width)
        }
        return search.hypotheses()
    }
}

/// log(exp(a) + exp(b))
private func logSum(_ a: Float, _ b: Float) -> Float {
    let (high, low) = a > b ? (a, b) : (b, a)
    return low == -.infinity ? high : high + log1pf(expf(low - high))
}

/// A prefix: its parent with one more symbol.
private struct Prefix {
    var parent: Int
    var label: Int32
    /// The scorer's score of the whole prefix.
    var prior: Float
    var children: [Int32: Int] = [:]
    var now = Mass()
    var next = Mass()
}

/// Logarithms of the probability of a prefix's paths that end in the blank, and in its last symbol.
private struct Mass {
    var blank: Float = -.infinity
    var symbol: Float = -.infinity
    var total: Float { logSum(blank, symbol) }
}

/// The state of a search: a tree of prefixes, some of which are alive.
private struct Search<Scorer: PrefixScorer> {
    let blank: Int
    let scorer: Scorer?
    var tree: [Prefix]
    /// What the scorer remembers of the prefixes for which it was needed: most are pruned before.
    private var states: [Int: Scorer.State] = [:]
    /// What it expects after those that are alive.
    private var expectations: [Int: Scorer.Expected] = [:]
    var alive = [0]
    /// Prefixes with mass in the next step.
    var reached: [Int] = []

    init(blank: Int, scorer: Scorer?) {
        self.blank = blank
        self.scorer = scorer
        tree = [Prefix(parent: -1, label: Int32(blank), prior: 0)]
        if let scorer { states[0] = scorer.start }
        tree[0].now.blank = 0
    }

    mutating func step(_ logits: [Float], candidates: [Int]) {
        for index in alive {
            let (mass, label) = (tree[index].now, Int(tree[index].label))
            let total = mass.total
            reach(index)
            tree[index].next.blank = logSum(tree[index].next.blank, total + logits[blank])
            tree[index].next.symbol = logSum(tree[index].next.symbol, mass.symbol + logits[label])
            for candidate in candidates {
                // After an equal symbol, only a path through a blank starts a new one.
                let before = candidate == label ? mass.blank : total
                guard before > -.infinity, let child = child(of: index, Int32(candidate)) else { continue }
                reach(child)
                tree[child].next.symbol = logSum(tree[child].next.symbol, before + logits[candidate])
            }
        }
        for index in alive { tree[index].now = Mass() }
        for index in reached {
            tree[index].now = tree[index].next
            tree[index].next = Mass()
        }
        swap(&alive, &reached)
        reached.removeAll(keepingCapacity: true)
    }

    private mutating func reach(_ index: Int) {
        let next = tree[index].next
        if next.blank == -.infinity && next.symbol == -.infinity { reached.append(index) }
    }

    /// The prefix with one more symbol; nil if the scorer forbids it.
    private mutating func child(of index: Int, _ label: Int32) -> Int? {
        if let child = tree[index].children[label] { return child }
        var prior = tree[index].prior
        if let scorer {
            prior += scorer.score(of: label, in: expected(after: index, scorer))
            if prior == -.infinity { return nil }
        }
        tree.append(Prefix(parent: index, label: label, prior: prior))
        tree[index].children[label] = tree.count - 1
        return tree.count - 1
    }

    private mutating func expected(after index: Int, _ scorer: Scorer) -> Scorer.Expected {
        if let expected = expectations[index] { return expected }
        let expected = scorer.expected(after: state(of: index, scorer))
        expectations[index] = expected
        return expected
    }

    private mutating func state(of index: Int, _ scorer: Scorer) -> Scorer.State {
        if let state = states[index] { return state }
        let state = scorer.state(after: state(of: tree[index].parent, scorer), tree[index].label)
        states[index] = state
        return state
    }

    mutating func prune(to width: Int) {
        guard alive.count > width else { return }
        let ranked = alive.map { (index: $0, score: tree[$0].now.total + tree[$0].prior) }
            .sorted { ($1.score, $0.index) < ($0.score, $1.index) }
        for (index, _) in ranked[width...] {
            tree[index].now = Mass()
            expectations[index] = nil
        }
        alive = ranked[..<width].map(\.index)
    }

    mutating func hypotheses() -> [PrefixBeam.Hypothesis] {
        alive.map { index in
            let end = scorer.map { $0.endScore(after: state(of: index, $0)) } ?? 0
            return PrefixBeam.Hypothesis(
                text: text(of: index), score: tree[index].now.total + tree[index].prior + end)
        }
        .filter { $0.score > -.infinity }
        .sorted { $0.score > $1.score }
    }

    private func text(of index: Int) -> [Int32] {
        var text: [Int32] = []
        var index = index
        while index > 0 {
            text.append(tree[index].label)
            index = tree[index].parent
        }
        return text.reversed()
    }
}

/// Prior knowledge of texts, such as a language model or a lexicon, for `PrefixBeam`.
///
/// Scores are added to logarithms of probabilities.
public protocol PrefixScorer: Sendable {
    /// What the scorer remembers of a prefix.
    associatedtype State: Sendable
    /// What it expects after a prefix, such as the probabilities of all symbols.
    associatedtype Expected: Sendable

    /// The state before the first symbol.
    var start: State { get }

    /// What is expected after a prefix.
    func expected(after state: State) -> Expected

    /// The score of a label other than the blank as the next symbol; `-infinity`: not allowed.
    func score(of label: Int32, in expected: Expected) -> Float

    /// The state after one more symbol, which is an allowed one.
    func state(after state: State, _ label: Int32) -> State

    /// The score if the text ends here.
    func endScore(after state: State) -> Float
}
