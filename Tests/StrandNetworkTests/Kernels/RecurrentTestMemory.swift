import CStrandKernels

@testable import StrandNetwork

/// The guarded memory of one `RecurrentTestPass` in one scalar.
struct RecurrentTestMemory<Scalar: KernelScalar> {
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
    private let recurrentBias: GuardedMemory<Scalar>
    private let peepholes: GuardedMemory<Scalar>
    private let peepholeGradient: GuardedMemory<Scalar>
    /// Largest difference from the twin.
    private let bound: Double
    private let cell: RecurrentCell
    private let panels: GatePanels
    private let rows: Int
    private let hidden: Int

    init(_ pass: RecurrentTestPass, xView: TestView, kernels: strand_kernels) {
        let twin = pass.twin
        (cell, rows, hidden) = (twin.cell, pass.batch.rowCount, twin.hidden)
        self.xView = xView
        yView = .rowMajor(rows, hidden, slack: hidden)
        x = xView.memory(Scalar.self, pass.x)
        y = GuardedMemory(yView.count)
        dy = yView.memory(Scalar.self, pass.dy)
        panels = GatePanels(cell: twin.cell.layout, hidden: hidden)
        gates = GuardedMemory(panels.count * rows * 64)
        cells = GuardedMemory(panels.cell.hasState ? rows * hidden : 0)
        scratch = GuardedMemory(kernels.recurrent_scratch(pass.batch.sequences, twin.inputs, hidden))
        bound = KernelTwinTests.bound(Scalar.self, roundsOperands: kernels.prepare != nil)

        let (panels, hidden) = (panels, hidden)
        let (ofInputs, ofUnits) = (panels.cell.inputSlots, panels.cell.recurrentSlots)
        func packed(_ weights: [Double], inner: Int, _ slots: [Int]) -> GuardedMemory<Scalar> {
            let (columns, units) = (slots.count * hidden, panels.cell.unitsPerPanel)
            let packing = TestPacking(inner: inner, columns: columns, panel: slots.count * units)
            var packed = weights
            for row in 0..<columns {
                let (gate, unit) = row.quotientAndRemainder(dividingBy: hidden)
                let column = (unit / units * slots.count + slots[gate]) * units + unit % units
                for k in 0..<inner { packed[packing.offset(k, column)] = weights[row * inner + k] }
            }
            return GuardedMemory(packed)
        }
        func prepared(_ weights: GuardedMemory<Scalar>, inner: Int) -> GuardedMemory<Scalar> {
            let packing = TestPacking(inner: inner, columns: panels.columns, panel: panels.weightColumns)
            return packing.prepared(weights, kernels)
        }
        inputWeights = packed(twin.inputWeights, inner: twin.inputs, ofInputs)
        recurrentWeights = packed(twin.recurrentWeights, inner: hidden, ofUnits)
        preparedInputWeights = prepared(inputWeights, inner: twin.inputs)
        preparedRecurrentWeights = prepared(recurrentWeights, inner: hidden)
        bias = packed(twin.bias, inner: 1, ofInputs)
        recurrentBias = packed(twin.recurrentBias, inner: 1, ofUnits)
        peepholes = GuardedMemory((0..<3 * hidden).map { twin.peepholes[Self.peephole($0, hidden)] })
        // What is there is added to.
        peepholeGradient = GuardedMemory([Double](repeating: 1, count: 3 * hidden), filler: 1.7)
    }

    /// The index among i, f, o of all units of the element at `index` in panels of (i, f, o) x 16.
    private static func peephole(_ index: Int, _ hidden: Int) -> Int {
        index % 48 / 16 * hidden + index / 48 * 16 + index % 16
    }

    /// Numbers the cell keeps of a unit: its gates, and what lies before the sums over units.
    private var keptGates: Int { panels.cell.gates + panels.cell.recurrentColumn / 16 }

    /// Every gate and cell is a number, and nothing is written around them and the outputs.
    var isIntact: Bool {
        y.holdsNumbers(rows * hidden) && gates.holdsNumbers(keptGates * rows * hidden)
            && cells.holdsNumbers(cells.count) && scratch.isIntact && peepholeGradient.isIntact
    }

