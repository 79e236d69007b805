import StrandEngine

/// How strokes become inputs of the network: frames of a few steps of equal length along the ink.
///
/// Ink is moved and scaled so that a word and a line, on any tablet, have letters of like size; then each stroke is walked
/// in steps of equal arc length, never of equal time, because tablets differ in their rate and people in their speed. A
/// pen-up between two strokes is a step of its own. A timestep of the network is a frame of several steps in a row: fewer
/// timesteps are faster, and learned sooner (frame stacking: Sak, Senior, Rao & Beaufays 2015, "Fast and accurate recurrent
/// neural network acoustic models for speech recognition").
public struct InkEncoder: SequenceEncoder {
    /// Length of a step, in sizes of the ink (see `InkFrame`).
    public var stepLength = 0.25
    /// Steps per frame.
    public var stepsPerFrame = 2
    /// Whether to make slanted writing upright.
    public var correctsSlant = false
    /// Whether to level rising or falling lines.
    public var correctsBaseline = true

    public init() {}

    /// Features of a step: direction (2), pen-up, height of the step's middle above that of the ink, bend from the
    /// previous step (2), jump while the pen is up (2), share of a full step, distance behind the rightmost ink so far,
    /// whether a delayed stroke is near and how far above (2).
    static let stepFeatureCount = 12

    /// I: features of a frame.
    public var featureCount: Int { stepsPerFrame * Self.stepFeatureCount }

    /// Allowed steps per frame.
    public static let allowedSteps = 1...16

    /// Allowed step lengths: with far shorter ones a word would keep a reader busy for ever.
    public static let allowedLengths = 0.01...10

    /// Whether the settings make sense.
    public var isUsable: Bool { Self.allowedLengths.contains(stepLength) && Self.allowedSteps.contains(stepsPerFrame) }

    /// The ink a step comes from.
    public struct Source: Sendable, Equatable {
        /// Index of a stroke, of those that have points and whose parts are joined.
        public var stroke: Int
        /// Indices of points in that stroke; for a pen-up the last one before it.
        public var points: ClosedRange<Int>
        public var isPenUp: Bool
    }

    /// A sample as network input.
    public struct Frames: Sendable {
        /// (T, I), row-major; zero for steps missing from the last frame.
        public let values: [Float]
        /// One element per step; a frame has `stepsPerFrame` of them, the last perhaps fewer.
        public let sources: [Source]
        public let stepsPerFrame: Int

        init(values: [Float], sources: [Source], stepsPerFrame: Int) {
            let count = (sources.count + stepsPerFrame - 1) / stepsPerFrame
            let lacking = count * stepsPerFrame * InkEncoder.stepFeatureCount - values.count
            self.values = values + [Float](repeating: 0, count: lacking)
            self.sources = sources
            self.stepsPerFrame = stepsPerFrame
        }

        /// T
        public var count: Int { (sources.count + stepsPerFrame - 1) / stepsPerFrame }
    }

    /// The frames of some strokes. Strokes without points are left out; without any ink there are no frames. Strokes
    /// that begin where the one before ended are joined to it, and a tablet's noise is smoothed away.
    public func frames(of strokes: [[InkPoint]]) -> Frames {
        frames(of: PreparedInk(strokes).strokes)
    }

    /// - Parameters:
    ///   - strokes: the strokes of prepared ink.
    ///   - sizeFactor: factor for the measured size of the ink.
    func frames(of strokes: [[SIMD2<Double>]], sizeFactor: Double = 1) -> Frames {
        let frame = InkFrame(
            strokes, sizeFactor: sizeFactor, correctingSlant: correctsSlant, correctingBaseline: correctsBaseline)
        let paths = strokes.map { $0.map(frame.transform) }
        var walk = InkWalk(stepLength: stepLength, delayed: DelayedStrokes(paths))
        for (stroke, path) in paths.enumerated() where !path.isEmpty { walk.add(stroke, path) }
        return Frames(values: walk.values, sources: walk.sources, stepsPerFrame: stepsPerFrame)
    }

    public func length(of frames: Frames) -> Int { frames.count }

    public func features(of frames: Frames, _ steps: Range<Int>) -> [Float] {
        Array(frames.values[steps.lowerBound * featureCount..<steps.upperBound * featureCount])
    }
}
