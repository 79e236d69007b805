import StrandBytes

/// The words of a language with their frequencies: a lexicon that bends.
///
/// From the second letter of a word on it knows how the words that begin so go on, further back than n-grams see. It is blended
/// with their probabilities, by the trust t in what it has seen and never wholly, so that every other word stays possible at a
/// price. With n(w) the weight of the words that begin with w and k(w) the number of ways in which they go on:
/// ```
/// p(c | w, h) = (1 - t) p(c | h) + t n(wc) / n(w),   t = n(w) / (n(w) + 5 k(w)) / 2
/// ```
/// Where words end, their weight goes to the characters that are no letters, in the shares that p has. A word is a run of
/// letters with apostrophes inside; after one capital letter small ones are expected, after several more of them.
struct WordTree: Sendable, Equatable {
    /// Of letters as numbers of the alphabet, all of them small; 0 ends a word.
    let tree: NGramTree
    private let letters: Letters

    /// Letters of a word at most; longer words are not known.
    static let longest = 24
    private static let (mostTrust, ways) = (0.5, 5.0)
    /// The share of letters that go on in the case of the word so far.
    private static let sameCase = 0.98

    init(_ tree: NGramTree, alphabet: InkAlphabet) {
        self.tree = tree
        letters = Letters(alphabet)
    }

    /// - Parameters:
    ///   - words: with their weights, above 0; the weights of equal words add up.
    ///   - alphabet: words with letters outside it, and those that are longer than `longest` or no words, are left out.
    /// - Returns: nil if none is left.
    init?(_ words: some Sequence<Word>, alphabet: InkAlphabet) {
        letters = Letters(alphabet)
        var weights: [[UInt8]: Double] = [:]
        for word in words {
            guard let small = letters.small(word.text) else { continue }
            weights[small, default: 0] += word.weight
        }
        guard !weights.isEmpty else { return nil }
        let sorted = weights.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        guard let tree = Self.tree(sorted.map { ($0.key, $0.value) }, lastLabel: alphabet.labelCount) else {
            return nil
        }
        self.tree = tree
    }

    /// A word and how much it weighs beside the others.
    struct Word: Sendable, Equatable {
        var text: String
        var weight: Double
    }

    /// Level by level, as `NGramTree` wants it; what was seen after a node is known before its children are.
    private static func tree(_ words: [(letters: [UInt8], weight: Double)], lastLabel: Int) -> NGramTree? {
        var (labels, shares, childCounts, backoffs): ([UInt8], [UInt8], [UInt8], [UInt8]) = ([0], [0], [], [])
        var level: [Range<Int>] = [words.indices]
        var depth = 0
        while !level.isEmpty {
            var next: [Range<Int>] = []
            for range in level {
                let weight = words[range].reduce(0) { $0 + $1.weight }
                var children: [(label: UInt8, words: Range<Int>)] = []
                // An empty range is the end of a word.
                for index in range {
                    let label = words[index].letters.count == depth ? 0 : words[index].letters[depth]
                    if let last = children.last, last.label == label {
                        children[children.count - 1].words = last.words.lowerBound..<index + 1
                    } else {
                        children.append((label, index..<index + 1))
                    }
                }
                for child in children {
                    labels.append(child.label)
                    shares.append(NGramTree.step(of: words[child.words].reduce(0) { $0 + $1.weight } / weight))
                    next.append(child.label == 0 ? 0..<0 : child.words)
                }
                let trust = mostTrust * weight / (weight + ways * Double(children.count))
                childCounts.append(UInt8(children.count))
                backoffs.append(NGramTree.step(of: 1 - trust))
            }
            level = next
            depth += 1
        }
        return NGramTree(
            labels: labels, shares: shares, childCounts: childCounts, backoffs: backoffs, lastLabel: lastLabel)
    }

    /// Blends what it knows into the probabilities of the next character, whose sum stays 1.
    /// - Parameter context: numbers of the characters before, the line's start not among them.
    func blend(after context: some BidirectionalCollection<Int32>, into probabilities: inout [Double]) {
        let word = letters.word(endingAt: context)
        guard !word.isEmpty, word.count <= Self.longest,
            let node = tree.node(of: word.lazy.map { Int32(letters.small[Int($0)]) }),
            let (backoff, children) = tree.following(node, below: probabilities.count)
        else { return }
        let goesOnLarge = word.count > 1 && word.allSatisfy { letters.isCapital[Int($0)] }
        let others = probabilities.indices.reduce(0) { letters.small[$1] == 0 ? $0 + probabilities[$1] : $0 }
        let ending = children.first { $0.label == 0 }?.share ?? 0
        for index in probabilities.indices {
            probabilities[index] *= letters.small[index] == 0 ? backoff + (1 - backoff) * ending / others : backoff
        }
        for child in children where child.label != 0 {
            let share = (1 - backoff) * child.share
            guard let capital = letters.capital(of: child.label) else {
                probabilities[child.label] += share
                continue
            }
            probabilities[child.label] += share * (goesOnLarge ? 1 - Self.sameCase : Self.sameCase)
            probabilities[capital] += share * (goesOnLarge ? Self.sameCase : 1 - Self.sameCase)
        }
    }

    static func == (one: WordTree, other: WordTree) -> Bool { one.tree == other.tree }
}

extension WordTree {
    /// The letters of an alphabet, by the numbers of its characters.
    struct Letters: Sendable {
        /// For each number that of the small letter, 0 for what is no letter.
        let small: [UInt8]
        let isCapital: [Bool]
        private let capitals: [UInt8: Int]
        private let numbers: InkAlphabet
        private let apostrophe: Int32?

        init(_ alphabet: InkAlphabet) {
            numbers = alphabet
            apostrophe = alphabet.label(of: "'")
            var (small, isCapital, capitals) = ([UInt8(0)], [false], [UInt8: Int]())
            for (index, character) in alphabet.characters.enumerated() {
                let lowercased = character.lowercased().first.flatMap(alphabet.label)
                let isLetter = character.isLetter || character == "'"
                let own = UInt8(index + 1)
                small.append(isLetter ? lowercased.map { UInt8($0) } ?? own : 0)
                isCapital.append(isLetter && small[index + 1] != own)
                if isCapital[index + 1] { capitals[small[index + 1]] = index + 1 }
            }
            (self.small, self.isCapital, self.capitals) = (small, isCapital, capitals)
        }

        func capital(of label: Int) -> Int? { capitals[UInt8(label)] }

        /// The small letters of a word; nil if it is none, is too long, or has letters outside the alphabet.
        func small(_ word: String) -> [UInt8]? {
            guard let labels = numbers.labels(of: word), let first = labels.first, first != apostrophe,
                labels.count <= WordTree.longest
            else { return nil }
            let letters = labels.map { small[Int($0)] }
            return letters.contains(0) ? nil : letters
        }

        /// The numbers of the word that a context ends in the middle of; empty: in none.
        func word(endingAt context: some BidirectionalCollection<Int32>) -> [Int32] {
            var word: [Int32] = []
            for number in context.reversed() {
                if small[Int(number)] == 0 { break }
                word.append(number)
            }
            while word.last == apostrophe, apostrophe != nil { word.removeLast() }
            return word.reversed()
        }
    }
}
