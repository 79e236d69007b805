import TestSupport
import Testing

@testable import StrandNetwork

/// Networks as graphs of ONNX, read back and computed by the equations of its specification.
@Suite struct NetworkAsONNXTests {
    private static let (lengths, temperature): ([Int], Float) = ([5, 1, 9, 3], 1.3)

    /// A network whose weights, biases and peepholes are all in -0.6 ... 0.6.
    private func network(
        _ cell: RecurrentCell, layers: Int = 2, isBidirectional: Bool = true, hidden: Int = 7
    ) -> RecurrentNetwork<Float> {
        var generator = SeededGenerator(seed: 11)
        let shape = NetworkShape(
            cell: cell, isBidirectional: isBidirectional, inputs: 3, hidden: hidden, layers: layers, labels: 4)
        var network = RecurrentNetwork<Float>(shape: shape, using: &generator)
        for parameter in network.layout.parameters {
            parameter.forEachElement { _, offset in
                network.weights[0, offset] = Float(generator.uniform(within: 0.6))
            }
        }
        return network
    }

    private func file(_ network: RecurrentNetwork<Float>) throws -> ONNXFile { try ONNXFile(bytes(network)) }

    private func bytes(_ network: RecurrentNetwork<Float>) throws -> [UInt8] {
        var graph = ONNXGraph()
        graph.documentation = "a network"
        let features = graph.input(.init("x", .float32, [.time, .batch, .fixed(3)], "features"))
        let lengths = graph.input(.init("lengths", .int32, [.batch], "lengths"))
        let output = try network.add(
            to: &graph, features: features, lengths: lengths, temperature: Self.temperature)
        graph.output(.init(output, .float32, [.batch, .time, .fixed(4)], "probabilities"))
        return ONNXModel(
            graph: graph, name: "net", producerVersion: "1.2.3", metadata: [("b", "2"), ("a", "1")]
        ).encoded()
    }

    static let shapes: [(RecurrentCell, layers: Int, isBidirectional: Bool)] =
        [.lstm, .peepholeLSTM, .gru, .rnn].flatMap { cell in
            [(cell, 1, false), (cell, 3, false), (cell, 1, true), (cell, 2, true)]
        }

    /// The graph gives the network's probabilities, of a ragged batch whose padding is not a number.
    @Test(arguments: shapes) func probabilities(
        _ cell: RecurrentCell, layers: Int, isBidirectional: Bool
    ) throws {
        let network = network(cell, layers: layers, isBidirectional: isBidirectional)
        let (batch, steps) = (Self.lengths.count, Self.lengths.max()!)
        var generator = SeededGenerator(seed: 5)
        let sequences = Self.lengths.map { length in (0..<3 * length).map { _ in Float(generator.uniform(within: 2)) } }
        let expected = network.probabilities(
            lengths: Self.lengths, temperature: Self.temperature, on: Compute(threads: 1)
        ) { numbers, batch in batch.matrix(columns: 3) { sequences[numbers[$0]] } }

        var x = ONNXFile.Tensor(shape: [steps, batch, 3], values: Array(repeating: .nan, count: steps * batch * 3))
        for (number, sequence) in sequences.enumerated() {
            for (index, value) in sequence.enumerated() {
                x.values[(index / 3 * batch + number) * 3 + index % 3] = Double(value)
            }
        }
        let lengths = ONNXFile.Tensor(shape: [batch], values: Self.lengths.map(Double.init))
        let got = try file(network).run(["x": x, "lengths": lengths])
        #expect(got.shape == [batch, steps, 4])
        for (number, length) in Self.lengths.enumerated() {
            for index in 0..<4 * length {
                let difference = abs(got.values[number * steps * 4 + index] - Double(expected[number].elements[index]))
                #expect(difference < 1e-6, "sequence \(number) value \(index)")
            }
        }
    }

