import Foundation
import StrandBytes
import StrandNetwork
import TestSupport
import Testing

@testable import StrandInk

@Suite struct WordTreeTests {
    private static let weights = ["the": 8.0, "then": 2, "they": 1, "don't": 3, "dont": 1, "a": 5]
    private let alphabet = InkAlphabet.printableASCII
    private let directory = TemporaryDirectory()

    private var words: [WordTree.Word] { Self.weights.map { WordTree.Word(text: $0.key, weight: $0.value) } }

    /// Any distribution of the next character will do: here one that rises with its number.
    private let before = (0..<96).map { Double($0 + 1) / Double(96 * 97 / 2) }

    private func after(_ context: String, _ tree: WordTree) -> [Double] {
        var probabilities = before
        tree.blend(after: alphabet.labels(of: context)!, into: &probabilities)
        return probabilities
    }

    private func number(_ character: Character) -> Int { Int(alphabet.label(of: character)!) }

    /// The definition, with the words one by one. Shares are stored in steps of an eighth of an octave.
    @Test func equalsTheDefinition() throws {
        let tree = try #require(WordTree(words, alphabet: alphabet))
        for (context, word) in [("the", "the"), ("on the", "the"), ("1'don", "don"), ("The", "the"), ("t", "t")] {
            let found = after(context, tree)
            let begun = Self.weights.filter { $0.key.hasPrefix(word) }
            let weight = begun.values.reduce(0, +)
            let next = Dictionary(grouping: begun) { $0.key.dropFirst(word.count).first }
                .mapValues { $0.reduce(0) { $0 + $1.value } }
            let trust = 0.5 * weight / (weight + 5 * Double(next.count))
            let others = (0..<96).filter { $0 == 0 || !(alphabet.characters[$0 - 1].isLetter || $0 == number("'")) }
            let otherShare = others.reduce(0) { $0 + before[$1] }
            for index in 0..<96 {
                var expected = (1 - trust) * before[index]
                if others.contains(index) {
                    expected += trust * (next[nil] ?? 0) / weight * before[index] / otherShare
                } else {
                    let letter = alphabet.characters[index - 1]
                    let share = (next[Character(letter.lowercased())] ?? 0) / weight
                    expected += trust * share * (letter == "'" ? 1 : letter.isLowercase ? 0.98 : 0.02)
                }
                #expect(abs(log(found[index] / expected)) < 0.2, "\(index) after \(context)")
            }
        }
    }

    @Test func probabilitiesSumToOne() throws {
        let tree = try #require(WordTree(words, alphabet: alphabet))
        for context in ["", "t", "the", "THE", "tHe", "don'", "a", "q", "'", "''a", String(repeating: "a", count: 40)] {
            #expect(abs(after(context, tree).reduce(0, +) - 1) < 1e-12, "after '\(context)'")
        }
    }

    @Test func capitalsGoOnAsTheyBegan() throws {
        let tree = try #require(WordTree(words, alphabet: alphabet))
        #expect(after("TH", tree)[number("E")] > 5 * after("TH", tree)[number("e")])
        #expect(after("Th", tree)[number("e")] > 5 * after("Th", tree)[number("E")])
        #expect(after("T", tree)[number("h")] > after("T", tree)[number("H")], "a capital begins a word")
    }

    /// Nothing is said of words that it does not know, nor before a word's first letter.
    @Test(arguments: ["", "x", "thx", "the ", "42", "don''", String(repeating: "a", count: 25)])
    func otherwiseProbabilitiesStay(context: String) throws {
        #expect(after(context, try #require(WordTree(words, alphabet: alphabet))) == before)
    }

    @Test func whatIsNoWordIsLeftOut() {
        let texts = ["x1", "'tis", "a b", "", "é", String(repeating: "a", count: 25)]
        #expect(WordTree(texts.map { WordTree.Word(text: $0, weight: 1) }, alphabet: alphabet) == nil)
    }

    @Test func listsOfWords() throws {
        let path = directory.write(Array("the 8\nthen\t2.5\n\na\nx1 3\n".utf8), to: "words.txt")
        let list = try WordList(path: path, meter: InputMeter(isHashing: false), alphabet: alphabet)
        #expect(list.count == 3 && list.leftOut == 1)
        #expect(list.words.map(\.text) == ["the", "then", "a"] && list.words.map(\.weight) == [8, 2.5, 1])
        for line in ["the 0", "the -1", "the x", "the nan", "the inf", "the 1 2"] {
            let path = directory.write(Array("a\n\(line)\n".utf8), to: "bad.txt")
            #expect(throws: FormatError(file: path, line: 2, problem: .ink(.wordWeight(line)))) {
                try WordList(path: path, meter: InputMeter(isHashing: false), alphabet: alphabet)
            }
        }
        let none = directory.write(Array("1\n2\n".utf8), to: "none.txt")
        #expect(throws: FormatError(file: none, problem: .ink(.noWords))) {
            try WordList(path: none, meter: InputMeter(isHashing: false), alphabet: alphabet)
        }
    }

    /// A model keeps its words in its file, and knows longer words than its n-grams are.
    @Test func modelsKeepTheirWords() throws {
        let path = directory.write(Array("understanding 5\nunderstood 1\n".utf8), to: "words.txt")
        let list = try WordList(path: path, meter: InputMeter(isHashing: false), alphabet: alphabet)
        let model = try #require(CharacterModel(["the mat", "a dog"], order: 3, words: list))
        let without = try #require(CharacterModel(["the mat", "a dog"], order: 3))
        let context = alphabet.labels(of: "an understand")!
        #expect(
            model.probabilities(after: context)[number("i")] > 10 * without.probabilities(after: context)[number("i")])
        #expect(model.contextLength == WordTree.longest + 1 && without.contextLength == 2)
        let read = try CharacterModel(Safetensors(bytes: model.file.encoded(), file: "m"), file: "m")
        #expect(read == model && read != without)
        #expect(read.probabilities(after: context) == model.probabilities(after: context))
    }
}
