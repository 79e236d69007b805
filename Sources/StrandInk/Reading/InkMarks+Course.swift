extension InkMarks {
    /// A stroke and its measures, in units of the ink.
    struct Course {
        let stroke: Int
        let points: [SIMD2<Double>]
        let least: SIMD2<Double>
        let greatest: SIMD2<Double>
        let length: Double
        /// The way up and down.
        let rise: Double

        init(_ stroke: Int, _ points: [SIMD2<Double>]) {
            self.stroke = stroke
            self.points = points
            least = points.reduce(points[0]) { pointwiseMin($0, $1) }
            greatest = points.reduce(points[0]) { pointwiseMax($0, $1) }
            var (length, rise) = (0.0, 0.0)
            for (point, next) in zip(points, points.dropFirst()) {
                length += (next - point).length
                rise += abs(next.y - point.y)
            }
            (self.length, self.rise) = (length, rise)
        }

        var extent: SIMD2<Double> { greatest - least }
        var middle: SIMD2<Double> { (least + greatest) / 2 }
        private var chord: SIMD2<Double> { points[points.count - 1] - points[0] }

        /// The distance of its ends by its length, 0 ... 1.
        var straightness: Double { length > 0 ? chord.length / length : 0 }

        /// Whether it leads sideways, by less than 25 degrees up or down.
        var isLevel: Bool { abs(chord.y) < 0.47 * abs(chord.x) }

        /// Whether it goes up and down by less than letters of a size do, over several of them.
        func isWave(of size: Double) -> Bool {
            extent.y < 0.45 * size && extent.x > 4 * size && straightness > 0.5
        }

        /// The height of a level course at some x: that of its chord.
        private func height(at x: Double) -> Double {
            let from = points[0]
            return chord.x == 0 ? from.y : from.y + (x - from.x) * chord.y / chord.x
        }

        /// How far a level course is below the middle of another one.
        func drop(below other: Course) -> Double { height(at: other.middle.x) - other.middle.y }

        /// Whether a level course is below most of another, somewhere along it.
        func isBeneath(_ other: Course) -> Bool {
            let margin = 0.08 * extent.x
            guard (least.x - margin...greatest.x + margin).contains(other.middle.x) else { return false }
            return other.points.count { $0.y < height(at: $0.x) } * 5 > other.points.count * 4
        }

        /// Whether a level course leads through the middle of another one.
        func isCrossed(by other: Course) -> Bool {
            guard other.stroke != stroke, (least.x...greatest.x).contains(other.middle.x) else { return false }
            let above = other.points.count { $0.y < height(at: $0.x) }
            return above * 4 > other.points.count && above * 4 < other.points.count * 3
        }

        /// The share of its width that is beneath some others, gaps between neighbours being filled.
        func share(covered others: [Course]) -> Double {
            let left = others.map(\.least.x).min() ?? 0
            let right = others.map(\.greatest.x).max() ?? 0
            return (min(right, greatest.x) - max(left, least.x)) / max(extent.x, 1e-9)
        }

        /// Whether its box meets that of another one.
        func touches(_ other: Course) -> Bool {
            least.x <= other.greatest.x && other.least.x <= greatest.x && least.y <= other.greatest.y
                && other.least.y <= greatest.y
        }

        /// How far it gets to either side of the straight line of another one.
        private func sides(of shaft: Course) -> ClosedRange<Double> {
            guard let along = shaft.chord.unit else { return 0...0 }
            let distances = points.map { ($0.x - shaft.points[0].x) * along.y - ($0.y - shaft.points[0].y) * along.x }
            return min(distances.min() ?? 0, 0)...max(distances.max() ?? 0, 0)
        }

        /// Whether some of it is beside the straight line of another one, as the head of an arrow is.
        func isOff(_ shaft: Course) -> Bool { sides(of: shaft).length > 0.08 * shaft.length }

        /// Whether it is an arrow drawn in one stroke: straight to its tip, then back to either side.
        var hasHead: Bool {
            let reach = points.map { ($0 - points[0]).length }
            // The pen comes back to the tip between the head's sides.
            guard let most = reach.max(), let far = reach.firstIndex(where: { $0 > 0.97 * most }), far > 1,
                far < points.count - 1
            else { return false }
            let (shaft, head) = (Course(stroke, Array(points[...far])), Course(stroke, Array(points[far...])))
            return shaft.straightness > 0.9 && head.length > 0.25 * shaft.length && head.length < shaft.length
                && head.points.allSatisfy { ($0 - points[far]).length < 0.4 * shaft.length }
                && head.sides(of: shaft).lowerBound < -0.05 * shaft.length
                && head.sides(of: shaft).upperBound > 0.05 * shaft.length
        }
    }
}
