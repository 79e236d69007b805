import Foundation
import StrandInk
import StrandNetwork
import TestSupport
import Testing

@testable import StrandInk

@Suite struct CharacterModelTests {
    private static let lines = [
        "the cat sat on the mat", "the dog sat", "a cat, a dog and the mat", "then that other cat", "mat", "at",
    ]
    private let model = CharacterModel(lines, order: 5)!

    private func numbers(_ text: String) -> [Int32] { InkAlphabet.printableASCII.labels(of: text)! }

    /// The definition, with dictionaries: n(h) and t(h) by counting what follows each context.
    private struct Twin {
        var following: [[Int32]: [Int32: Int]] = [:]
        let start: Int32 = 96

        init(_ lines: [[Int32]], order: Int) {
            for line in lines {
                let text = [start] + line + [0]
                for index in text.indices.dropFirst() {
                    for length in 0..<order where length <= index {
                        following[Array(text[index - length..<index]), default: [:]][text[index], default: 0] += 1
                    }
                }
            }
        }

        func probability(of label: Int32, after context: [Int32], order: Int) -> Double {
            let history = Array(([start] + context).suffix(order - 1))
            var probability = 1.0 / 96
            for length in 0...history.count {
                guard let next = following[history.suffix(length)] else { break }
                let seen = Double(next.values.reduce(0, +))
                let new = 8 * Double(next.count)
                probability = (Double(next[label] ?? 0) + new * probability) / (seen + new)
            }
            return probability
        }
    }

    @Test func equalsTheDefinition() {
        let twin = Twin(Self.lines.map(numbers), order: 5)
        for context in ["", "t", "the ", "a cat", "q", "the m", "xyz th"] {
            let found = model.probabilities(after: numbers(context))
            for label in Int32(0)..<96 {
                let expected = twin.probability(of: label, after: numbers(context), order: 5)
                // Shares are stored in steps of an eighth of an octave.
                #expect(abs(log(found[Int(label)] / expected)) < 0.2, "\(label) after '\(context)'")
            }
        }
    }

    @Test func probabilitiesSumToOne() throws {
        let pruned = try #require(CharacterModel(Self.lines, order: 8, sizeLimit: 300))
        #expect(pruned.gramCount < CharacterModel(Self.lines, order: 8)!.gramCount)
        for context in ["", "t", "the", "other cat", "zebra", "the the the"] {
            for model in [model, pruned] {
                let probabilities = model.probabilities(after: numbers(context))
                #expect(abs(probabilities.reduce(0, +) - 1) < 1e-9 && probabilities.allSatisfy { $0 > 0 })
            }
        }
    }

    @Test func whatWasSeenIsMoreProbable() throws {
        let seen = try #require(model.crossEntropy(of: Self.lines))
        let other = try #require(model.crossEntropy(of: ["zygote", "QUIZ 42"]))
        #expect(seen < 3 && other > 6)
        #expect(model.crossEntropy(of: ["ä"]) == nil)
        #expect(CharacterModel(["", "ä"]) == nil)
    }

    @Test func fileRoundTripKeepsEverything() throws {
        let directory = TemporaryDirectory()
        try model.file.write(to: directory("m.safetensors"))
        #expect(try CharacterModel(path: directory("m.safetensors")) == model)
    }

    /// Every array that does not fit the others is refused, whatever its bytes.
    @Test func damagedFilesAreRefused() throws {
        for index in model.file.tensors.indices {
            for change in [{ $0.dropLast() + [] }, { $0 + [3] }, { $0.map { _ in 255 } }] as [([UInt8]) -> [UInt8]] {
                var file = model.file
                let tensor = file.tensors[index]
                file.tensors[index] = Tensor(name: tensor.name, bytes: change(try #require(tensor.bytes)))
                // Shares and weights may be any byte; any other change gives a different tree, or none.
                let isFree = tensor.name == "ngram.shares" || tensor.name == "ngram.backoffs"
                if isFree && file.tensors[index].shape == tensor.shape {
                    let read = try CharacterModel(file, file: "m")
                    #expect(abs(read.probabilities(after: numbers("the")).reduce(0, +) - 1) < 1e-9)
                } else {
                    #expect(throws: SafetensorsError.self) { try CharacterModel(file, file: "m") }
                }
            }
        }
        var other = model.file
        other.metadata["strand"] = other.metadata["strand"]?.replacing("\"text\"", with: "\"ink\"")
        #expect(throws: SafetensorsError(file: "m", .wrongKind(expected: "text", found: "ink"))) {
            try CharacterModel(other, file: "m")
        }
    }

    @Test func shippedModelKnowsEnglish() throws {
        let shipped = CharacterModel.shipped
        let english = try #require(shipped.crossEntropy(of: ["the government said that it would not"]))
        let noise = try #require(shipped.crossEntropy(of: ["xq zvvk jjwq pfft zxcv qqj"]))
        #expect(english < 3 && noise > 5)
        #expect(try shipped.file.encoded().count <= 5_100_000)
        #expect(!shipped.data.isEmpty)
    }
}
