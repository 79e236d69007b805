import CStrandKernels
import Testing

@testable import StrandNetwork

/// The kernels with 8-bit products: the same bits as their twin, on every path.
@Suite struct Int8KernelTests {
    /// What the lower of two layers sees.
    enum Input: CaseIterable { case oneHot, numbers }

    @Test(arguments: RecurrentCell.allCases, [16, 32, 48, 80, 144]) func layers(_ cell: RecurrentCell, hidden: Int) {
        for lengths in KernelTwinTests.raggedLengths where hidden == 16 || lengths.count < 20 {
            for (direction, input) in [(0, Input.oneHot), (1, .numbers)] {
                for inputs in hidden == 16 ? [1, 5, 21, 66] : [21] {
                    let pass = Int8TestPass(
                        cell, lengths: lengths, inputs: inputs, hidden: hidden, direction: direction, input: input)
                    for table in TestedTable.int8 {
                        let difference = pass.firstDifference(table.kernels)
                        #expect(difference == nil, "\(table) \(lengths) \(inputs) inputs, \(input)")
                    }
                }
            }
        }
    }

    /// Units of 1 and -1 with weights that are all 127 or -127: the largest sums there are, over more units than a float holds exactly.
    @Test(arguments: [64, 1040, 2048]) func extremes(hidden: Int) {
        for (unitSign, weightSigns) in [(1, [1, 1]), (-1, [1, 1]), (1, [-1, -1]), (-1, [-1, -1]), (1, [1, -1])] {
            var generator = SeededGenerator(seed: 1)
            var twin = Int8Twin(.rnn, inputs: 1, hidden: hidden, seesUnits: false, using: &generator)
            twin.inputWeights = Array(repeating: 0, count: hidden)
            twin.bias = Array(repeating: Float(unitSign * 20), count: hidden)
            // Small, so that the second step's h still tells what the sum was.
            twin.recurrentWeights = (0..<hidden * hidden).map { Float(weightSigns[$0 % 2]) * 0x1p-14 }
            var second = twin
            second.bias = Array(repeating: 0, count: hidden)
            let pass = Int8TestPass(twin, lengths: [2, 2, 1], x: Array(repeating: 1, count: 5))
            for table in TestedTable.int8 { #expect(pass.firstDifference(table.kernels) == nil, "\(table)") }
        }
    }

    /// Weights that are whole multiples of their scale are given the same numbers again.
    @Test func quantisingTwiceIsQuantisingOnce() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<10_000 {
            let weights = generator.floats(8, within: exponential(generator.uniform(within: 20))).map { Float($0) }
            let scale = strand_scale_of(weights.map(abs).max() ?? 0)
            let numbers = weights.map { strand_multiple_of(scale, $0) }
            #expect(numbers.map(abs).max() == 127)
            let again = numbers.map { Float($0) * scale }
            let scaleAgain = strand_scale_of(again.map(abs).max() ?? 0)
            #expect(scaleAgain == scale && again.map { strand_multiple_of(scaleAgain, $0) } == numbers)
            #expect(zip(weights, again).allSatisfy { abs($0 - $1) <= scale * 0.5001 })
        }
        #expect(strand_scale_of(0) == 0 && strand_multiple_of(0, 0) == 0)
    }

    @Test(arguments: TestedTable.int8, [1, 5, 16, 21, 64, 200]) func affine(_ table: TestedTable, inner: Int) {
        for columns in [16, 64, 80, 112] {
            var generator = SeededGenerator(seed: UInt64(inner + columns))
            let rows = 11
            let (a, w, bias) = (
                generator.floats(rows * inner), generator.floats(inner * columns), generator.floats(columns)
            )
            let packing = TestPacking(inner: inner, columns: columns)
            let view = TestView.rowMajor(rows, inner, slack: 16)
            let output = TestView.rowMajor(rows, columns)
            let c = GuardedMemory<Float>(output.count)
            let kernels = table.kernels
            withPointers(
                to: view.memory(Float.self, a), GuardedMemory<Float>(packing.packed(w)), GuardedMemory<Float>(bias), c,
                GuardedMemory<Float>(kernels.affine_scratch(rows, inner))
            ) { kernels.affine(rows, inner, columns, view($0), false, $1, $2, output($3), $4) }
            #expect(c.holdsNumbers(rows * columns))
            for row in 0..<rows {
                for column in 0..<columns {
                    var sum = Float(bias[column])
                    for k in 0..<inner { sum = sum + Float(a[row * inner + k]) * Float(w[k * columns + column]) }
                    #expect(c[output.offset(row, column)] == sum)
                }
            }
        }
    }
}

/// Two layers of one direction over a ragged batch, or one, and what their twin makes of them.
struct Int8TestPass {
    let batch: RaggedBatch
    let direction: Int
    let layers: [Int8Twin]
    /// (N, I)
    let x: [Float]
    /// For each row of the batch (H).
    private(set) var h: [[Float]]

    init(
        _ cell: RecurrentCell, lengths: [Int], inputs: Int, hidden: Int, direction: Int, input: Int8KernelTests.Input
    ) {
        var generator = SeededGenerator(seed: UInt64(hidden * 100 + inputs))
        let rows = lengths.reduce(0, +)
        let x: [Float] =
            switch input {
            case .numbers: generator.floats(rows * inputs).map { Float($0) }
            case .oneHot: (0..<rows).flatMap { row in (0..<inputs).map { $0 == row * 7 % inputs ? 1 : 0 } }
            }
        let layers = [
            Int8Twin(cell, inputs: inputs, hidden: hidden, seesUnits: false, using: &generator),
            Int8Twin(cell, inputs: hidden, hidden: hidden, seesUnits: true, using: &generator),
        ]
        self.init(layers, lengths: lengths, x: x, direction: direction)
    }

