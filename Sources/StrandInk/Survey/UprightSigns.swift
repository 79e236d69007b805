import Glibc

/// Habits of writing that show which way is up, in a sample of a script like Latin.
///
/// Six means over a sample, each of which changes its sign with y:
/// - strokes end lower than they start;
/// - strokes start downwards;
/// - dots are high;
/// - the pen turns anticlockwise, as in a, c, d, e, g, o, q;
/// - movements up lead to the right, movements down do not;
/// - the ink is higher at b d f h k l t and capitals than at g j p q y of the text.
///
/// Each fails for some writers; their sum with the weights below (a linear discriminant fitted to writers of UNIPEN's
/// training part) fails for none.
struct UprightSigns {
    private var fall = 0.0
    private var start = 0.0
    private var strokeCount = 0.0
    private var dots = 0.0
    private var dotCount = 0.0
    private var turning = 0.0
    private var moveCount = 0.0
    private var lean = 0.0
    private var length = 0.0
    private var profile: InkProfile

    /// Weights of fall, start, dots, turning, lean, profile: the mean over upright writers is 1.
    private static let weights = (fall: 0.516, start: 0.142, dots: 0.306, turning: -1.385, lean: -1.343, profile: 6.606)
    /// Moves shorter than this share of a letter are jitter.
    private static let leastMove = 0.15
    /// A dot is smaller than this share of a letter.
    private static let dotSize = 0.3

    init(_ shape: InkShape, text: [Character]) {
        profile = InkProfile(text, left: shape.least.x, width: shape.greatest.x - shape.least.x)
        let middle = shape.strokes.joined().reduce(0) { $0 + $1.y } / Double(shape.pointCount)
        for stroke in shape.strokes {
            if stroke.isDot(below: Self.dotSize * shape.size) {
                dots += Self.limited((middle - stroke[0].y) / shape.size)
                dotCount += 1
            } else {
                fall += Self.limited((stroke[stroke.count - 1].y - stroke[0].y) / shape.size)
                strokeCount += 1
            }
            follow(stroke, size: shape.size)
        }
    }

    private static func limited(_ letters: Double) -> Double { max(-2, min(2, letters)) }

    private mutating func follow(_ stroke: [SIMD2<Double>], size: Double) {
        var last = stroke[0]
        var previous: SIMD2<Double>?
        for point in stroke {
            let move = point - last
            let distance = move.length
            guard distance >= Self.leastMove * size else { continue }
            if let previous {
                turning += atan2(previous.x * move.y - previous.y * move.x, (previous * move).sum())
            } else {
                start += move.y / distance
            }
            moveCount += 1
            lean += move.x * move.y / distance
            length += distance
            profile.add(point, height: -point.y / size, weight: distance)
            previous = move
            last = point
        }
    }

    /// About 1 for upright ink, about -1 for ink upside down.
    func score(isMirrored: Bool) -> Double {
        let weights = Self.weights
        let sideways = weights.turning * turning / max(moveCount, 1) + weights.lean * lean / max(length, 1e-9)
        return weights.fall * fall / max(strokeCount, 1) + weights.start * start / max(strokeCount, 1)
            + weights.dots * dots / max(dotCount, 1) + (isMirrored ? -sideways : sideways)
            + weights.profile * profile.covariance(isMirrored: isMirrored)
    }
}

extension [SIMD2<Double>] {
    /// Whether the stroke fits in a square of that size.
    fileprivate func isDot(below size: Double) -> Bool {
        let least = reduce(self[0], pointwiseMin)
        let greatest = reduce(self[0], pointwiseMax)
        return (greatest - least).max() < size
    }
}
