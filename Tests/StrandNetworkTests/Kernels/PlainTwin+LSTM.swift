@testable import StrandNetwork

extension PlainTwin {
    /// One direction of an LSTM, one sequence at a time. Gates stand in the order i, f, g, o.
    struct LSTM: Sendable {
        let inputs: Int
        let hidden: Int
        /// (4H, I)
        var inputWeights: [Double]
        /// (4H, H)
        var recurrentWeights: [Double]
        /// (4H)
        var bias: [Double]

        /// Weights as large as those of a trained network, each sum of them about 1.
        init(inputs: Int, hidden: Int, using generator: inout SeededGenerator) {
            self.inputs = inputs
            self.hidden = hidden
            let (inputLimit, limit) = (1 / Double(inputs).squareRoot(), 1 / Double(hidden).squareRoot())
            inputWeights = generator.floats(4 * hidden * inputs, within: inputLimit)
            recurrentWeights = generator.floats(4 * hidden * hidden, within: limit)
            bias = generator.floats(4 * hidden)
        }

        /// All that one timestep leaves, each (H).
        struct Step {
            var i: [Double] = []
            var f: [Double] = []
            var g: [Double] = []
            var o: [Double] = []
            var c: [Double] = []
            var h: [Double] = []
        }

        /// The steps of one sequence x (T, I).
        func forward(_ x: [[Double]]) -> [Step] {
            var steps: [Step] = []
            for input in x {
                let hBefore = steps.last?.h ?? Array(repeating: 0, count: hidden)
                let cBefore = steps.last?.c ?? hBefore
                let sums = (0..<4 * hidden).map { row in
                    let fromInput = (0..<inputs).reduce(bias[row]) { $0 + inputWeights[row * inputs + $1] * input[$1] }
                    return (0..<hidden).reduce(fromInput) { $0 + recurrentWeights[row * hidden + $1] * hBefore[$1] }
                }
                var step = Step()
                step.i = sums[..<hidden].map(logistic)
                step.f = sums[hidden..<2 * hidden].map(logistic)
                step.g = sums[(2 * hidden)..<3 * hidden].map(hyperbolicTangent)
                step.o = sums[(3 * hidden)...].map(logistic)
                step.c = (0..<hidden).map { step.f[$0] * cBefore[$0] + step.i[$0] * step.g[$0] }
                step.h = (0..<hidden).map { step.o[$0] * hyperbolicTangent(step.c[$0]) }
                steps.append(step)
            }
            return steps
        }

        /// From dY (T, H) to the gradient of the gates' sums (T, 4H).
        func backward(_ steps: [Step], _ dy: [[Double]]) -> [[Double]] {
            var gradients = [[Double]](repeating: [], count: steps.count)
            var fromNext = [Double](repeating: 0, count: hidden)
            var dc = fromNext
            for t in steps.indices.reversed() {
                let step = steps[t]
                var gates = [Double](repeating: 0, count: 4 * hidden)
                for unit in 0..<hidden {
                    let dh = dy[t][unit] + fromNext[unit]
                    let tanhC = hyperbolicTangent(step.c[unit])
                    let (i, f, g, o) = (step.i[unit], step.f[unit], step.g[unit], step.o[unit])
                    dc[unit] += dh * o * (1 - tanhC * tanhC)
                    gates[unit] = dc[unit] * g * i * (1 - i)
                    gates[hidden + unit] = dc[unit] * (t > 0 ? steps[t - 1].c[unit] : 0) * f * (1 - f)
                    gates[2 * hidden + unit] = dc[unit] * i * (1 - g * g)
                    gates[3 * hidden + unit] = dh * tanhC * o * (1 - o)
                    dc[unit] *= f
                }
                fromNext = (0..<hidden).map { unit in
                    gates.indices.reduce(0) { $0 + gates[$1] * recurrentWeights[$1 * hidden + unit] }
                }
                gradients[t] = gates
            }
            return gradients
        }
    }
}
