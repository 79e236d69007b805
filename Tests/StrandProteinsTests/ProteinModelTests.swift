import StrandEngine
import StrandNetwork
import StrandProteins
import TestSupport
import Testing

@Suite struct ProteinModelTests {
    @Test func fileRoundTripKeepsEverything() throws {
        var generator = SeededGenerator(seed: 1)
        let shape = NetworkShape(inputs: 21, hidden: 10, layers: 2, labels: 8)
        var model = ProteinModel(network: RecurrentNetwork(shape: shape, using: &generator), name: "small")
        model.description.temperature = 1.25
        model.description.figures = ["valid Q3": 0.5]
        model.description.training = TrainingDescription(
            data: [.init(name: "a", role: "train", sha256: "00", records: 1, symbols: 2)], options: TrainingOptions(),
            recipe: .init())
        let directory = TemporaryDirectory()
        try model.file.write(to: directory("m.safetensors"))
        let read = try ProteinModel(path: directory("m.safetensors"))
        #expect(read.description == model.description)
        #expect(read.network.tensors == model.network.tensors)
        #expect(try read.file.encoded() == model.file.encoded())
    }

    @Test func temperatureFlattensProbabilities() throws {
        var generator = SeededGenerator(seed: 1)
        let shape = NetworkShape(inputs: 21, hidden: 10, layers: 1, labels: 8)
        var model = ProteinModel(network: RecurrentNetwork(shape: shape, using: &generator), name: "small")
        func most() -> Float {
            let labels = ProteinLabeller(model).label([Array("MKV".utf8)], on: Compute(threads: 1))
            return labels[0].eightStateProbabilities.max()!
        }
        let usual = most()
        model.description.temperature = 10
        #expect(most() < usual && abs(most() - 0.125) < 0.05)
    }

    @Test func shippedModelIsSmallAndDescribed() throws {
        let description = ProteinModel.shipped.description
        #expect(description.training?.data.contains { $0.role == "validation" } == true)
        #expect(!description.figures.isEmpty)
        #expect(try ProteinModel.shipped.file.encoded().count <= 12_000_000)
    }
}
