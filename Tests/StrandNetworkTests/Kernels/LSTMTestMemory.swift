import CStrandKernels

@testable import StrandNetwork

/// The guarded memory of one `LSTMTestPass` in one scalar.
struct LSTMTestMemory<Scalar: KernelScalar> {
    let xView: TestView
    /// The columns of one direction of two.
    let yView: TestView
    let x: GuardedMemory<Scalar>
    var y: GuardedMemory<Scalar>
    let dy: GuardedMemory<Scalar>
    let gates: GuardedMemory<Scalar>
    let cells: GuardedMemory<Scalar>
    let scratch: GuardedMemory<Scalar>
    private let inputWeights: GuardedMemory<Scalar>
    private let recurrentWeights: GuardedMemory<Scalar>
    private let preparedInputWeights: GuardedMemory<Scalar>
    private let preparedRecurrentWeights: GuardedMemory<Scalar>
    private let bias: GuardedMemory<Scalar>
    /// Largest difference from the twin.
    private let bound: Double
    private let rows: Int
    private let hidden: Int

    init(_ pass: LSTMTestPass, xView: TestView, kernels: strand_kernels) {
        let twin = pass.twin
        (rows, hidden) = (pass.batch.rowCount, twin.hidden)
        self.xView = xView
        yView = .rowMajor(rows, hidden, slack: hidden)
        x = xView.memory(Scalar.self, pass.x)
        y = GuardedMemory(yView.count)
        dy = yView.memory(Scalar.self, pass.dy)
        gates = GuardedMemory(rows * 4 * hidden)
        cells = GuardedMemory(rows * hidden)
        scratch = GuardedMemory(kernels.lstm_scratch(pass.batch.width, twin.inputs, hidden))
        bound = KernelTwinTests.bound(Scalar.self, roundsOperands: kernels.prepare != nil)
        inputWeights = GuardedMemory(Self.packed(twin.inputWeights, inner: twin.inputs))
        recurrentWeights = GuardedMemory(Self.packed(twin.recurrentWeights, inner: hidden))
        preparedInputWeights = TestPacking(inner: twin.inputs, columns: 4 * hidden).prepared(inputWeights, kernels)
        preparedRecurrentWeights = TestPacking(inner: hidden, columns: 4 * hidden).prepared(recurrentWeights, kernels)
        bias = GuardedMemory(Self.packed(twin.bias, inner: 1))
    }

    /// Weights (4H, inner) as H/16 panels of inner x (i, f, g, o) x 16.
    private static func packed(_ weights: [Double], inner: Int) -> [Double] {
        let hidden = weights.count / inner / 4
        var packed = weights
        for row in 0..<4 * hidden {
            let (gate, unit) = row.quotientAndRemainder(dividingBy: hidden)
            for k in 0..<inner {
                packed[unit / 16 * 64 * inner + k * 64 + gate * 16 + unit % 16] = weights[row * inner + k]
            }
        }
        return packed
    }

    /// Every gate and cell is a number, and nothing is written around them and the outputs.
    var isIntact: Bool {
        y.holdsNumbers(rows * hidden) && gates.holdsNumbers(gates.count) && cells.holdsNumbers(cells.count)
            && scratch.isIntact
    }

    private func withCall(_ pass: LSTMTestPass, isTraining: Bool, _ body: (inout strand_lstm) -> Void) {
        pass.batch.steps(pass.direction).withSteps { steps in
            withPointers(to: x, y, gates, cells, scratch, preparedInputWeights, preparedRecurrentWeights, bias) {
                var call = strand_lstm(
                    steps: steps, rows: rows, inputs: pass.twin.inputs, hidden: hidden, w_ih: $5, w_hh: $6, bias: $7,
                    x: xView($0), x_is_operands: false, y: $1, y_stride: yView.rowStride, y_is_operands: false,
                    gates: isTraining ? $2 : nil,
                    cells: isTraining ? $3 : nil, scratch: $4)
                body(&call)
            }
        }
    }

    mutating func forward(_ kernels: strand_kernels, _ pass: LSTMTestPass, isTraining: Bool) {
        y = GuardedMemory(yView.count)
        withCall(pass, isTraining: isTraining) { kernels.lstm_forward(&$0) }
    }

    func backward(_ kernels: strand_kernels, _ pass: LSTMTestPass) {
        let transposed = GuardedMemory<Scalar>(4 * hidden * hidden)
        withPointers(to: recurrentWeights, transposed, dy) { w, transposed, dy in
            kernels.transpose(hidden, 4 * hidden, w, transposed)
            withCall(pass, isTraining: true) { kernels.lstm_backward(&$0, dy, yView.rowStride, transposed) }
        }
    }

    private func gate(_ gate: Int, _ row: Int, _ unit: Int) -> Double {
        Double(gates[(unit / 16 * rows + row) * 64 + gate * 16 + unit % 16])
    }

    func firstForwardDifference(_ pass: LSTMTestPass) -> String? {
        for (row, step) in pass.steps.enumerated() {
            for unit in 0..<hidden {
                let pairs = [
                    (gate(0, row, unit), step.i[unit]), (gate(1, row, unit), step.f[unit]),
                    (gate(2, row, unit), step.g[unit]), (gate(3, row, unit), step.o[unit]),
                    (Double(cells[(unit / 16 * rows + row) * 16 + unit % 16]), step.c[unit]),
                    (Double(y[yView.place(row, unit)]), step.h[unit]),
                ]
                for (part, pair) in pairs.enumerated() where !(abs(pair.0 - pair.1) <= bound) {
                    return "row \(row) unit \(unit) part \(part): \(pair)"
                }
            }
        }
        return nil
    }

    func firstBackwardDifference(_ pass: LSTMTestPass) -> String? {
        for (row, gradient) in pass.gradients.enumerated() {
            for index in gradient.indices {
                let got = gate(index / hidden, row, index % hidden)
                if !(abs(got - gradient[index]) <= bound) {
                    return "row \(row) gate \(index / hidden) unit \(index % hidden): \(got) for \(gradient[index])"
                }
            }
        }
        return nil
    }
}
