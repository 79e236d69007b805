@testable import StrandNetwork

extension PlainTwin {
    /// One direction of a recurrent layer, one sequence at a time. Weights have PyTorch's rows.
    struct Recurrent: Sendable {
        let cell: RecurrentCell
        let inputs: Int
        let hidden: Int
        /// (GH, I), G gates
        var inputWeights: [Double]
        /// (GH, H)
        var recurrentWeights: [Double]
        /// (GH)
        var bias: [Double]
        /// (GH) of a GRU or MGU, else zeros.
        var recurrentBias: [Double]
        /// (3H), i, f, o; zeros where there are none.
        var peepholes: [Double]

        /// Weights as large as those of a trained network, each sum of them about 1.
        init(_ cell: RecurrentCell, inputs: Int, hidden: Int, using generator: inout SeededGenerator) {
            self.cell = cell
            self.inputs = inputs
            self.hidden = hidden
            let rows = cell.gates * hidden
            let (inputLimit, limit) = (1 / Double(inputs).squareRoot(), 1 / Double(hidden).squareRoot())
            inputWeights = generator.floats(rows * inputs, within: inputLimit)
            recurrentWeights = generator.floats(rows * hidden, within: limit)
            bias = generator.floats(rows)
            recurrentBias = cell.layout.hasRecurrentBias ? generator.floats(rows) : Array(repeating: 0, count: rows)
            peepholes =
                cell == .peepholeLSTM ? generator.floats(3 * hidden) : Array(repeating: 0, count: 3 * hidden)
        }

        /// All that one timestep leaves, each (H).
        struct Step {
            /// i, f, g, o of an LSTM; n, r, z, m of a GRU; n, f, m of an MGU; h of an RNN.
            var kept: [[Double]] = []
            /// c of an LSTM, else h.
            var state: [Double] = []
            var h: [Double] = []
        }

        /// What the backward pass finds.
        struct Gradients {
            /// For each timestep the gradients of the sums, as `Step.kept` orders them: (T, 4 or 1, H).
            var sums: [[[Double]]]
            /// (T, H)
            var h: [[Double]]
            /// (3H)
            var peepholes: [Double]
        }

        private func product(_ weights: [Double], _ row: Int, _ x: [Double]) -> Double {
            x.indices.reduce(0) { $0 + weights[row * x.count + $1] * x[$1] }
        }

        /// The steps of one sequence x (T, I).
        func forward(_ x: [[Double]]) -> [Step] {
            var steps: [Step] = []
            let zeros = [Double](repeating: 0, count: hidden)
            for input in x {
                let (h, before) = (steps.last?.h ?? zeros, steps.last?.state ?? zeros)
                let ofInput = (0..<cell.gates * hidden).map { bias[$0] + product(inputWeights, $0, input) }
                let ofUnits = ofInput.indices.map { recurrentBias[$0] + product(recurrentWeights, $0, h) }
                let step = (0..<hidden).map { unit -> (kept: [Double], state: Double, h: Double) in
                    let a = (0..<cell.gates).map { ofInput[$0 * hidden + unit] }
                    let b = (0..<cell.gates).map { ofUnits[$0 * hidden + unit] }
                    let p = (0..<3).map { peepholes[$0 * hidden + unit] }
                    switch cell {
                    case .lstm, .peepholeLSTM:
                        let i = logistic(a[0] + b[0] + p[0] * before[unit])
                        let f = logistic(a[1] + b[1] + p[1] * before[unit])
                        let g = hyperbolicTangent(a[2] + b[2])
                        let c = f * before[unit] + i * g
                        let o = logistic(a[3] + b[3] + p[2] * c)
                        return ([i, f, g, o], c, o * hyperbolicTangent(c))
                    case .gru:
                        let (r, z) = (logistic(a[0] + b[0]), logistic(a[1] + b[1]))
                        let n = hyperbolicTangent(a[2] + r * b[2])
                        let h = (1 - z) * n + z * h[unit]
                        return ([n, r, z, b[2]], h, h)
                    case .mgu:
                        let f = logistic(a[0] + b[0])
                        let n = hyperbolicTangent(a[1] + (1 - f) * b[1])
                        let h = (1 - f) * n + f * h[unit]
                        return ([n, f, b[1]], h, h)
                    case .rnn:
                        let h = hyperbolicTangent(a[0] + b[0])
                        return ([h], h, h)
                    }
                }
                steps.append(
                    Step(
                        kept: step[0].kept.indices.map { gate in step.map { $0.kept[gate] } }, state: step.map(\.state),
                        h: step.map(\.h)))
            }
            return steps
        }

