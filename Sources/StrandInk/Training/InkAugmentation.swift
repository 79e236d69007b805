import Glibc
import StrandNetwork

/// Changes of ink that keep its text: nobody writes a word the same way twice, and no two tablets see it alike.
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
    /// Largest height, in sizes, of the waves of a smooth displacement that makes letters wider, narrower, longer or askew
    /// one by one (P. Simard, D. Steinkraus, J. Platt, "Best practices for convolutional neural networks applied to visual
    /// document analysis", ICDAR 2003).
    public var bend = 0.0
    /// Share of samples that are turned by up to 20 degrees.
    public var turned = 0.0
    /// Share of samples whose dots and bars are written last.
    public var late = 0.0
    /// Share of samples that lose points, up to half of them.
    public var sparse = 0.0
    /// Share of samples with a tablet's noise, of a deviation of up to 0.02 sizes.
    public var noisy = 0.0
    /// Share of samples on a coarse grid, of 5 to 40 units a size.
    public var coarse = 0.0

    private static let largestTurn = 0.35
    private static let largestLoss = 0.5
    private static let largestNoise = 0.02
    private static let gridUnits = 5.0...40.0

    public init() {}

    /// Parts missing from a file did not exist when it was made: they had no effect.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rotation = try container.decode(Double.self, forKey: .rotation)
        slant = try container.decode(Double.self, forKey: .slant)
        scale = try container.decode(Double.self, forKey: .scale)
        jitter = try container.decode(Double.self, forKey: .jitter)
        wave = try container.decode(Double.self, forKey: .wave)
        bend = try container.decodeIfPresent(Double.self, forKey: .bend) ?? 0
        turned = try container.decodeIfPresent(Double.self, forKey: .turned) ?? 0
        late = try container.decodeIfPresent(Double.self, forKey: .late) ?? 0
        sparse = try container.decodeIfPresent(Double.self, forKey: .sparse) ?? 0
        noisy = try container.decodeIfPresent(Double.self, forKey: .noisy) ?? 0
        coarse = try container.decodeIfPresent(Double.self, forKey: .coarse) ?? 0
    }

    /// How people write and what tablets make of it: a fifth of the samples has each of the faults of a tablet or a page.
    public static var ofAllTablets: InkAugmentation {
        var augmentation = InkAugmentation()
        augmentation.bend = 0.1
        (augmentation.turned, augmentation.late) = (0.25, 0.15)
        (augmentation.sparse, augmentation.noisy, augmentation.coarse) = (0.2, 0.2, 0.2)
        return augmentation
    }

    /// Scales the changes of writing; 0: no change, by tablets neither.
    public func scaled(by factor: Double) -> InkAugmentation {
        var scaled = factor > 0 ? self : InkAugmentation()
        for part in [\InkAugmentation.rotation, \.slant, \.scale, \.jitter, \.wave, \.bend] {
            scaled[keyPath: part] *= factor
        }
        return scaled
    }

    /// The ink changed, around its first point, and the factor for its size.
    func apply(
        to strokes: [[SIMD2<Float>]], using generator: inout SeededGenerator
    ) -> (strokes: [[SIMD2<Double>]], sizeFactor: Double) {
        let strokes = strokes.map { $0.map { SIMD2<Double>($0) } }
        let size = InkFrame(strokes).size
        var angle = generator.uniform(within: rotation)
        let shear = generator.uniform(within: slant)
        let stretch = exp(generator.uniform(within: scale))
        let sizeFactor = exp(generator.uniform(within: scale))
        let height = generator.uniform(within: wave) * size
        let phase = generator.uniform(within: .pi)
        let frequency = 1 / (size * (3 + 17 * generator.uniform()))
        if isDrawn(turned, &generator) { angle += generator.uniform(within: Self.largestTurn) }
        let field = bend > 0 ? BendingField(largest: bend, size: size, using: &generator) : nil
        let (sine, cosine) = (sin(angle), cos(angle))
        let changed = strokes.map { stroke in
            let shift = SIMD2(generator.uniform(within: jitter), generator.uniform(within: jitter)) * size
            return stroke.map { original in
                let point = field?.moved(original) ?? original
                let x = stretch * point.x - shear * point.y
                let y = point.y + height * sin(2 * .pi * frequency * point.x + phase)
                return SIMD2(cosine * x - sine * y, sine * x + cosine * y) + shift
            }
        }
        return (onTablet(changed, size: size, using: &generator), sizeFactor)
    }

    /// The ink as a tablet might have seen it, and as it is prepared then.
    private func onTablet(
        _ ink: [[SIMD2<Double>]], size: Double, using generator: inout SeededGenerator
    ) -> [[SIMD2<Double>]] {
        var strokes = ink
        if isDrawn(late, &generator) {
            let marks = DelayedStrokes(strokes.map { $0.map { $0 / size } }).strokes
            strokes =
                strokes.indices.filter { !marks.contains($0) }.map { strokes[$0] } + marks.sorted().map { strokes[$0] }
        }
        if isDrawn(sparse, &generator) {
            let share = Self.largestLoss * generator.uniform()
            strokes = strokes.map { stroke in
                stroke.indices.filter { index in
                    let isEnd = index == 0 || index == stroke.count - 1
                    return generator.uniform() >= share || isEnd
                }.map { stroke[$0] }
            }
        }
        let (isNoisy, isCoarse) = (isDrawn(noisy, &generator), isDrawn(coarse, &generator))
        if isNoisy {
            let deviation = Self.largestNoise * generator.uniform() * size
            strokes = strokes.map { $0.map { $0 + deviation * SIMD2(normal(&generator), normal(&generator)) } }
        }
        if isCoarse {
            let (least, most) = (log(Self.gridUnits.lowerBound), log(Self.gridUnits.upperBound))
            let unit = size / exp(least + (most - least) * generator.uniform())
            strokes = strokes.map { $0.map { ($0 / unit).rounded(.toNearestOrEven) * unit } }
        }
        return isNoisy || isCoarse ? TabletNoise.smoothed(strokes) : strokes
    }

    /// Nothing is drawn for what never happens.
    private func isDrawn(_ share: Double, _ generator: inout SeededGenerator) -> Bool {
        share > 0 && generator.uniform() < share
    }

    /// A number of mean 0 and deviation 1, nearly normal: the sum of four uniform ones.
    private func normal(_ generator: inout SeededGenerator) -> Double {
        (0..<4).reduce(0.0) { sum, _ in sum + generator.uniform(within: 1) } * 0.75.squareRoot()
    }
}

/// A displacement of every point of the plane: the sum of waves in random directions.
private struct BendingField {
    private let waves: [(direction: SIMD2<Double>, phase: Double, height: SIMD2<Double>)]

    private static let wavelengths = 2.0...8.0
    private static let count = 4

    /// Of waves of up to `largest` sizes along each axis.
    init(largest: Double, size: Double, using generator: inout SeededGenerator) {
        waves = (0..<Self.count).map { _ in
            let angle = generator.uniform(within: .pi)
            let range = Self.wavelengths
            let wavelength = size * (range.lowerBound + (range.upperBound - range.lowerBound) * generator.uniform())
            let height = SIMD2(generator.uniform(within: largest), generator.uniform(within: largest))
            return (
                SIMD2(cos(angle), sin(angle)) * (2 * .pi / wavelength), generator.uniform(within: .pi),
                height * size
            )
        }
    }

    func moved(_ point: SIMD2<Double>) -> SIMD2<Double> {
        waves.reduce(point) { $0 + $1.height * sin(($1.direction * point).sum() + $1.phase) }
    }
}
