import StrandInk
import StrandNetwork
import Testing

@testable import StrandInk

@Suite struct InkReaderTests {
    private let inks = ToyHand.texts.map { ToyHand.strokes(of: $0) }

    @Test func readingsDependNeitherOnOthersNorOnThreads() {
        let together = ToyHand.reader.read(inks, on: Compute(threads: 2))
        let alone = inks.flatMap { ToyHand.reader.read([$0], on: Compute(threads: 1)) }
        #expect(together == alone && together.contains { !$0.text.isEmpty })
    }

    /// Every character has ink of its own, in order, and all ink belongs to some character.
    @Test func charactersKeepTheirInk() {
        let ink = ToyHand.strokes(of: "ln v")
        let reading = ToyHand.reader.read([ink], on: Compute(threads: 1))[0]
        #expect(reading.text == "ln v" && String(reading.characters.map(\.character)) == reading.text)
        #expect(reading.characters.map { $0.ink.map(\.stroke) } == [[0], [1], [], [2]])
        for character in reading.characters {
            #expect((0...1).contains(character.probability) && character.probability > 0.3)
            for piece in character.ink { #expect(piece.points == 0...ink[piece.stroke].count - 1) }
        }
        #expect(reading.characters[1].time == 30_000...30_003 && reading.characters[2].time == nil)
    }

    /// Clocks that go backwards give the range from the earliest to the latest point.
    @Test func timesThatGoBackwardsAreARange() {
        let ink = [ToyHand.strokes(of: "n")[0].enumerated().map { InkPoint(x: $1.x, y: $1.y, time: 50 - Double($0)) }]
        let reading = ToyHand.reader.read([ink], on: Compute(threads: 1))[0]
        #expect(reading.characters.first?.time == 47...50)
    }

    @Test(arguments: [-1, 0, 1e-300, 0.009, 10.1]) func modelsWhoseStepsCannotBeWalkedAreRefused(stepLength: Double) {
        var encoder = InkEncoder()
        encoder.stepLength = stepLength
        var generator = SeededGenerator(seed: 1)
        let shape = NetworkShape(inputs: encoder.featureCount, hidden: 1, layers: 1, labels: 3)
        let network = RecurrentNetwork<Float>(shape: shape, using: &generator)
        let file = InkModel(network: network, labels: InkAlphabet("ab")!, encoder: encoder, name: "m").file
        #expect(throws: SafetensorsError(file: "m", .badMetadata(key: "input", reason: "its settings make no sense"))) {
            try InkModel(file, file: "m")
        }
    }

    @Test func strangeInkIsReadAsSomething() {
        let dot = [InkPoint(x: 3, y: 4)]
        let strange: [[[InkPoint]]] = [
            [], [[]], [[], []], [dot], [dot, dot], [[dot[0], dot[0]]],
            [[InkPoint(x: 0, y: 0), InkPoint(x: 1e12, y: -1e12)], dot],
        ]
        let readings = ToyHand.reader.read(strange, on: Compute(threads: 1))
        #expect(readings.count == strange.count)
        for index in 0..<3 { #expect(readings[index] == .empty) }
    }

    @Test func aPageIsReadLineByLine() {
        let below = ToyHand.strokes(of: "vln").map { $0.map { InkPoint(x: $0.x, y: $0.y + 100) } }
        let reading = ToyHand.reader.read([ToyHand.strokes(of: "lnv") + below], on: Compute(threads: 1))[0]
        #expect(reading.text == "lnv\nvln")
        #expect(reading.characters.flatMap { $0.ink.map(\.stroke) } == Array(0..<6))
    }

    @Test func beamGivesTextsWithProbabilities() {
        var reader = ToyHand.reader
        reader.decoder = InkDecoder(beamWidth: 8)
        reader.decoder.alternatives = 4
        for reading in reader.read(inks, on: Compute(threads: 1)) {
            #expect(reading.alternatives.first?.text == reading.text)
            #expect(Set(reading.alternatives.map(\.text)).count == reading.alternatives.count)
            let probabilities = reading.alternatives.map(\.probability)
            #expect(probabilities == probabilities.sorted(by: >) && probabilities.reduce(0, +) < 1.0001)
        }
    }

    @Test func languageModelLexiconAndAlphabetHaveTheirSay() {
        let ink = ToyHand.strokes(of: "ln")
        func text(_ change: (inout InkDecoder) -> Void) -> String {
            var reader = ToyHand.reader
            reader.decoder = InkDecoder(beamWidth: 50)
            change(&reader.decoder)
            return reader.read([ink], on: Compute(threads: 1))[0].text
        }
        #expect(text { _ in } == "ln")
        #expect(text { $0.lexicon = Lexicon(["l", "lv"]) } != "ln")
        #expect(text { $0.lexicon = Lexicon(["ln"]) } == "ln")
        #expect(text { $0.characters = ["l", "v"] }.contains("n") == false)
        let model = CharacterModel(Array(repeating: "vv", count: 50))
        let forced = text { decoder in
            decoder.languageModel = model
            (decoder.languageWeight, decoder.characterBonus) = (30, 0)
        }
        #expect(forced != "ln")
    }
}
