import Foundation
import Testing

@testable import StrandNetwork

/// The network against PyTorch's `nn.LSTM`, `nn.GRU` and `nn.RNN`: numbers made by tools/reference/recurrent_golden.py.
@Suite struct PyTorchEqualityTests {
    /// What one fixture holds.
    struct Golden {
        let file: Safetensors
        let network: RecurrentNetwork<Float>
        let lengths: [Int]
        let batch: RaggedBatch

        init(_ name: String) throws {
            let path = try #require(Bundle.module.path(forResource: "Fixtures/\(name)", ofType: "safetensors"))
            file = try Safetensors(path: path)
            lengths = try JSONDecoder().decode([Int].self, from: Data(try #require(file.metadata["lengths"]).utf8))
            let modules = ["lstm.", "gru.", "rnn.", "linear."]
            let state = file.tensors.filter { tensor in modules.contains { tensor.name.hasPrefix($0) } }
            network = try RecurrentNetwork(Safetensors(tensors: state))
            batch = RaggedBatch(lengths: lengths)
        }

        /// A tensor stored sequence after sequence, as rows of the batch.
        func rows(_ name: String) throws -> Matrix<Float> {
            let tensor = try #require(file[name])
            let columns = tensor.shape[1]
            var matrix = Matrix<Float>(rows: batch.rowCount, columns: columns)
            let starts = lengths.indices.map { lengths[..<$0].reduce(0, +) }
            for (index, sequence) in batch.order.enumerated() {
                for step in 0..<lengths[sequence] {
                    for column in 0..<columns {
                        matrix[batch.row(sequence: index, step: step), column] =
                            tensor.values[(starts[sequence] + step) * columns + column]
                    }
                }
            }
            return matrix
        }
    }

    static let names = ["lstm", "gru", "rnn", "lstm-forward"]

    @Test(arguments: zip(names, [RecurrentCell.lstm, .gru, .rnn, .lstm]))
    func shapeIsReadOffTheTensors(_ name: String, cell: RecurrentCell) throws {
        let expected = NetworkShape(
            cell: cell, isBidirectional: name != "lstm-forward", inputs: 5, hidden: 17, layers: 2, labels: 3)
        #expect(try Golden(name).network.shape == expected)
    }

    @Test(arguments: names, KernelPath.allCases.filter { $0.isSupported && $0.precision == .fp32 })
    func outputsAndGradients(_ name: String, on path: KernelPath) throws {
        let golden = try Golden(name)
        let (network, batch) = (golden.network, golden.batch)
        for threads in [1, 2] {
            let compute = Compute(threads: threads, path: path)
            var tape = RecurrentNetwork<Float>.Tape(network.shape)
            network.forward(batch, inputs: try golden.rows("input"), masks: nil, tape: &tape, on: compute)
            expectEqual(tape.logits, try golden.rows("logits"), columns: 3)
            // The second direction's units begin at a multiple of 16.
            expectEqual(tape.topOutput, try golden.rows("output"), columns: 17 * network.shape.directions) {
                $0 < 17 ? $0 : $0 + 15
            }

            let logitGradient = try golden.rows("logit_gradient")
            tape.logitGradient = Matrix(rows: batch.rowCount, columns: 16)
            for row in 0..<batch.rowCount {
                for label in 0..<3 { tape.logitGradient[row, label] = logitGradient[row, label] }
            }
            var gradient = Matrix<Float>(rows: 1, columns: network.layout.count)
            network.backward(batch, tape: &tape, gradient: &gradient, on: compute)
            for parameter in network.layout.parameters {
                // PyTorch's two biases have the same gradient.
                for name in [parameter.name, parameter.twin].compactMap({ $0 }) {
                    let expected = try #require(golden.file["grad." + name])
                    parameter.forEachElement { index, position in
                        #expect(isClose(gradient[0, position], expected.values[index]), "\(name) \(index)")
                    }
                }
            }
        }
    }

    /// Inference needs fewer divisions, which round otherwise.
    @Test(arguments: names) func inferenceIsAsTraining(_ name: String) throws {
        let golden = try Golden(name)
        let network = golden.network
        let compute = Compute(threads: 1)
        let inputs = try golden.rows("input")
        var tape = RecurrentNetwork<Float>.Tape(network.shape)
        network.forward(golden.batch, inputs: inputs, masks: nil, tape: &tape, on: compute)
        let inferred = network.logits(golden.batch, inputs: inputs, on: compute).elements
        #expect(zip(inferred, tape.logits.elements).allSatisfy { abs($0 - $1) < 2e-6 })
    }

    private func expectEqual(
        _ got: Matrix<Float>, _ expected: Matrix<Float>, columns: Int, packed: (Int) -> Int = { $0 }
    ) {
        #expect(got.rows == expected.rows && expected.columns == columns)
        for row in 0..<got.rows {
            for column in 0..<columns {
                #expect(isClose(got[row, packed(column)], expected[row, column]), "row \(row) column \(column)")
            }
        }
    }

    /// Within 1e-5, absolutely or relative to the larger.
    private func isClose(_ a: Float, _ b: Float) -> Bool { abs(a - b) <= 1e-5 * max(1, abs(a), abs(b)) }
}
