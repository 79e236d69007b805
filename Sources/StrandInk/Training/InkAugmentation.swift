import Glibc
import StrandNetwork

/// Changes of ink that keep its text: nobody writes a word the same way twice.
public struct InkAugmentation: Sendable, Equatable, Codable {
    /// Largest rotation, in radians.
    public var rotation = 0.08
    /// Largest shear to the side.
    public var slant = 0.3
    /// Largest logarithm of the width over the height, and of the factor on the measured size of the letters.
    public var scale = 0.15
    /// Largest displacement of a stroke against the others, in sizes.
    public var jitter = 0.08
    /// Largest height of a wave the line of writing follows, in sizes.
    public var wave = 0.15

    public init() {}

    /// Scales all of it; 0: no change.
    public func scaled(by factor: Double) -> InkAugmentation {
        var scaled = self
        for part in [\InkAugmentation.rotation, \.slant, \.scale, \.jitter, \.wave] { scaled[keyPath: part] *= factor }
        return scaled
    }

    /// The ink changed, around its first point, and the factor for its size.
    func apply(
        to strokes: [[SIMD2<Float>]], using generator: inout SeededGenerator
    ) -> (strokes: [[SIMD2<Double>]], sizeFactor: Double) {
        let strokes = strokes.map { $0.map { SIMD2<Double>($0) } }
        let size = InkFrame(strokes).size
        let angle = generator.uniform(within: rotation)
        let shear = generator.uniform(within: slant)
        let stretch = exp(generator.uniform(within: scale))
        let sizeFactor = exp(generator.uniform(within: scale))
        let height = generator.uniform(within: wave) * size
        let phase = generator.uniform(within: .pi)
        let frequency = 1 / (size * (3 + 17 * generator.uniform()))
        let (sine, cosine) = (sin(angle), cos(angle))
        let changed = strokes.map { stroke in
            let shift = SIMD2(generator.uniform(within: jitter), generator.uniform(within: jitter)) * size
            return stroke.map { point in
                let x = stretch * point.x - shear * point.y
                let y = point.y + height * sin(2 * .pi * frequency * point.x + phase)
                return SIMD2(cosine * x - sine * y, sine * x + cosine * y) + shift
            }
        }
        return (changed, sizeFactor)
    }
}