    private func withCall(_ pass: RecurrentTestPass, isTraining: Bool, _ body: (inout strand_recurrent) -> Void) {
        pass.batch.steps(pass.direction).withSteps { steps in
            withPointers(to: x, y, gates, cells, scratch, preparedInputWeights, preparedRecurrentWeights) {
                x, y, gates, cells, scratch, inputWeights, recurrentWeights in
                withPointers(to: bias, recurrentBias, peepholes) { bias, recurrentBias, peepholes in
                    var call = strand_recurrent()
                    call.cell = cell.traits.kernelCell
                    call.steps = steps
                    (call.rows, call.inputs, call.hidden) = (rows, pass.twin.inputs, hidden)
                    call.w_ih = UnsafeRawPointer(inputWeights)
                    call.w_hh = UnsafeRawPointer(recurrentWeights)
                    call.bias = UnsafeRawPointer(bias)
                    if panels.cell.hasRecurrentBias { call.recurrent_bias = UnsafeRawPointer(recurrentBias) }
                    if panels.cell.peepholes > 0 { call.peepholes = UnsafeRawPointer(peepholes) }
                    call.x = xView(x)
                    call.y = UnsafeMutableRawPointer(y)
                    call.y_stride = yView.rowStride
                    if isTraining {
                        call.gates = UnsafeMutableRawPointer(gates)
                        if panels.cell.hasState { call.cells = UnsafeMutableRawPointer(cells) }
                    }
                    call.scratch = UnsafeMutableRawPointer(scratch)
                    body(&call)
                }
            }
        }
    }

    mutating func forward(_ kernels: strand_kernels, _ pass: RecurrentTestPass, isTraining: Bool) {
        y = GuardedMemory(yView.count)
        withCall(pass, isTraining: isTraining) { kernels.recurrent_forward(&$0) }
    }

    func backward(_ kernels: strand_kernels, _ pass: RecurrentTestPass) {
        let transposed = GuardedMemory<Scalar>(panels.columns * hidden)
        withPointers(to: recurrentWeights, transposed, dy, peepholeGradient) { w, transposed, dy, peepholes in
            kernels.transpose(hidden, panels.columns, panels.weightColumns, w, transposed)
            withCall(pass, isTraining: true) {
                kernels.recurrent_backward(
                    &$0, dy, yView.rowStride, transposed, cell == .peepholeLSTM ? peepholes : nil)
            }
        }
    }

    private func gate(_ gate: Int, _ row: Int, _ unit: Int) -> Double {
        let units = panels.cell.unitsPerPanel
        return Double(gates[(unit / units * rows + row) * 64 + gate * units + unit % units])
    }

    /// The first pair of numbers near 1 that differ, or the one that may be any size.
    private func firstDifference(_ pairs: [(Double, Double)], _ large: (Double, Double)) -> String? {
        for (part, pair) in pairs.enumerated() where !(abs(pair.0 - pair.1) <= bound) { return "part \(part): \(pair)" }
        return abs(large.0 - large.1) <= 2 * bound * max(1, abs(large.1)) ? nil : "large part: \(large)"
    }

    func firstOutputDifference(_ pass: RecurrentTestPass) -> String? {
        for (row, step) in pass.steps.enumerated() {
            for unit in 0..<hidden {
                let h = Double(y[yView.offset(row, unit)])
                if !(abs(h - step.h[unit]) <= bound) { return "row \(row) unit \(unit): \(h) for \(step.h[unit])" }
            }
        }
        return nil
    }

    func firstForwardDifference(_ pass: RecurrentTestPass) -> String? {
        for (row, step) in pass.steps.enumerated() {
            for unit in 0..<hidden {
                var pairs = step.kept.indices.map { (gate($0, row, unit), step.kept[$0][unit]) }
                pairs.append((Double(y[yView.offset(row, unit)]), step.h[unit]))
                let state =
                    !panels.cell.hasState ? nil : Double(cells[(unit / 16 * rows + row) * 16 + unit % 16])
                if let part = firstDifference(pairs, (state ?? step.state[unit], step.state[unit])) {
                    return "row \(row) unit \(unit) \(part)"
                }
            }
        }
        return nil
    }

    func firstBackwardDifference(_ pass: RecurrentTestPass) -> String? {
        for row in pass.sums.indices {
            for unit in 0..<hidden {
                let pairs = pass.sums[row].indices.map { (gate($0, row, unit), pass.sums[row][$0][unit]) }
                let dh = (Double(dy[yView.offset(row, unit)]), pass.dh[row][unit])
                if let part = firstDifference(pairs, dh) { return "row \(row) unit \(unit) \(part)" }
            }
        }
        guard cell == .peepholeLSTM else { return nil }
        let most = bound * Double(rows).squareRoot()
        for index in 0..<3 * hidden {
            let expected = 1 + pass.peepholes[Self.peephole(index, hidden)]
            if !(abs(Double(peepholeGradient[index]) - expected) <= most) {
                return "peephole \(index): \(peepholeGradient[index]) for \(expected)"
            }
        }
        return nil
    }
}
