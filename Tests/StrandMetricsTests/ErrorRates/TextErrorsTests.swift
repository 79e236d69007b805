import StrandMetrics
import Testing

@Suite struct TextErrorsTests {
    private func characterErrors(_ truth: String, _ reading: String) -> [Int] {
        let tally = TextErrors(truth: truth, reading: reading).characters
        return [tally.errors, tally.reference]
    }

    @Test(arguments: [
        // Canonically equivalent: composed, in another order of marks, Hangul, the Angstrom sign.
        ("\u{E9}", "e\u{301}", [0, 1]), ("a\u{323}\u{302}", "\u{1EAD}", [0, 1]),
        ("\u{D55C}", "\u{1112}\u{1161}\u{11AB}", [0, 1]), ("\u{212B}", "A\u{30A}", [0, 1]),
        // Not equivalent: another letter, compatibility only.
        ("\u{E9}", "e", [1, 1]), ("\u{FB01}", "fi", [2, 1]), ("\u{BD}", "1/2", [3, 1]),
        // One cluster each: a family, a flag, a skin tone, a line end.
        ("👨‍👩‍👧", "👨", [1, 1]), ("🇩🇪", "🇫🇷", [1, 1]), ("👍🏽", "👍", [1, 1]), ("a\r\nb", "ab", [1, 3]), ("\r\n", "\n", [1, 1]),
    ])
    func clusters(truth: String, reading: String, expected: [Int]) {
        #expect(characterErrors(truth, reading) == expected)
    }

    @Test(arguments: [
        ("", "", [0, 0]), ("", "a", [1, 0]), ("a", "", [1, 1]), ("a", "a", [0, 1]), ("a", "b", [1, 1]),
        ("A", "a", [1, 1]), ("a.", "a", [1, 2]), ("a b", "ab", [1, 3]), (" a", "a", [1, 2]), ("a  b", "a b", [1, 4]),
        ("line", "", [4, 4]),
    ])
    func nothingIsTrimmedOrFolded(truth: String, reading: String, expected: [Int]) {
        #expect(characterErrors(truth, reading) == expected)
    }

    @Test(arguments: [
        ("a b", "a b", [0, 2]), ("a b", " a\t\tb\n", [0, 2]), ("a\u{A0}b\u{2003}c\u{3000}d", "a b c d", [0, 4]),
        ("a\r\nb\u{2028}c", "a b c", [0, 3]), ("", " \t", [0, 0]), ("a", " ", [1, 1]), (" ", "a", [1, 0]),
        ("a, b", "a , b", [2, 2]), ("The end", "the end", [1, 2]), ("caf\u{E9} au lait", "cafe\u{301} lait", [1, 3]),
        // A zero-width space is not white space.
        ("a\u{200B}b", "a b", [2, 1]), ("to gether", "together", [2, 2]),
    ])
    func words(truth: String, reading: String, expected: [Int]) {
        let tally = TextErrors(truth: truth, reading: reading).words
        #expect([tally.errors, tally.reference] == expected)
    }

    @Test(arguments: [
        ("Ink", "iNK", [0, 3]), ("ÉΣ", "e\u{301}σ", [0, 2]), ("Straße", "STRASSE", [2, 6]), ("A.", "a", [1, 2]),
        ("I", "ı", [1, 1]),
    ])
    func folded(truth: String, reading: String, expected: [Int]) {
        let tally = TextErrors(truth: truth, reading: reading).foldedCharacters
        #expect([tally.errors, tally.reference] == expected)
    }

    @Test(arguments: [
        ("Well, then!", "Well then", [0, 9]), ("a - b", "a b", [0, 3]), ("a-b", "a b", [1, 2]),
        ("don't", "dont", [0, 4]),
        ("1 + 1 = 2 €", "1 1 2", [0, 5]), (" a\t\nb ", "a b", [0, 3]), ("...", "", [0, 0]), ("«Ja» 😀", "ja", [1, 2]),
        ("a_b", "ab", [0, 2]), ("e.\u{301}", "e", [0, 1]), ("\u{1112}.\u{1161}", "\u{D558}", [2, 2]),
    ])
    func unpunctuated(truth: String, reading: String, expected: [Int]) {
        let tally = TextErrors(truth: truth, reading: reading).unpunctuatedCharacters
        #expect([tally.errors, tally.reference] == expected)
    }

    @Test func exactness() {
        #expect(TextErrors(truth: "\u{E9}", reading: "e\u{301}").isExact)
        #expect(TextErrors(truth: "", reading: "").isExact)
        #expect(!TextErrors(truth: "a b", reading: "a  b").isExact)
        #expect(!TextErrors(truth: "", reading: "a").isExact)
    }
}
