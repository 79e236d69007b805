import Foundation
import Strand
import TestSupport
import Testing

/// The shipped model of ink as ONNX, read back and run by the equations of its specification, against the tagger.
@Suite struct InkAsONNXTests {
    @Test func probabilities() throws {
        let model = InkModel.shipped
        let file = try ONNXFile(ModelFile.ink(model).onnx(file: "m", sha256: "00"))
        let samples = try allSamples(InkJSONReader(.file(TestFiles.path("data/examples/handwriting.jsonl.gz"))))
        // Words of different lengths, and a dot, which is a single step.
        let ink = Array(samples.map(\.strokes).filter { $0.count < 20 }.prefix(2)) + [[[InkPoint(x: 3, y: 4)]]]
        let frames = ink.map { model.description.input.frames(of: $0) }
        let (lengths, columns) = (frames.map(\.count), model.description.input.featureCount)
        let (steps, count) = (try #require(lengths.max()), model.alphabet.labelCount)
        #expect(lengths.count == 3 && lengths[2] == 1 && Set(lengths).count == 3)
        let features = frames.flatMap { frames in
            frames.values.map(Double.init) + Array(repeating: .nan, count: (steps - frames.count) * columns)
        }
        let got = try file.run([
            "features": .init(shape: [3, steps, columns], values: features),
            "lengths": .init(shape: [3], values: lengths.map(Double.init)),
        ])
        #expect(got.shape == [3, steps, count])
        let compute = Compute(threads: 1, path: KernelPath.best(.fp32) ?? .best)
        let expected = Tagger(model).probabilities(of: frames, on: compute)
        for (sample, probabilities) in expected.enumerated() {
            #expect(probabilities.count == lengths[sample] * count)
            for (offset, probability) in probabilities.enumerated() {
                let difference = abs(got.values[sample * steps * count + offset] - Double(probability))
                #expect(difference < 1e-5, "sample \(sample) value \(offset)")
            }
        }
    }

    /// Labels stand in the order of the columns, the blank first.
    @Test func metadata() throws {
        let file = try ONNXFile(ModelFile.ink(.shipped).onnx(file: "m", sha256: "abc"))
        let labels = try JSONDecoder().decode([String].self, from: Data(try #require(file.metadata["labels"]).utf8))
        #expect(labels == [""] + InkModel.shipped.alphabet.characters.map(String.init))
        #expect(file.metadata["decoder"] == "ctc" && file.metadata["blank"] == "\(InkAlphabet.blank)")
        #expect(file.metadata["task"] == "ink" && file.metadata["model_sha256"] == "abc")
        #expect(file.metadata["encoder"] == "24 features, 2 steps of 0.25 letter sizes, corrected: baseline")
        #expect(file.inputs.map(\.name) == ["features", "lengths"] && file.inputs[0].type == 1)
        #expect(file.inputs[0].shape == ["batch", "time", "24"] && file.outputs[0].shape == ["batch", "time", "96"])
        #expect(file.inputs[0].documentation.contains("InkEncoder"))
    }

    /// A character of several code points is one label.
    @Test func charactersOfSeveralCodePoints() throws {
        let alphabet = try #require(InkAlphabet("e\u{301}x\u{1F469}\u{200D}\u{1F52C}"))
        var generator = SeededGenerator(seed: 1)
        let shape = NetworkShape(
            inputs: InkEncoder().featureCount, hidden: 2, layers: 1, labels: alphabet.labelCount)
        let model = InkModel(
            network: RecurrentNetwork(shape: shape, using: &generator), labels: alphabet, encoder: InkEncoder(),
            name: "m")
        let file = try ONNXFile(ModelFile.ink(model).onnx(file: "m", sha256: ""))
        let labels = try JSONDecoder().decode([String].self, from: Data(try #require(file.metadata["labels"]).utf8))
        #expect(labels.map { $0.unicodeScalars.count } == [0, 2, 1, 3])
    }
}
