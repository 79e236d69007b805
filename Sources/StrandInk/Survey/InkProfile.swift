import StrandMetrics

/// Mean heights of ink at the expected positions of a text's characters, each given an equal part of the width.
struct InkProfile {
    private let text: [Character]
    private let left: Double
    private let width: Double
    private var heights: [Double]
    private var weights: [Double]

    init(_ text: [Character], left: Double, width: Double) {
        self.text = text
        self.left = left
        self.width = max(width, 1e-9)
        heights = Array(repeating: 0, count: text.count)
        weights = heights
    }

    mutating func add(_ point: SIMD2<Double>, height: Double, weight: Double) {
        guard !text.isEmpty else { return }
        let index = max(0, min(text.count - 1, Int((point.x - left) / width * Double(text.count))))
        heights[index] += weight * height
        weights[index] += weight
    }

    /// Covariance of the heights with those expected for the letters: 1 above, -1 below the line, 0 between.
    func covariance(isMirrored: Bool) -> Double {
        let pairs = text.indices.compactMap { index -> SIMD2<Double>? in
            let column = isMirrored ? text.count - 1 - index : index
            guard weights[column] > 0, let reach = text[index].reach else { return nil }
            return [reach, heights[column] / weights[column]]
        }
        let mean = pairs.reduce(.zero, +) / Double(max(pairs.count, 1))
        return pairs.reduce(0) { $0 + ($1.x - mean.x) * ($1.y - mean.y) } / Double(max(pairs.count, 1))
    }
}

extension Character {
    /// 1 for letters and digits that rise above the middle zone, -1 for those that fall below, nil if it is
    /// unknown.
    fileprivate var reach: Double? {
        guard let letter = asciiValue.map(Unicode.Scalar.init) else { return nil }
        return switch letter {
        case "b", "d", "f", "h", "k", "l", "t", "A"..."Z", "0"..."9": 1
        case "g", "j", "p", "q", "y": -1
        case "a"..."z": 0
        default: nil
        }
    }
}
