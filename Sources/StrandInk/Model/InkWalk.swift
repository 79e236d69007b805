import StrandBytes

/// A walk along ink already in its frame: it collects the steps.
struct InkWalk {
    private let stepLength: Double
    private let delayed: DelayedStrokes
    /// `InkEncoder.stepFeatureCount` values per step.
    private(set) var values: [Float] = []
    /// One per step.
    private(set) var sources: [InkEncoder.Source] = []
    /// End of the previous stroke.
    private var pen: SIMD2<Double>?
    /// Direction of the last step that had one.
    private var heading: SIMD2<Double> = [1, 0]
    private var rightmost = -Double.infinity

    /// Large heights and distances say no more than moderate ones, and must not dominate the other features.
    private static let farthest = 4.0
    /// The column of the jump to the right.
    static let jumpFeature = 6
    /// The end of a stroke is dropped if it is shorter than this share of a step.
    private static let leastEnd = 0.2

    init(stepLength: Double, delayed: DelayedStrokes) {
        self.stepLength = stepLength
        self.delayed = delayed
    }

    /// Walks along a stroke, including the pen-up before it.
    mutating func add(_ stroke: Int, _ path: [SIMD2<Double>]) {
        if let pen { lift(from: pen, to: path[0]) }
        var start = path[0]
        var firstPoint = 0
        var rest = stepLength
        for index in path.indices.dropFirst() {
            var from = path[index - 1]
            var distance = (path[index] - from).length
            while distance >= rest {
                from += (rest / distance) * (path[index] - from)
                distance -= rest
                draw(from: start, to: from, share: 1, .init(stroke: stroke, points: firstPoint...index, isPenUp: false))
                (start, firstPoint, rest) = (from, index, stepLength)
            }
            rest -= distance
        }
        let share = 1 - rest / stepLength
        let isDot = firstPoint == 0 && start == path[0]
        if share > Self.leastEnd || isDot {
            draw(
                from: start, to: path[path.count - 1], share: share,
                .init(stroke: stroke, points: firstPoint...path.count - 1, isPenUp: false))
        }
        pen = path[path.count - 1]
    }

    private mutating func lift(from pen: SIMD2<Double>, to start: SIMD2<Double>) {
        let last = sources[sources.count - 1]
        append(
            from: pen, to: start, share: 0, jump: start - pen,
            .init(stroke: last.stroke, points: last.points.upperBound...last.points.upperBound, isPenUp: true))
    }

    private mutating func draw(
        from start: SIMD2<Double>, to end: SIMD2<Double>, share: Double, _ source: InkEncoder.Source
    ) {
        append(from: start, to: end, share: share, jump: .zero, source)
    }

    private mutating func append(
        from start: SIMD2<Double>, to end: SIMD2<Double>, share: Double, jump: SIMD2<Double>,
        _ source: InkEncoder.Source
    ) {
        let direction = (end - start).unit ?? .zero
        let middle = (start + end) / 2
        let rise = delayed.strokes.contains(source.stroke) ? nil : delayed.rise(over: middle)
        rightmost = max(rightmost, end.x)
        values += [
            direction.x, direction.y, source.isPenUp ? 1 : 0, limited(middle.y),
            (direction * heading).sum(), heading.x * direction.y - heading.y * direction.x,
            limited(jump.x), limited(jump.y), share, limited(end.x - rightmost),
            rise == nil ? 0 : 1, limited(rise ?? 0),
        ].map { Float($0) }
        sources.append(source)
        if direction != .zero { heading = direction }
    }

    private func limited(_ value: Double) -> Double { max(-Self.farthest, min(Self.farthest, value)) }
}
