import StrandMetrics

extension InkSurvey {
    /// The amount of everything.
    public struct Counts: Sendable, Equatable {
        public var samples = 0
        /// Named writers.
        public var writers = 0
        public var strokes = 0
        public var points = 0
        /// Samples with a text, with a time at every point, with a declared resolution, with a declared rate.
        public var withText = 0
        public var withTimes = 0
        public var withResolution = 0
        public var withRate = 0
        /// Characters of all texts, including blanks.
        public var characters = 0
        public var letters = 0
        public var digits = 0
        public var blanks = 0
        /// Punctuation and everything else.
        public var otherCharacters: Int { characters - letters - digits - blanks }
        /// Over the samples with text and ink.
        public var strokesPerCharacter: Double?
        /// Characters per text.
        public var textLengths: Quantiles?
        /// Points of a sample per character, blanks not counted.
        public var pointsPerCharacter: Quantiles?
    }

    /// The minimum, 5th percentile, median, 95th percentile and
    /// maximum.
    public struct Quantiles: Sendable, Equatable {
        public let least: Double
        public let low: Double
        public let median: Double
        public let high: Double
        public let greatest: Double

        init?(_ values: [Double]) {
            guard !values.isEmpty else { return nil }
            let sorted = values.sorted()
            func value(_ share: Double) -> Double { sorted[Int((share * Double(sorted.count - 1)).rounded())] }
            (least, low, median, high, greatest) = (value(0), value(0.05), value(0.5), value(0.95), value(1))
        }
    }

    /// The amount of everything.
    public var counts: Counts {
        var counts = Counts()
        counts.samples = digests.count
        counts.writers = Set(digests.lazy.compactMap(\.writer)).count
        for digest in digests { counts.add(digest) }
        for (character, usage) in usage { counts.add(character, usage.count) }
        let written = digests.filter { $0.characterCount > 0 && $0.pointCount > 0 }
        let characters = written.reduce(0) { $0 + Int($1.characterCount) }
        let strokes = written.reduce(0) { $0 + Int($1.strokeCount) }
        counts.strokesPerCharacter = characters > 0 ? Double(strokes) / Double(characters) : nil
        counts.textLengths = Quantiles(digests.compactMap { $0.text.map { Double($0.count) } })
        counts.pointsPerCharacter = Quantiles(written.map { Double($0.pointCount) / Double($0.characterCount) })
        return counts
    }

    /// Every character of the texts with its count, most frequent first.
    public var alphabet: [(character: Character, count: Int)] {
        usage.map { (character: $0.key, count: $0.value.count) }.sorted {
            $0.count != $1.count ? $0.count > $1.count : $0.character < $1.character
        }
    }
}

extension InkSurvey.Counts {
    fileprivate mutating func add(_ digest: InkDigest) {
        strokes += Int(digest.strokeCount)
        points += Int(digest.pointCount)
        if digest.text != nil { withText += 1 }
        if digest.time.hasTimes { withTimes += 1 }
        if digest.unitsPerMillimetre != nil { withResolution += 1 }
        if digest.time.hasRate { withRate += 1 }
    }

    fileprivate mutating func add(_ character: Character, _ count: Int) {
        characters += count
        if character.isLetter {
            letters += count
        } else if character.isNumber {
            digits += count
        } else if character.isWhitespace {
            blanks += count
        }
    }
}
