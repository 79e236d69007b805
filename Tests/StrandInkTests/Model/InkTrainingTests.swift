import StrandEngine
import StrandMetrics
import StrandNetwork
import Testing

@testable import StrandInk

/// A hand of three letters: a bar, an arch and a wave, with a gap after each.
enum ToyHand {
    static func strokes(of text: String, slant: Double = 0) -> [[InkPoint]] {
        var x = 0.0
        return text.compactMap { character in
            defer { x += character == " " ? 40 : 30 }
            let path: [(Double, Double)]
            switch character {
            case "l": path = [(0, -20), (0, 10)]
            case "n": path = [(0, 10), (0, -10), (10, -10), (10, 10)]
            case "v": path = [(0, -10), (6, 10), (12, -10), (18, 10)]
            default: return nil
            }
            return path.enumerated().map { index, point in
                InkPoint(x: x + point.0 - slant * point.1, y: point.1, time: 1000 * x + Double(index))
            }
        }
    }

    static func sample(_ text: String, writer: String, slant: Double = 0) -> InkSample {
        InkSample(id: "\(writer)-\(text)", writer: writer, text: text, strokes: strokes(of: text, slant: slant))
    }

    static let texts = [
        "l", "n", "v", "ln", "nl", "vl", "lv", "nv", "vn", "lnv", "l n", "n v l", "nn", "ll", "vv ll", "nl v", "vn l",
        "l vn",
    ]

    /// A reader trained on them briefly: it makes almost no errors.
    static let reader: InkReader = {
        let samples = texts.flatMap { text in
            [-0.2, 0, 0.2].map { sample(text, writer: "w", slant: $0) }
        }
        var options = InkTraining.Options()
        options.alphabet = InkAlphabet("lnv ")!
        options.encoder.stepLength = 0.12
        let task = InkTraining(samples, validation: [.init(name: "v", samples: samples)], options: options)
        var training = TrainingOptions.ink
        (training.epochs, training.rowsPerBatch, training.rate, training.dropout) = (120, 256, 0.02, 0)
        training.warmupSteps = 10
        training.optimiser.averageDecay = 0.9
        let shape = NetworkShape(
            inputs: options.encoder.featureCount, hidden: 16, layers: 1, labels: options.alphabet.labelCount)
        var trainer = Trainer(task, shape: shape, options: training)
        let compute = Compute(threads: 1)
        while (try? trainer.step(on: compute)) != nil {}
        return InkReader(network: trainer.best, encoder: options.encoder, alphabet: options.alphabet)
    }()
}

@Suite struct InkTrainingTests {
    @Test func trainingLearnsToRead() {
        let samples = ToyHand.texts.map { ToyHand.sample($0, writer: "x", slant: 0.1) }
        let rates = ErrorRates(
            of: ToyHand.reader.read(samples.map(\.strokes), on: Compute(threads: 1)), on: samples)
        #expect((rates.errorRate(of: \.characters) ?? 1) < 0.1)
    }

    @Test func whatCannotServeIsLeftOutAndCounted() {
        let samples = [
            ToyHand.sample("ln", writer: "w"), InkSample(id: "1", text: nil, strokes: ToyHand.strokes(of: "l")),
            InkSample(id: "2", text: "", strokes: ToyHand.strokes(of: "l")),
            InkSample(id: "3", text: "lä", strokes: ToyHand.strokes(of: "ll")),
            InkSample(id: "4", text: "l", strokes: [[], []]), InkSample(id: "5", text: "l", strokes: []),
            InkSample(id: "6", text: String(repeating: "l", count: 500), strokes: ToyHand.strokes(of: "l")),
        ]
        let task = InkTraining(samples, validation: [])
        var expected = InkTraining.Exclusions()
        (expected.withoutText, expected.outsideAlphabet, expected.withoutInk, expected.tooLong) = (2, 1, 2, 1)
        #expect(task.exclusions == expected && task.sampleCount == 1 && task.lengths.count == 1)
    }