    init(_ layer: Int8Twin, lengths: [Int], x: [Float]) { self.init([layer], lengths: lengths, x: x, direction: 0) }

    private init(_ layers: [Int8Twin], lengths: [Int], x: [Float], direction: Int) {
        batch = RaggedBatch(lengths: lengths)
        (self.layers, self.x, self.direction) = (layers, x, direction)
        h = Array(repeating: [], count: batch.rowCount)
        let inputs = layers[0].inputs
        for sequence in batch.lengths.indices {
            let forward = (0..<batch.lengths[sequence]).map { batch.row(sequence: sequence, step: $0) }
            let rows = direction == 0 ? forward : forward.reversed()
            var values = rows.map { Array(x[$0 * inputs..<($0 + 1) * inputs]) }
            for layer in layers { values = layer.forward(values) }
            for (row, value) in zip(rows, values) { h[row] = value }
        }
    }

    /// Where the kernels' last layer differs from the twin's in a bit.
    func firstDifference(_ kernels: strand_kernels) -> String? {
        let (rows, hidden) = (batch.rowCount, layers[0].hidden)
        var input = GuardedMemory<Float>(x.map { Double($0) })
        for (index, layer) in layers.enumerated() {
            let isLast = index == layers.count - 1
            let y = GuardedMemory<Float>(rows * hidden)
            let scratch = GuardedMemory<Float>(
                kernels.recurrent_scratch(batch.sequences, layer.inputs, hidden), filler: 1.7)
            let packed = PackedInt8Layer(layer, kernels)
            batch.steps(direction).withSteps { steps in
                packed.withCall { call in
                    withPointers(to: input, y, scratch) { x, y, scratch in
                        call.steps = steps
                        (call.rows, call.inputs, call.hidden) = (rows, layer.inputs, hidden)
                        call.x = strand_view(data: x, row_stride: layer.inputs, block_columns: 64, block_stride: 64)
                        call.x_is_operands = layer.seesUnits
                        call.y = UnsafeMutableRawPointer(y)
                        call.y_stride = hidden
                        call.y_is_operands = !isLast
                        call.scratch = UnsafeMutableRawPointer(scratch)
                        kernels.recurrent_forward(&call)
                    }
                }
            }
            guard y.isIntact, scratch.isIntact else { return "written outside" }
            input = y
        }
        for row in 0..<rows {
            for unit in 0..<hidden where input[row * hidden + unit].bitPattern != h[row][unit].bitPattern {
                return "row \(row) unit \(unit): \(input[row * hidden + unit]) for \(h[row][unit])"
            }
        }
        return nil
    }
}

/// The weights of a layer as the kernels read them.
private struct PackedInt8Layer {
    private let cell: RecurrentCell
    private let memories: [GuardedMemory<Float>]

    init(_ twin: Int8Twin, _ kernels: strand_kernels) {
        cell = twin.cell
        let hidden = twin.hidden
        let panels = GatePanels(cell: twin.cell.layout, hidden: hidden)
        let (units, gates) = (panels.cell.unitsPerPanel, panels.cell.gates)
        func packed(_ weights: [Float], inner: Int, _ slots: [Int], isPrepared: Bool) -> GuardedMemory<Float> {
            let packing = TestPacking(inner: inner, columns: gates * hidden, panel: gates * units)
            var packed = weights.map { Double($0) }
            for row in 0..<gates * hidden {
                let (gate, unit) = row.quotientAndRemainder(dividingBy: hidden)
                let column = (unit / units * gates + slots[gate]) * units + unit % units
                for k in 0..<inner { packed[packing.offset(k, column)] = Double(weights[row * inner + k]) }
            }
            let memory = GuardedMemory<Float>(packed)
            return isPrepared ? packing.prepared(memory, kernels) : memory
        }
        let (ofInputs, ofUnits) = (panels.cell.inputSlots, panels.cell.recurrentSlots)
        memories = [
            packed(twin.inputWeights, inner: twin.inputs, ofInputs, isPrepared: twin.seesUnits),
            packed(twin.recurrentWeights, inner: hidden, ofUnits, isPrepared: true),
            packed(twin.bias, inner: 1, ofInputs, isPrepared: false),
            packed(twin.recurrentBias, inner: 1, ofUnits, isPrepared: false),
            GuardedMemory(
                (0..<3 * hidden).map { Double(twin.peepholes[$0 % 48 / 16 * hidden + $0 / 48 * 16 + $0 % 16]) }),
        ]
    }

    func withCall(_ body: (inout strand_recurrent) -> Void) {
        withPointers(to: memories[0], memories[1], memories[2], memories[3], memories[4]) {
            var call = strand_recurrent()
            call.cell = cell.traits.kernelCell
            (call.w_ih, call.w_hh, call.bias) = (UnsafeRawPointer($0), UnsafeRawPointer($1), UnsafeRawPointer($2))
            if cell.layout.hasRecurrentBias { call.recurrent_bias = UnsafeRawPointer($3) }
            if cell.layout.peepholes > 0 { call.peepholes = UnsafeRawPointer($4) }
            body(&call)
        }
    }
}
