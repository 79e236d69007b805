import StrandFormats
import StrandNetwork

/// How strokes become inputs of the network: a vector a step of equal length along the ink.
///
/// Ink is moved and scaled so that a word and a line, on any tablet, have letters of like size; then each stroke is walked
/// in steps of equal arc length, never of equal time, because tablets differ in their rate and people in their speed. A
/// pen-up between two strokes is a step of its own.
public struct InkEncoder: Sendable, Equatable, Codable {
    /// Length of a step, in sizes of the ink (see `InkFrame`).
    public var stepLength = 0.25
    /// Whether slanted writing is made upright.
    public var correctsSlant = false
    /// Whether a line that rises or falls is made level.
    public var correctsBaseline = true

    public init() {}

    /// Columns of the network's input: direction (2), pen-up, height of the step's middle over the ink's, bend from the
    /// step before (2), jump while the pen is up (2), share of a full step, distance behind the rightmost ink so far,
    /// whether a delayed stroke is at hand and how far above (2).
    public static let featureCount = 12

    /// Where the ink of a step comes from.
    public struct Source: Sendable, Equatable {
        public var stroke: Int
        /// Points of the stroke, as the sample numbers them; for a pen-up the last one before it.
        public var points: ClosedRange<Int>
        public var isPenUp: Bool
    }

    /// A sample as the network sees it.
    public struct Steps: Sendable {
        /// (T, featureCount), row by row.
        public internal(set) var values: [Float] = []
        /// For each of the T steps.
        public internal(set) var sources: [Source] = []

        /// T
        public var count: Int { sources.count }
    }

    /// The steps of some strokes. Strokes without points are left out; without any ink there is no step.
    public func steps(of strokes: [[InkPoint]]) -> Steps {
        steps(of: strokes.map { $0.map { SIMD2($0.x, $0.y) } })
    }

    /// - Parameter sizeFactor: what the size of the ink is taken for, over what it is.
    func steps(of strokes: [[SIMD2<Double>]], sizeFactor: Double = 1) -> Steps {
        let frame = InkFrame(
            strokes, sizeFactor: sizeFactor, correctingSlant: correctsSlant, correctingBaseline: correctsBaseline)
        let paths = strokes.map { $0.map(frame.place) }
        var walk = InkWalk(stepLength: stepLength, delayed: DelayedStrokes(paths))
        for (stroke, path) in paths.enumerated() where !path.isEmpty { walk.add(stroke, path) }
        return walk.steps
    }

    /// Inputs (N, featureCount) of a batch; `values(k)` are those of the sequence at place k of the sorted batch.
    func inputs(_ batch: RaggedBatch, values: (Int) -> [Float]) -> Matrix<Float> {
        let width = Self.featureCount
        var elements = [Float](repeating: 0, count: batch.rowCount * width)
        for sequence in batch.lengths.indices {
            let values = values(sequence)
            for step in 0..<batch.lengths[sequence] {
                let row = width * batch.row(sequence: sequence, step: step)
                for feature in 0..<width { elements[row + feature] = values[width * step + feature] }
            }
        }
        return Matrix(rows: batch.rowCount, columns: width, elements: elements)
    }
}
