import Foundation
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

    public init() {}

    /// Columns of the network's input: direction (2), pen-up, height of the step's middle over the ink's, bend from the
    /// step before (2), jump while the pen is up (2), share of a full step.
    public static let featureCount = 9

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
        let frame = InkFrame(strokes)
        var steps = Steps()
        var pen: (x: Double, y: Double)?
        var heading: (x: Double, y: Double) = (1, 0)
        for (stroke, points) in strokes.enumerated() where !points.isEmpty {
            let path = points.map(frame.place)
            if let pen {
                let jump = (x: path[0].x - pen.x, y: path[0].y - pen.y)
                let last = steps.sources[steps.count - 1]
                steps.append(
                    direction: unit(jump) ?? (0, 0), heading: &heading, isPenUp: true, height: (pen.y + path[0].y) / 2,
                    jump: jump, length: 0,
                    Source(stroke: last.stroke, points: last.points.upperBound...last.points.upperBound, isPenUp: true))
            }
            walk(path, stroke, &heading, &steps)
            pen = path[path.count - 1]
        }
        return steps
    }

    /// Steps of one stroke: the chords between points that are a step apart along it, the last perhaps shorter.
    private func walk(
        _ path: [(x: Double, y: Double)], _ stroke: Int, _ heading: inout (x: Double, y: Double), _ steps: inout Steps
    ) {
        var start = path[0]
        var firstPoint = 0
        var rest = stepLength
        func close(at end: (x: Double, y: Double), _ lastPoint: Int, length: Double) {
            let chord = (x: end.x - start.x, y: end.y - start.y)
            steps.append(
                direction: unit(chord) ?? (0, 0), heading: &heading, isPenUp: false, height: (start.y + end.y) / 2,
                jump: (0, 0), length: length / stepLength,
                Source(stroke: stroke, points: firstPoint...lastPoint, isPenUp: false))
            start = end
            firstPoint = lastPoint
        }
        for index in path.indices.dropFirst() {
            var from = path[index - 1]
            let to = path[index]
            var distance = hypot(to.x - from.x, to.y - from.y)
            while distance >= rest {
                let share = rest / distance
                from = (from.x + share * (to.x - from.x), from.y + share * (to.y - from.y))
                distance -= rest
                close(at: from, index, length: stepLength)
                rest = stepLength
            }
            rest -= distance
        }
        let left = stepLength - rest
        // A dot is a step too; an end that is hardly ink is not.
        if left > 0.2 * stepLength || firstPoint == 0 && start == path[0] {
            close(at: path[path.count - 1], path.count - 1, length: left)
        }
    }
}

private func unit(_ vector: (x: Double, y: Double)) -> (x: Double, y: Double)? {
    let length = hypot(vector.x, vector.y)
    return length > 1e-9 ? (vector.x / length, vector.y / length) : nil
}

extension InkEncoder.Steps {
    fileprivate mutating func append(
        direction: (x: Double, y: Double), heading: inout (x: Double, y: Double), isPenUp: Bool, height: Double,
        jump: (x: Double, y: Double), length: Double, _ source: InkEncoder.Source
    ) {
        let bend = (
            along: direction.x * heading.x + direction.y * heading.y,
            across: heading.x * direction.y - heading.y * direction.x
        )
        // Heights and jumps far off tell no more than near ones, and must not drown the rest.
        values += [
            direction.x, direction.y, isPenUp ? 1 : 0, max(-4, min(4, height)), bend.along, bend.across,
            max(-4, min(4, jump.x)), max(-4, min(4, jump.y)), length,
        ].map { Float($0) }
        sources.append(source)
        if direction != (0, 0) { heading = direction }
    }
}
