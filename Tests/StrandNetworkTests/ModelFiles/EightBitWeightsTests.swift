import FoundationEssentials
import Testing

@testable import StrandNetwork

/// Networks whose weights are stored in 8 bits.
@Suite struct EightBitWeightsTests {
    private func network(_ cell: RecurrentCell = .lstm, hidden: Int = 20) -> RecurrentNetwork<Float> {
        var generator = SeededGenerator(seed: 4)
        let shape = NetworkShape(cell: cell, inputs: 3, hidden: hidden, layers: 2, labels: 5)
        return RecurrentNetwork(shape: shape, using: &generator)
    }

    private func logits(_ network: RecurrentNetwork<Float>, _ path: KernelPath) -> [Float] {
        let batch = RaggedBatch(lengths: [7, 1, 30, 4])
        let inputs = Matrix(
            rows: batch.rowCount, columns: 3,
            elements: (0..<3 * batch.rowCount).map { Float($0 % 17) / 8 - 1 })
        return network.logits(batch, inputs: inputs, on: Compute(threads: 2, path: path)).elements
    }

    /// To 8-bit products both are the same network, and the file is the one that was quantised.
    @Test(arguments: RecurrentCell.allCases) func roundTrip(_ cell: RecurrentCell) throws {
        let original = network(cell)
        let quantised = original.quantised()
        #expect(quantised.weights.elements != original.weights.elements)
        #expect(quantised.quantised().weights.elements == quantised.weights.elements)
        let bytes = try Safetensors(tensors: quantised.tensors).encoded()
        let file = try Safetensors(bytes: bytes, file: "")
        let read = try RecurrentNetwork(file)
        #expect(read.weights.elements == quantised.weights.elements && read.shape == original.shape)
        #expect(try Safetensors(tensors: read.tensors).encoded() == bytes)
        let int8 = try #require(KernelPath.best(.int8))
        #expect(logits(read, int8) == logits(original, int8))
        // Of other products they are near.
        let difference = zip(logits(read, .best), logits(original, .best)).map { abs($0 - $1) }.max() ?? .nan
        #expect(difference < 0.02)
        let stored = file.tensors.filter { $0.storage == .signedByte }.map(\.name)
        #expect(stored.count == 6 && stored.allSatisfy { $0.contains("weight_hh") || $0.contains("weight_ih_l1") })
        #expect(file["linear.weight"]?.storage == .float32)
    }

    /// Weights that are not whole numbers of scales are written as they are.
    @Test func othersAreWrittenAsTheyAre() {
        #expect(network().tensors.allSatisfy { $0.storage == .float32 })
    }

    @Test func scalesAreNeededAndChecked() throws {
        func problem(_ change: (inout [Tensor]) -> Void) -> SafetensorsError.Problem? {
            var tensors = network().quantised().tensors
            change(&tensors)
            do { _ = try RecurrentNetwork(Safetensors(tensors: tensors)) } catch { return error }
            return nil
        }
        let name = "lstm.weight_hh_l0"
        #expect(problem { _ in } == nil)
        #expect(problem { $0.removeAll { $0.name == name + ".scale" } } == .missingTensor(name + ".scale"))
        #expect(
            problem { tensors in
                let index = tensors.firstIndex { $0.name == name + ".scale" } ?? 0
                tensors[index] = Tensor(name: name + ".scale", shape: [3], values: [1, 2, 3])
            } == .tensorShape(tensor: name + ".scale", expected: [80], found: [3]))
        #expect(
            problem { tensors in
                let index = tensors.firstIndex { $0.name == name + ".scale" } ?? 0
                tensors[index] = Tensor(
                    name: name + ".scale", shape: [80], values: [Float](repeating: .infinity, count: 80))
            } == .notFinite(tensor: name))
        #expect(
            problem { $0.append(Tensor(name: "other.scale", shape: [1], values: [1])) }
                == .unexpectedTensor("other.scale"))
    }
}
