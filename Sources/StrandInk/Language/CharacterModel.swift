import Glibc
import StrandEngine

/// A language model of characters: n-grams smoothed after Witten & Bell (1991, "The zero-frequency problem", method C,
/// in the interpolated form of Chen & Goodman 1999, section 2.6).
///
/// With n(h) the count of a context h, t(h) the number of characters seen after it, h' the context without its first
/// character and k the novelty, by which what is new is expected more often than by method C:
/// ```
/// p(c | h) = (n(hc) + k t(h) p(c | h')) / (n(h) + k t(h)),   p(c | nothing at all) = 1 / number of characters
/// ```
/// The end of a line is a character like any other. N-grams that tell least are pruned (`NGramCounts`); their mass goes to the
/// shorter context. The words of the language may be known beside: see `WordTree`.
public struct CharacterModel: Sendable, Equatable {
    /// The known characters, numbered from 1; 0 is the end of a line.
    public let alphabet: InkAlphabet
    /// Characters in the longest n-gram.
    public let order: Int
    /// Files it was made from.
    public let data: [DataFile]
    let grams: NGramTree
    let words: WordTree?

    /// Characters that an alphabet may have; they and a line's end and start are the numbers of a byte.
    public static let mostCharacters = 253

    static func knows(_ alphabet: InkAlphabet) -> Bool { alphabet.characters.count <= mostCharacters }

    /// - Parameters:
    ///   - lines: the training text; lines with characters outside the alphabet are left out.
    ///   - alphabet: at most `mostCharacters`.
    ///   - order: 1 ... 8 characters.
    ///   - sizeLimit: bytes allowed for its tensors; the n-grams that tell least are pruned until they fit.
    ///   - words: words with their weights, known beside the n-grams.
    ///   - data: the files the lines come from.
    /// - Returns: nil if no line is usable.
    public init?(
        _ lines: some Sequence<String>, alphabet: InkAlphabet = .printableASCII, order: Int = 8,
        sizeLimit: Int = 4_000_000, words: WordList? = nil, data: [DataFile] = []
    ) {
        precondition(Self.knows(alphabet), "\(alphabet.labelCount) characters do not fit a byte")
        self.alphabet = alphabet
        self.order = order
        self.data = data
        var counter = NGramCounter(order: order, start: UInt8(alphabet.labelCount))
        var isEmpty = true
        for line in lines {
            guard !line.isEmpty, let labels = alphabet.labels(of: line) else { continue }
            counter.add(labels.map { UInt8($0) })
            isEmpty = false
        }
        if isEmpty { return nil }
        self.words = words.flatMap { WordTree($0.words, alphabet: alphabet) }
        let ofWords = self.words?.tree.byteCount ?? 0
        grams = counter.counts().tree(within: sizeLimit - ofWords)
    }

    init(alphabet: InkAlphabet, order: Int, data: [DataFile], grams: NGramTree, words: NGramTree?) {
        self.alphabet = alphabet
        self.order = order
        self.data = data
        self.grams = grams
        self.words = words.map { WordTree($0, alphabet: alphabet) }
    }

    /// Number of n-grams.
    public var gramCount: Int { grams.labels.count - 1 }

    /// Probabilities of the line end (at 0) and of each character of the alphabet after a line start and `context`.
    /// - Parameter context: numbers of characters; only the last `contextLength` count.
    public func probabilities(after context: some BidirectionalCollection<Int32>) -> [Double] {
        let start = Int32(alphabet.labelCount)
        let history = ([start] + context.suffix(order - 1)).suffix(order - 1)
        var probabilities = [Double](repeating: 1 / Double(alphabet.labelCount), count: alphabet.labelCount)
        for length in 0...history.count {
            guard let node = grams.node(of: history.suffix(length)) else { break }
            grams.blend(node, into: &probabilities)
        }
        words?.blend(after: context, into: &probabilities)
        return probabilities
    }

    /// Characters that decide what comes next.
    var contextLength: Int { max(order - 1, words == nil ? 0 : WordTree.longest + 1) }

    /// Mean bits per character over some lines, line ends included; lines with characters outside the alphabet are
    /// left out. Nil if nothing is left.
    public func crossEntropy(of lines: some Sequence<String>) -> Double? {
        var (bits, count) = (0.0, 0)
        for line in lines {
            guard let labels = alphabet.labels(of: line) else { continue }
            for (index, label) in (labels + [0]).enumerated() {
                bits -= log2(probabilities(after: labels[..<index].suffix(contextLength))[Int(label)])
                count += 1
            }
        }
        return count > 0 ? bits / Double(count) : nil
    }
}