    /// What the file says besides its numbers.
    @Test func structure() throws {
        let file = try file(network(.lstm))
        #expect(file.format == 8 && file.operators == [17] && file.producer == ["strand", "1.2.3"])
        #expect(file.metadata == ["a": "1", "b": "2"] && file.name == "net" && file.documentation == "a network")
        #expect(file.inputs.map(\.name) == ["x", "lengths"] && file.inputs.map(\.type) == [1, 6])
        #expect(file.inputs.map(\.shape) == [["time", "batch", "3"], ["batch"]])
        #expect(file.inputs.map(\.documentation) == ["float32 [time, batch, 3]: features", "int32 [batch]: lengths"])
        #expect(file.outputs[0].shape == ["batch", "time", "4"] && file.outputs[0].name == "probabilities")
        let layer = ["LSTM", "Transpose", "Reshape"]
        #expect(file.nodes.map(\.type) == layer + layer + ["MatMul", "Add", "Div", "Softmax", "Transpose"])
        #expect(file.nodes[0].inputs == ["x", "lstm.l0.W", "lstm.l0.R", "lstm.l0.B", "lengths"])
        #expect(file.nodes[3].inputs == ["lstm.l0", "lstm.l1.W", "lstm.l1.R", "lstm.l1.B", "lengths"])
        #expect(file.nodes[0].texts["direction"] == "bidirectional" && file.nodes[0].numbers["hidden_size"] == [7])
        #expect(Set(file.nodes.map(\.name)).count == file.nodes.count)
        let peepholes = try self.file(network(.peepholeLSTM, isBidirectional: false)).nodes[0]
        #expect(peepholes.inputs.suffix(4) == ["lengths", "", "", "lstm.l0.P"])
        #expect(peepholes.texts["direction"] == "forward")
        #expect(try self.file(network(.gru)).nodes[0].numbers["linear_before_reset"] == [1])
    }

    /// Rows of gates stand in ONNX's order: i, o, f, c of PyTorch's i, f, g, o, and z, r, h of r, z, n.
    @Test(arguments: [(RecurrentCell.lstm, [0, 3, 1, 2]), (.gru, [1, 0, 2]), (.rnn, [0])])
    func tensors(_ cell: RecurrentCell, order: [Int]) throws {
        let network = network(cell)
        let (file, own) = (try file(network), Safetensors(tensors: network.tensors))
        let module = cell.rawValue
        func gates(_ part: String, _ suffix: String) throws -> [Double] {
            let values = try #require(own["\(module).\(part)_\(suffix)"]).values
            let size = values.count / order.count
            return order.flatMap { values[$0 * size..<($0 + 1) * size] }.map(Double.init)
        }
        for layer in 0..<2 {
            let directions = ["l\(layer)", "l\(layer)_reverse"]
            let (w, r) = (
                try #require(file.constants["\(module).l\(layer).W"]), file.constants["\(module).l\(layer).R"]
            )
            #expect(w.shape == [2, 7 * order.count, layer == 0 ? 3 : 14])
            #expect(try w.values == directions.flatMap { try gates("weight_ih", $0) })
            #expect(try r?.values == directions.flatMap { try gates("weight_hh", $0) })
            let b = try #require(file.constants["\(module).l\(layer).B"])
            #expect(b.shape == [2, 14 * order.count])
            #expect(try b.values == directions.flatMap { try gates("bias_ih", $0) + gates("bias_hh", $0) })
        }
        #expect(file.constants["temperature"]?.values == [Double(Self.temperature)])
        let (head, matrix) = (try #require(own["linear.weight"]), try #require(file.constants["linear.W"]))
        #expect(matrix.shape == [14, 4] && matrix.values[4 * 3 + 2] == Double(head.values[14 * 2 + 3]))
        #expect(file.constants["linear.b"]?.values == own["linear.bias"]?.values.map(Double.init))
    }

    /// Weights stored in 8 bits are written as the numbers that they stand for.
    @Test func eightBits() throws {
        let quantised = network(.lstm, hidden: 20).quantised()
        #expect(quantised.tensors.contains { $0.storage == .signedByte })
        let read = try RecurrentNetwork(Safetensors(tensors: quantised.tensors))
        #expect(try bytes(read) == bytes(quantised))
        let units = try #require(file(read).constants["lstm.l0.R"])
        let first = try #require(read.layout.parameters.first { $0.role == .recurrentWeight })
        #expect(units.values[1] == Double(read.weights[0, first.offset(row: 0, column: 1)]))
    }

    @Test func equalNetworksMakeEqualBytes() throws {
        for cell in [RecurrentCell.lstm, .gru] { #expect(try bytes(network(cell)) == bytes(network(cell))) }
    }

    @Test func aCellThatONNXLacksIsRefused() {
        #expect(
            throws: SafetensorsError.Problem.badMetadata(
                key: "network", reason: "it is made of MGU units, for which ONNX has no operator")
        ) { try bytes(network(.mgu)) }
    }

    /// What decides whether a network fits into a file is what its weights take there.
    @Test func bytesOfWeights() throws {
        for cell in [RecurrentCell.peepholeLSTM, .gru] {
            let network = network(cell)
            let constants = try file(network).constants.filter { !$0.key.hasSuffix("sides") && $0.key != "temperature" }
            let written = constants.values.reduce(0) { $0 + 4 * $1.values.count }
            #expect(network.layout.bytesInONNX == written)
        }
        let large = NetworkShape(cell: .rnn, isBidirectional: false, inputs: 1, hidden: 23_200, layers: 1, labels: 1)
        #expect(ParameterLayout(large).bytesInONNX > ONNXModel.mostBytes)
    }
}
