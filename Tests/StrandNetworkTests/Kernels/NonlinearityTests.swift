import CStrandKernels
import Testing

@testable import StrandNetwork

/// The vectorised sigmoid and tanh, seen through the gates of an LSTM whose input weights pass x on unchanged.
@Suite struct NonlinearityTests {
    /// Dense where the functions bend, sparse in the tails; every kind of number a sum of products can be.
    static let grid: [Float] =
        (-400_000...400_000).map { Float($0) * 0x1p-14 } + (-1000...1000).map { Float($0) / 10 }
        + [0, 1, 87, 88, 89, 100, 1e4, 1e30, .greatestFiniteMagnitude, .infinity, .leastNonzeroMagnitude, 0x1p-130]
        .flatMap {
            [$0, -$0]
        }

    /// The i and g gates of sums x, 16 units a row: sigmoid(x) and tanh(x).
    private func gates(_ kernels: strand_kernels, _ x: [Float]) -> (sigmoid: [Float], tanh: [Float]) {
        let rows = (x.count + 15) / 16
        let gates = GuardedMemory<Float>(rows * 64)
        let output = GuardedMemory<Float>(rows * 16)
        let cells = GuardedMemory<Float>(rows * 16)
        let scratch = GuardedMemory<Float>(kernels.recurrent_scratch(1, 1, 16))
        let zeros = GuardedMemory<Float>(Array(repeating: 0.0, count: 16 * 64))
        let input = GuardedMemory<Float>([0.0])
        let bias = GuardedMemory<Float>(64)
        let view = TestView.rowMajor(1, 1)
        for row in 0..<rows {
            // No input, no recurrence: the bias alone reaches the gates.
            for column in 0..<64 { bias[column] = x[min(row * 16 + column % 16, x.count - 1)] }
            withPointers(to: gates, output, cells, scratch, zeros, input, bias) {
                let (gates, output, cells, scratch, zeros, input, bias) = ($0, $1, $2, $3, $4, $5, $6)
                let first: [Int32] = [0]
                let rows: [Int32] = [1]
                RaggedBatch.Steps(first: first, rows: rows).withSteps { steps in
                    var call = strand_recurrent()
                    call.cell = STRAND_LSTM
                    call.steps = steps
                    (call.rows, call.inputs, call.hidden) = (1, 1, 16)
                    (call.w_ih, call.w_hh, call.bias) = (
                        UnsafeRawPointer(zeros), UnsafeRawPointer(zeros), UnsafeRawPointer(bias)
                    )
                    call.x = view(input)
                    call.y = UnsafeMutableRawPointer(output + row * 16)
                    call.y_stride = 16
                    call.gates = UnsafeMutableRawPointer(gates + row * 64)
                    call.cells = UnsafeMutableRawPointer(cells + row * 16)
                    call.scratch = UnsafeMutableRawPointer(scratch)
                    kernels.recurrent_forward(&call)
                }
            }
        }
        func gate(_ gate: Int) -> [Float] { x.indices.map { gates[$0 / 16 * 64 + gate * 16 + $0 % 16] } }
        return (gate(0), gate(2))
    }

    /// Absolute errors. Measured over the grid: sigmoid 9.6e-8, tanh 1.86e-7; without fused multiply-add 9.96e-8, 1.992e-7.
    @Test(arguments: TestedTable.floats + TestedTable.bf16) func bounds(_ table: TestedTable) {
        let (sigmoid, tanh) = gates(table.kernels, Self.grid)
        #expect(sigmoid.allSatisfy { (0...1).contains($0) } && tanh.allSatisfy { (-1...1).contains($0) })
        let sigmoidError = zip(Self.grid, sigmoid).map { abs(logistic(Double($0)) - Double($1)) }.max() ?? .nan
        let tanhError = zip(Self.grid, tanh).map { abs(hyperbolicTangent(Double($0)) - Double($1)) }.max() ?? .nan
        #expect(sigmoidError <= 1e-7)
        #expect(tanhError <= 2e-7)
    }

    @Test(arguments: TestedTable.floats + TestedTable.bf16) func ends(_ table: TestedTable) {
        let (sigmoid, tanh) = gates(table.kernels, [100, -100, 1e4, -1e4, 0, -0.0, .leastNonzeroMagnitude])
        #expect(sigmoid[0] == 1 && sigmoid[1] < 1e-37 && sigmoid[2] == 1 && sigmoid[3] < 1e-37)
        #expect(sigmoid[4...].allSatisfy { $0 == 0.5 })
        #expect(tanh == [1, -1, 1, -1, 0, 0, 0])
    }
}
