/// The errors of one reading of a text, over several kinds of symbols.
///
/// Nothing is trimmed or repaired: spaces at the ends and line ends count, and canonically equivalent spellings are the
/// same (see `Alignment`). An empty reading is all deletions.
public struct TextErrors: Sendable, Equatable {
    /// Samples of one group, such as a writer, have correlated errors; nil: a group of its own.
    public let group: String?
    /// Over grapheme clusters, case, punctuation and spaces included: CER (Graves et al. 2009).
    public let characters: ErrorTally
    /// Over words, the parts between white space, with their case and punctuation: WER.
    public let words: ErrorTally
    /// Over grapheme clusters of the texts in lower case (`String.lowercased()`, the same in every locale).
    ///
    /// This is not full case folding: `ß` and `ss` stay different.
    public let foldedCharacters: ErrorTally
    /// Over grapheme clusters, case included, except punctuation and symbols (Unicode categories P and S of
    /// the first scalar); then runs of white space count as one space, and none at the ends.
    public let unpunctuatedCharacters: ErrorTally

    /// Compares a reading with the true text.
    public init(truth: String, reading: String, group: String? = nil) {
        self.init(truth, reading, Alignment(reference: Array(truth), hypothesis: Array(reading)), group)
    }

    /// - Parameter alignment: the alignment of the grapheme clusters of both.
    init(_ truth: String, _ reading: String, _ alignment: Alignment<Character>, _ group: String?) {
        func tally(_ symbols: (String) -> [some Hashable]) -> ErrorTally {
            ErrorTally(reference: symbols(truth), hypothesis: symbols(reading))
        }
        self.group = group
        characters = alignment.tally
        words = tally(\.words)
        foldedCharacters = tally { Array($0.lowercased()) }
        unpunctuatedCharacters = tally(\.unpunctuated)
    }

    /// Whether the reading is the text.
    public var isExact: Bool { characters.errors == 0 }
}

extension String {
    fileprivate var words: [Substring] { split(whereSeparator: \.isWhitespace) }

    /// Clusters rather than a string, in which the neighbours of a removed cluster could join.
    fileprivate var unpunctuated: [Character] {
        let kept = filter { !$0.isPunctuation && !$0.isSymbol } as [Character]
        return Array(kept.split(whereSeparator: \.isWhitespace).joined(separator: [" "]))
    }
}
