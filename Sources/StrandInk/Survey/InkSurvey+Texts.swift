import Glibc
import StrandBytes
import StrandMetrics

extension InkSurvey {
    /// Samples whose text stands for an unknown one: texts nobody writes if they occur 3 times, possible texts if they
    /// occur in half a percent of the samples. A single mark counts only if most texts are longer: in a set of
    /// characters it may be the true text.
    var placeholders: [Int] {
        var samplesByText: [String: [Int]] = [:]
        var long = 0
        for (index, digest) in digests.enumerated() {
            guard let text = digest.text else { continue }
            if digest.characterCount > 1 { long += 1 }
            if text.utf8.count <= 12 { samplesByText[text.lowercased(), default: []].append(index) }
        }
        let areLong = 2 * long > digests.count
        func samples(of texts: [String], least: Int) -> [Int] {
            texts.flatMap { text in samplesByText[text].flatMap { $0.count < least ? nil : $0 } ?? [] }
        }
        let sure = Self.placeholderSigns + (areLong ? ["?", "_", "*"] : [])
        let likely = Self.placeholderWords + (areLong ? ["-", ".", "x", "#"] : [])
        return (samples(of: sure, least: 3) + samples(of: likely, least: max(3, digests.count / 200))).sorted()
    }

    private static let placeholderSigns = [
        "??", "???", "????", "<unk>", "[unk]", "n/a", "unlabelled", "unlabeled", "undefined", "--", "---", "___", "***",
    ]
    private static let placeholderWords = [
        "unknown", "unk", "none", "null", "nil", "nan", "xx", "xxx", "xxxx", "illegible", "unreadable", "todo", "empty",
        "test", "...",
    ]

    /// Characters that occur in fewer than 3 samples, rarest first; only in a set of 100 samples or more.
    var rareCharacters: Finding? {
        guard digests.count >= 100 else { return nil }
        let rare = usage.filter { $0.value.samples < 3 }.sorted {
            ($0.value.samples, $0.key) < ($1.value.samples, $1.key)
        }
        guard !rare.isEmpty else { return nil }
        let examples = rare.prefix(10).map { String($0.key) }
        return Finding(problem: .rareCharacters, unit: .character, count: rare.count, examples: examples)
    }

    /// Samples with far more, and with far less, text than their ink is long.
    ///
    /// The ink's length in letter sizes per character is compared with the median of the set: it is far off beyond 5
    /// standard deviations of its logarithm (from the median absolute deviation) and a factor of 3. A width of less
    /// than 0.15 letters per character is too much text as well. Texts of fewer than 3 characters vary too much to
    /// tell, and with fewer than 30 samples no deviation is computed.
    ///
    /// Only gross errors are found. Of UNIPEN's samples 44 have too much text and 19 too little. With faults in
    /// one sample of fifty, the detected ones are, for words and for lines: text repeated twice 3 and 5 %, three times
    /// 28 and 47 %, five times 93 and 100 %, its first third 8 and 50 %, the text of another sample 3 and 26 %.
    var textsOfWrongLength: (tooMuch: [Int], tooLittle: [Int]) {
        let texts = digests.indices.filter { digests[$0].characterCount >= 3 && digests[$0].shape.length > 0 }
        let ratios = texts.map { log(digests[$0].inkPerCharacter) }
        guard texts.count >= 30 else { return ([], []) }
        let median = ratios.median
        let deviation = 1.4826 * ratios.map { abs($0 - median) }.median
        let limit = max(5 * deviation, log(3))
        let pairs = zip(texts, ratios)
        return (
            pairs.filter { $0.1 < median - limit || digests[$0.0].isCrowded }.map(\.0),
            pairs.filter { $0.1 > median + limit }.map(\.0)
        )
    }
}

extension InkDigest {
    /// Letter sizes of ink per character.
    fileprivate var inkPerCharacter: Float { shape.length / (shape.size * Float(characterCount)) }

    fileprivate var isCrowded: Bool { shape.width < 0.15 * shape.size * Float(characterCount) }
}
