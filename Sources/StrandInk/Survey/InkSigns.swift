import StrandMetrics

/// Signs of the directions of a sample's axes.
struct InkSigns: Sendable {
    /// How far the writing moves in reading direction, in letters; nil if the sample is too short to tell.
    let advance: Float?
    /// About 1 if y grows downwards, about -1 if it grows upwards, assuming x grows to the right; nil for scripts
    /// whose habits are unknown.
    let uprightness: Float?
    /// The same, assuming x grows to the left.
    let mirroredUprightness: Float?

    init(_ shape: InkShape, text: String?) {
        let script = Script(text)
        let characters = text.map { $0.reduce(0) { $0 + ($1.isWhitespace ? 0 : 1) } }
        let isLong = characters.map { $0 >= 3 } ?? (shape.greatest.x - shape.least.x > 3 * shape.size)
        advance = isLong && script != .other ? Float(shape.advance * (script == .rightToLeft ? -1 : 1)) : nil
        guard script == .leftToRight, shape.pointCount > 3 else {
            (uprightness, mirroredUprightness) = (nil, nil)
            return
        }
        let signs = UprightSigns(shape, text: Array(text ?? ""))
        uprightness = Float(signs.score(isMirrored: false))
        mirroredUprightness = Float(signs.score(isMirrored: true))
    }

    /// Families of scripts, recognised by the first letter or digit.
    private enum Script {
        /// Latin, Greek, Cyrillic and related scripts; also unknown text.
        case leftToRight
        /// Hebrew, Arabic and related scripts.
        case rightToLeft
        case other

        init(_ text: String?) {
            guard let text else {
                self = .leftToRight
                return
            }
            let first = text.unicodeScalars.first { $0.properties.isAlphabetic || (48...57).contains($0.value) }
            self =
                switch first?.value {
                case .some(..<0x590): .leftToRight
                case .some(0x590...0x8FF), .some(0xFB1D...0xFEFC): .rightToLeft
                default: .other
                }
        }
    }
}

extension InkShape {
    /// How much farther right the last third of the points is than the first third, in letters, up to 5.
    fileprivate var advance: Double {
        let third = pointCount / 3
        guard third > 0 else { return 0 }
        var (first, last, index) = (0.0, 0.0, 0)
        for point in strokes.joined() {
            if index < third { first += point.x }
            if index >= pointCount - third { last += point.x }
            index += 1
        }
        return max(-5, min(5, (last - first) / (Double(third) * size)))
    }
}
