import Foundation
import Testing

@testable import StrandNetwork

/// The network against PyTorch's `nn.LSTM`: numbers made by tools/reference/lstm_golden.py.
@Suite struct PyTorchEqualityTests {
    let file: Safetensors
    let network: BiLSTM<Float>
    let lengths: [Int]

    init() throws {
        let path = try #require(Bundle.module.path(forResource: "Fixtures/lstm", ofType: "safetensors"))
        file = try Safetensors(path: path)
        lengths = try JSONDecoder().decode([Int].self, from: Data(try #require(file.metadata["lengths"]).utf8))
        let state = file.tensors.filter { $0.name.hasPrefix("lstm.") || $0.name.hasPrefix("linear.") }
        network = try BiLSTM(Safetensors(tensors: state))
    }

    @Test func shapeIsReadOffTheTensors() {
        #expect(network.shape == NetworkShape(inputs: 5, hidden: 17, layers: 2, labels: 3))
    }

    @Test(arguments: KernelPath.allCases.filter { $0.isSupported && $0.precision == .fp32 }, [1, 2])
    func outputsAndGradients(on path: KernelPath, threads: Int) throws {
        let compute = Compute(threads: threads, path: path)
        let batch = RaggedBatch(lengths: lengths)
        var tape = BiLSTM<Float>.Tape(network.shape)
        network.forward(batch, inputs: try rows("input", batch), masks: nil, tape: &tape, on: compute)
        expectEqual(tape.logits, try rows("logits", batch), columns: 3)
        expectEqual(tape.topOutput, try rows("output", batch), columns: 34, place: { $0 < 17 ? $0 : $0 + 15 })

        let logitGradient = try rows("logit_gradient", batch)
        tape.logitGradient = Matrix(rows: batch.rowCount, columns: 16)
        for row in 0..<batch.rowCount {
            for label in 0..<3 { tape.logitGradient[row, label] = logitGradient[row, label] }
        }
        var gradient = Matrix<Float>(rows: 1, columns: network.layout.count)
        network.backward(batch, tape: &tape, gradient: &gradient, on: compute)
        for parameter in network.layout.parameters {
            // PyTorch's two biases have the same gradient.
            for name in [parameter.name, parameter.twin].compactMap({ $0 }) {
                let expected = try #require(file["grad." + name])
                parameter.forEachPosition { index, position in
                    #expect(isClose(gradient[0, position], expected.values[index]), "\(name) \(index)")
                }
            }
        }
    }

    @Test func inferenceEqualsTraining() throws {
        let compute = Compute(threads: 1)
        let batch = RaggedBatch(lengths: lengths)
        let inputs = try rows("input", batch)
        var tape = BiLSTM<Float>.Tape(network.shape)
        network.forward(batch, inputs: inputs, masks: nil, tape: &tape, on: compute)
        #expect(network.logits(batch, inputs: inputs, on: compute).elements == tape.logits.elements)
    }

    /// A tensor stored sequence after sequence, as rows of the batch.
    private func rows(_ name: String, _ batch: RaggedBatch) throws -> Matrix<Float> {
        let tensor = try #require(file[name])
        let columns = tensor.shape[1]
        var matrix = Matrix<Float>(rows: batch.rowCount, columns: columns)
        let starts = lengths.indices.map { lengths[..<$0].reduce(0, +) }
        for (place, sequence) in batch.order.enumerated() {
            for step in 0..<lengths[sequence] {
                for column in 0..<columns {
                    matrix[batch.row(sequence: place, step: step), column] =
                        tensor.values[(starts[sequence] + step) * columns + column]
                }
            }
        }
        return matrix
    }

    private func expectEqual(
        _ got: Matrix<Float>, _ expected: Matrix<Float>, columns: Int, place: (Int) -> Int = { $0 }
    ) {
        #expect(got.rows == expected.rows && expected.columns == columns)
        for row in 0..<got.rows {
            for column in 0..<columns {
                #expect(isClose(got[row, place(column)], expected[row, column]), "row \(row) column \(column)")
            }
        }
    }

    /// Within 1e-5, absolutely or relative to the larger.
    private func isClose(_ a: Float, _ b: Float) -> Bool { abs(a - b) <= 1e-5 * max(1, abs(a), abs(b)) }
}
