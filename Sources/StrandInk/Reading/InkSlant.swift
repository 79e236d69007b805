/// How much letters lean.
enum InkSlant {
    /// Shifts to the right per unit down of what most people write: upright, or leaning right by up to 15 degrees.
    private static let usual = -0.268...0.0

    /// Strokes sheared until their letters lean as most people's do; themselves if they do.
    /// - Parameter marks: strokes that are no text, and do not count.
    static func corrected(_ strokes: [[SIMD2<Double>]], without marks: Set<Int> = []) -> [[SIMD2<Double>]] {
        let slant = InkFrame.slant(of: strokes.without(marks))
        let shear = slant - min(max(slant, usual.lowerBound), usual.upperBound)
        return shear == 0 ? strokes : strokes.map { $0.map { [$0.x - shear * $0.y, $0.y] } }
    }
}