        func backward(_ steps: [Step], _ dy: [[Double]]) -> Gradients {
            let zeros = [Double](repeating: 0, count: hidden)
            var gradients = Gradients(
                sums: .init(repeating: [], count: steps.count), h: dy, peepholes: .init(repeating: 0, count: 3 * hidden)
            )
            // What comes from the next step through its products, and past them.
            var (fromNext, through) = (zeros, zeros)
            for t in steps.indices.reversed() {
                let before = t > 0 ? steps[t - 1].state : zeros
                var ofUnits = [Double](repeating: 0, count: cell.gates * hidden)
                let sums = (0..<hidden).map { unit -> [Double] in
                    let k = steps[t].kept.map { $0[unit] }
                    var dh = dy[t][unit] + fromNext[unit]
                    switch cell {
                    case .lstm, .peepholeLSTM:
                        let c = steps[t].state[unit]
                        let tanhC = hyperbolicTangent(c)
                        let (i, f, g, o) = (k[0], k[1], k[2], k[3])
                        let p = (0..<3).map { peepholes[$0 * hidden + unit] }
                        let dOut = dh * tanhC * o * (1 - o)
                        let dc = through[unit] + dh * o * (1 - tanhC * tanhC) + dOut * p[2]
                        let (di, df) = (dc * g * i * (1 - i), dc * before[unit] * f * (1 - f))
                        through[unit] = dc * f + di * p[0] + df * p[1]
                        for (gate, part) in [di * before[unit], df * before[unit], dOut * c].enumerated() {
                            gradients.peepholes[gate * hidden + unit] += part
                        }
                        let all = [di, df, dc * i * (1 - g * g), dOut]
                        for gate in 0..<4 { ofUnits[gate * hidden + unit] = all[gate] }
                        gradients.h[t][unit] = dh
                        return all
                    case .gru:
                        dh += through[unit]
                        let (n, r, z, m) = (k[0], k[1], k[2], k[3])
                        let dn = dh * (1 - z) * (1 - n * n)
                        let (dr, dz) = (dn * m * r * (1 - r), dh * (before[unit] - n) * z * (1 - z))
                        through[unit] = dh * z
                        for (gate, part) in [dr, dz, dn * r].enumerated() { ofUnits[gate * hidden + unit] = part }
                        gradients.h[t][unit] = dh
                        return [dn, dr, dz, dn * r]
                    case .mgu:
                        dh += through[unit]
                        let (n, f, m) = (k[0], k[1], k[2])
                        let dn = dh * (1 - f) * (1 - n * n)
                        let df = (dh * (before[unit] - n) - dn * m) * f * (1 - f)
                        through[unit] = dh * f
                        for (gate, part) in [df, dn * (1 - f)].enumerated() { ofUnits[gate * hidden + unit] = part }
                        gradients.h[t][unit] = dh
                        return [dn, df, dn * (1 - f)]
                    case .rnn:
                        ofUnits[unit] = dh * (1 - k[0] * k[0])
                        gradients.h[t][unit] = dh
                        return [ofUnits[unit]]
                    }
                }
                fromNext = (0..<hidden).map { unit in
                    ofUnits.indices.reduce(0) { $0 + ofUnits[$1] * recurrentWeights[$1 * hidden + unit] }
                }
                gradients.sums[t] = sums[0].indices.map { gate in sums.map { $0[gate] } }
            }
            return gradients
        }
    }
}
