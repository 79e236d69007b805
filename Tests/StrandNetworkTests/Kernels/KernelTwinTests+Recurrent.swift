import CStrandKernels
import Testing

@testable import StrandNetwork

extension KernelTwinTests {
    /// Ragged batches: single steps, equal lengths, growing and shrinking rows, more rows than are projected at once (128)
    /// in one step and in several.
    static let raggedLengths: [[Int]] = [
        [1], [3], [1, 1, 1], [4, 2, 1], [5, 5], [1, 7, 3, 1, 3], Array(1...13), Array(repeating: 2, count: 65) + [3],
        (0..<140).map { 1 + $0 % 3 },
    ]

    /// Absolute, of gates whose sums are about 1, over at most 13 steps: 1.9e-6 for floats, 3.6e-15 for doubles.
    /// Measured: 6.6e-7 and 8.9e-16.
    /// With operands rounded to bfloat16, whose last bit is 2^-8: 0.02.
    /// States and gradients of h grow beyond 1: of those it is relative, and twice that. Peepholes' gradients are sums
    /// over all rows, of up to 280 such numbers.
    static func bound<Scalar: KernelScalar>(_: Scalar.Type, roundsOperands: Bool) -> Double {
        roundsOperands ? 0.02 : 16 * Double(Scalar.ulpOfOne)
    }

    @Test(arguments: RecurrentCell.allCases, [16, 32, 48, 80]) func recurrent(_ cell: RecurrentCell, hidden: Int) {
        for inputs in [1, 5, 16, 21, 64, 70] {
            for lengths in Self.raggedLengths where hidden == 16 && inputs < 16 || lengths.count < 60 {
                for direction in 0...1 {
                    let pass = RecurrentTestPass(
                        cell, lengths: lengths, inputs: inputs, hidden: hidden, direction: direction)
                    for table in TestedTable.all {
                        let difference = table.check(
                            pass.firstDifference(table.kernels, Float.self),
                            pass.firstDifference(table.kernels, Double.self))
                        #expect(difference == nil, "\(table) \(lengths) \(inputs) inputs, direction \(direction)")
                    }
                }
            }
        }
    }
}

/// One pass of one direction over a ragged batch, and what its twin makes of it.
struct RecurrentTestPass {
    let batch: RaggedBatch
    let direction: Int
    let twin: PlainTwin.Recurrent
    let x: [Double]
    let dy: [Double]
    /// For each row of the batch.
    var steps: [PlainTwin.Recurrent.Step]
    /// For each row of the batch the gradients of the sums.
    var sums: [[[Double]]]
    /// For each row of the batch.
    var dh: [[Double]]
    /// (3H), the sum over all sequences.
    var peepholes: [Double]

    init(_ cell: RecurrentCell, lengths: [Int], inputs: Int, hidden: Int, direction: Int) {
        var generator = SeededGenerator(seed: UInt64(hidden * 100 + inputs))
        batch = RaggedBatch(lengths: lengths)
        self.direction = direction
        twin = PlainTwin.Recurrent(cell, inputs: inputs, hidden: hidden, using: &generator)
        x = generator.floats(batch.rowCount * inputs)
        dy = generator.floats(batch.rowCount * hidden)
        steps = Array(repeating: .init(), count: batch.rowCount)
        sums = Array(repeating: [], count: batch.rowCount)
        dh = Array(repeating: [], count: batch.rowCount)
        peepholes = Array(repeating: 0, count: 3 * hidden)
        for sequence in batch.lengths.indices {
            let forward = (0..<batch.lengths[sequence]).map { batch.row(sequence: sequence, step: $0) }
            let rows = direction == 0 ? forward : forward.reversed()
            let trace = twin.forward(rows.map { Array(x[$0 * inputs..<($0 + 1) * inputs]) })
            let back = twin.backward(trace, rows.map { Array(dy[$0 * hidden..<($0 + 1) * hidden]) })
            for (t, row) in rows.enumerated() { (steps[row], sums[row], dh[row]) = (trace[t], back.sums[t], back.h[t]) }
            for index in peepholes.indices { peepholes[index] += back.peepholes[index] }
        }
    }

    func firstDifference<Scalar: KernelScalar>(_ kernels: strand_kernels, _: Scalar.Type) -> String? {
        let (rows, hidden) = (batch.rowCount, twin.hidden)
        for xView in TestView.all(rows, twin.inputs) {
            var memory = RecurrentTestMemory<Scalar>(self, xView: xView, kernels: kernels)
            memory.forward(kernels, self, isTraining: false)
            guard memory.y.holdsNumbers(rows * hidden), memory.scratch.isIntact else {
                return "inference wrote outside"
            }
            if let difference = memory.firstOutputDifference(self) { return "inference \(difference)" }
            memory.forward(kernels, self, isTraining: true)
            guard memory.isIntact else { return "training wrote outside" }
            if let difference = memory.firstForwardDifference(self) { return "forward \(difference)" }
            memory.backward(kernels, self)
            guard memory.isIntact else { return "backward wrote outside" }
            if let difference = memory.firstBackwardDifference(self) { return "backward \(difference)" }
        }
        return nil
    }
}
