/// A Bézier curve by its control points, of which the first is its start and the last its end: a line, a quadratic or a cubic
/// curve.
struct BezierCurve {
    private let controls: [SIMD2<Double>]

    /// Lines that stand for a curve.
    private static let pieces = 16

    init(_ controls: [SIMD2<Double>]) {
        self.controls = controls
    }

    /// Points along the curve without its start: for a line its end, for a curve 16 at equal steps of the parameter.
    var points: [SIMD2<Double>] {
        if controls.count == 2 { return [controls[1]] }
        // The end is exact, whatever rounding does.
        return (1..<Self.pieces).map { point(at: Double($0) / Double(Self.pieces)) } + [controls[controls.count - 1]]
    }

    /// By the algorithm of de Casteljau.
    private func point(at share: Double) -> SIMD2<Double> {
        var points = controls
        while points.count > 1 { points = zip(points, points.dropFirst()).map { $0 + share * ($1 - $0) } }
        return points[0]
    }
}