    /// Augmentation is drawn again every epoch, and is the same for the same seed.
    @Test func epochsDifferAndSeedsDecide() {
        let samples = ToyHand.texts.map { ToyHand.sample($0, writer: "w") }
        func epochs(seed: UInt64, _ augmentation: InkAugmentation) -> [[Float]] {
            var options = InkTraining.Options()
            options.augmentation = augmentation
            var task = InkTraining(samples, validation: [], options: options)
            var generator = SeededGenerator(seed: seed)
            return (0..<2).map { epoch in
                task.beginEpoch(epoch, using: &generator)
                let batch = RaggedBatch(lengths: task.lengths)
                return task.inputs(batch.order, batch, using: &generator).elements
            }
        }
        let first = epochs(seed: 1, InkAugmentation())
        #expect(first[0] != first[1] && first == epochs(seed: 1, InkAugmentation()))
        #expect(first != epochs(seed: 2, InkAugmentation()))
        let plain = epochs(seed: 1, InkAugmentation().scaled(by: 0))
        #expect(plain[0] == plain[1])
        #expect(epochs(seed: 1, .ofAllTablets.scaled(by: 0)) == plain)
        let tablets = epochs(seed: 1, .ofAllTablets)
        #expect(tablets != first && tablets == epochs(seed: 1, .ofAllTablets))
    }

    /// What a tablet does alone, without a change of the writing.
    @Test func changesByTablets() {
        // A word, and a dot behind it over its first letter.
        let heights: [Float] = [0, 5, 10, 10, 5, 0]
        let word = (0..<60).map { SIMD2<Float>(Float($0), heights[$0 % 6]) }
        let dot: [SIMD2<Float>] = [[3, -8], [3.5, -8]]
        let next: [SIMD2<Float>] = word.map { $0 + [80, 0] }
        func changed(_ change: (inout InkAugmentation) -> Void) -> [[SIMD2<Double>]] {
            var augmentation = InkAugmentation()
            for part in [\InkAugmentation.rotation, \.slant, \.scale, \.jitter, \.wave] {
                augmentation[keyPath: part] = 0
            }
            change(&augmentation)
            var generator = SeededGenerator(seed: 3)
            return augmentation.apply(to: [word, dot, next], using: &generator).strokes
        }
        let plain = [word, dot, next].map { $0.map { SIMD2<Double>($0) } }
        #expect(changed { _ in } == plain)
        #expect(changed { $0.late = 1 } == [plain[0], plain[2], plain[1]])
        let sparse = changed { $0.sparse = 1 }
        for (few, all) in zip(sparse, plain) {
            #expect(few.first == all.first && few.last == all.last && few.allSatisfy(all.contains))
        }
        #expect(sparse[0].count < 60 && sparse[0].count > 20 && sparse[1].count == 2)
        // Four waves of a tenth of a size of 10 move a point by 4 along each axis at most, and its neighbours alike.
        let bent = changed { $0.bend = 0.1 }
        #expect(bent.map(\.count) == plain.map(\.count) && bent != plain)
        let shifts = zip(bent.joined(), plain.joined()).map { $0 - $1 }
        #expect(shifts.allSatisfy { max(abs($0.x), abs($0.y)) <= 4 } && shifts.contains { $0.length > 0.5 })
        let shift = zip(bent[0], plain[0]).map { $0 - $1 }
        for (here, next) in zip(shift, shift.dropFirst()) { #expect((next - here).length < 5) }
        let turned = changed { $0.turned = 1 }
        let (from, to) = (plain[2][59] - plain[0][0], turned[2][59] - turned[0][0])
        #expect(abs(from.length - to.length) < 1e-9 && abs(to.y) > 1 && abs(to.y) < 0.35 * from.length)
        let noisy = changed { $0.noisy = 1 }
        #expect(noisy.map(\.count) == plain.map(\.count) && noisy != plain)
        for (stroke, other) in zip(noisy, plain) {
            for (point, original) in zip(stroke, other) { #expect((point - original).length < 2) }
        }
        let coarse = changed { $0.coarse = 1 }
        #expect(coarse.map(\.count) == plain.map(\.count) && coarse != plain)
        // A grid's unit is a fifth of a size of 10 at most.
        for (point, original) in zip(coarse.joined(), plain.joined()) { #expect((point - original).length <= 2) }
    }
}
