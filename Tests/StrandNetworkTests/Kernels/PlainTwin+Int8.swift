import CStrandKernels

@testable import StrandNetwork

/// One direction of a recurrent layer with 8-bit products, one sequence at a time, in the arithmetic of the kernels: their
/// results are the same bits.
struct Int8Twin: Sendable {
    let cell: RecurrentCell
    let inputs: Int
    let hidden: Int
    /// Whether inputs are units of a layer below, and their products those of 8 bits.
    let seesUnits: Bool
    /// (GH, I), (GH, H), G gates, in PyTorch's order.
    var inputWeights: [Float]
    var recurrentWeights: [Float]
    /// (GH), (GH), (3H)
    var bias: [Float]
    var recurrentBias: [Float]
    var peepholes: [Float]

    /// Weights that are as large as those of a trained network.
    init(_ cell: RecurrentCell, inputs: Int, hidden: Int, seesUnits: Bool, using generator: inout SeededGenerator) {
        let twin = PlainTwin.Recurrent(cell, inputs: inputs, hidden: hidden, using: &generator)
        (self.cell, self.inputs, self.hidden, self.seesUnits) = (cell, inputs, hidden, seesUnits)
        inputWeights = twin.inputWeights.map { Float($0) }
        recurrentWeights = twin.recurrentWeights.map { Float($0) }
        bias = twin.bias.map { Float($0) }
        recurrentBias = twin.recurrentBias.map { Float($0) }
        peepholes = twin.peepholes.map { Float($0) }
    }

    /// h of every step of x (T, I).
    func forward(_ x: [[Float]]) -> [[Float]] {
        let ofUnits = Quantised(recurrentWeights, columns: hidden)
        let ofInputs = seesUnits ? Quantised(inputWeights, columns: inputs) : nil
        var (h, state): ([Float], [Float]) = ([], [])
        return x.map { input in
            let isCarried = !h.isEmpty
            let rows = cell.gates * hidden
            var a = bias
            if let ofInputs {
                for row in 0..<rows { a[row] = a[row] + ofInputs.product(row, input) }
            } else {
                for row in 0..<rows {
                    for k in 0..<inputs { a[row] = a[row] + input[k] * inputWeights[row * inputs + k] }
                }
            }
            // The last gate of a GRU or MGU has sums of its own over units; in the others one sum goes on.
            let apart = cell.layout.hasRecurrentBias ? rows - hidden : rows
            var b = [Float](repeating: 0, count: rows)
            for row in 0..<rows {
                if row < apart {
                    if cell.layout.hasRecurrentBias { a[row] = a[row] + recurrentBias[row] }
                    if isCarried { a[row] = a[row] + ofUnits.product(row, h) }
                } else {
                    b[row] = recurrentBias[row]
                    if isCarried { b[row] = b[row] + ofUnits.product(row, h) }
                }
            }
            let before = state
            let step = (0..<hidden).map { unit in
                unitStep(
                    (0..<cell.gates).map { a[$0 * hidden + unit] }, b[rows - hidden + unit],
                    before: isCarried ? before[unit] : nil, peepholes: (0..<3).map { peepholes[$0 * hidden + unit] })
            }
            (h, state) = (step.map(\.h), step.map(\.state))
            return h
        }
    }

    private func unitStep(
        _ a: [Float], _ m: Float, before: Float?, peepholes p: [Float]
    ) -> (h: Float, state: Float) {
        switch cell {
        case .lstm, .peepholeLSTM:
            let hasPeepholes = cell == .peepholeLSTM
            var (sumI, sumF, sumO) = (a[0], a[1], a[3])
            if hasPeepholes, let before {
                sumI = p[0] * before + sumI
                sumF = p[1] * before + sumF
            }
            let (i, f, eG) = (1 + gateExp(sumI), 1 + gateExp(sumF), gateExp(2 * a[2]))
            let iG = i * (1 + eG)
            var above = (1 - eG) * f
            if let before { above = before * iG + above }
            let c = above / (f * iG)
            let eC = gateExp(2 * c)
            if hasPeepholes { sumO = p[2] * c + sumO }
            return ((1 - eC) / ((1 + gateExp(sumO)) * (1 + eC)), c)
        case .gru:
            let (r, z) = (sigmoid(a[0]), sigmoid(a[1]))
            let n = tanh(r * m + a[2])
            let h = z * ((before ?? 0) - n) + n
            return (h, h)
        case .mgu:
            let f = sigmoid(a[0])
            let n = tanh((1 - f) * m + a[1])
            let h = f * ((before ?? 0) - n) + n
            return (h, h)
        case .rnn:
            let h = tanh(a[0])
            return (h, h)
        }
    }

    /// Weights as whole numbers, each row with its scale.
    private struct Quantised {
        let scales: [Float]
        let numbers: [[Int]]

        init(_ weights: [Float], columns: Int) {
            let rows = stride(from: 0, to: weights.count, by: columns).map { Array(weights[$0..<$0 + columns]) }
            let scales = rows.map { strand_scale_of($0.map(abs).max() ?? 0) }
            numbers = zip(rows, scales).map { row, scale in
                row.map { scale > 0 ? Int(($0 / scale).rounded(.toNearestOrEven)) : 0 }
            }
            self.scales = scales.map { $0 / 127 }
        }

        func product(_ row: Int, _ units: [Float]) -> Float {
            let sum = zip(numbers[row], units).reduce(0) { $0 + $1.0 * Int(($1.1 * 127).rounded(.toNearestOrEven)) }
            return scales[row] * Float(sum)
        }
    }

    // MARK: Non-linearities

    private static let log2E: Float = 1.4426950408889634

    private func exp2(_ t: Float) -> Float {
        let t = max(t, -126)
        let rounded = t + 12_582_912
        let f = t - (rounded - 12_582_912)
        var p = f * 1.326472731307149e-3 + 9.671512991189957e-3
        p = p * f + 5.550733581185341e-2
        p = p * f + 0.24022242426872253
        p = p * f + 0.6931470036506653
        p = p * f + 1
        return Float(bitPattern: p.bitPattern &+ rounded.bitPattern << 23)
    }

    private func expMinus(_ x: Float, _ most: Float) -> Float { exp2(min(-Self.log2E * x, most)) }
    private func gateExp(_ x: Float) -> Float { expMinus(x, 40) }
    private func sigmoid(_ x: Float) -> Float { 1 / (1 + expMinus(x, 126)) }
    private func tanh(_ x: Float) -> Float { 2 / (1 + expMinus(2 * x, 126)) - 1 }
}
