import Foundation

extension ONNXFile {
    /// One direction of ONNX's `LSTM`, `GRU` or `RNN` (operators of version 14), with the names of its specification.
    struct Cell {
        let type: String
        let hidden: Int
        /// `linear_before_reset`
        let isResetBehind: Bool
        let (w, r, b): ([Double], [Double], [Double])
        /// Peepholes in the order i, o, f.
        let p: [Double]?

        init(
            type: String, hidden: Int, isResetBehind: Bool, w: [Double], r: [Double], b: [Double], p: [Double]?
        ) {
            (self.type, self.hidden, self.isResetBehind, self.p) = (type, hidden, isResetBehind, p)
            (self.w, self.r, self.b) = (w, r, b)
        }

        var nothing: [Double] { Array(repeating: 0, count: hidden) }

        /// H_t and C_t from X_t, H_{t-1} and C_{t-1}.
        func next(_ x: [Double], _ h: [Double], _ c: [Double], rows: Int) -> (h: [Double], c: [Double]) {
            // X_t W^T + Wb and H_{t-1} R^T + Rb, all gates one after the other.
            let ofInputs = sums(w, x, bias: b[..<rows])
            let ofUnits = sums(r, h, bias: b[rows...])
            func gate(_ index: Int, _ unit: Int) -> Double {
                ofInputs[index * hidden + unit] + ofUnits[index * hidden + unit]
            }
            var next = (h: nothing, c: nothing)
            for unit in 0..<hidden {
                switch type {
                case "LSTM":
                    func peephole(_ index: Int) -> Double { p.map { $0[index * hidden + unit] } ?? 0 }
                    let i = sigmoid(gate(0, unit) + peephole(0) * c[unit])
                    let f = sigmoid(gate(2, unit) + peephole(2) * c[unit])
                    next.c[unit] = f * c[unit] + i * tanh(gate(3, unit))
                    let o = sigmoid(gate(1, unit) + peephole(1) * next.c[unit])
                    next.h[unit] = o * tanh(next.c[unit])
                case "GRU":
                    precondition(isResetBehind, "the reset gate before the product is not computed here")
                    let (z, r) = (sigmoid(gate(0, unit)), sigmoid(gate(1, unit)))
                    let candidate = tanh(ofInputs[2 * hidden + unit] + r * ofUnits[2 * hidden + unit])
                    next.h[unit] = (1 - z) * candidate + z * h[unit]
                default: next.h[unit] = tanh(gate(0, unit))
                }
            }
            return next
        }

        private func sums(_ weights: [Double], _ inputs: [Double], bias: ArraySlice<Double>) -> [Double] {
            bias.enumerated().map { row, bias in
                let start = row * inputs.count
                return inputs.indices.reduce(bias) { $0 + inputs[$1] * weights[start + $1] }
            }
        }

        private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    }
}
