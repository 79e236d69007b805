extension InkMarks {
    /// The closed course that some strokes make around a middle.
    struct Ring {
        private let middle: SIMD2<Double>
        private let half: SIMD2<Double>

        private static let sectors = 16

        /// Nil if they do not go around, or through the inside as well.
        init?(_ courses: ArraySlice<Course>) {
            let least = courses.dropFirst().reduce(courses[courses.startIndex].least) { pointwiseMin($0, $1.least) }
            let greatest = courses.dropFirst().reduce(courses[courses.startIndex].greatest) {
                pointwiseMax($0, $1.greatest)
            }
            middle = (least + greatest) / 2
            half = (greatest - least) / 2
            guard half.x > 0, half.y > 0, courses.allSatisfy({ $0.length > 0.4 * min(half.x, half.y) }) else {
                return nil
            }
            var seen = Set<Int>()
            var (inner, all) = (0.0, 0.0)
            for course in courses {
                for (point, next) in zip(course.points, course.points.dropFirst()) {
                    let length = (next - point).length
                    let steps = max(1, Int(length / (0.1 * half.min())))
                    for step in 0..<min(steps, 1000) {
                        let place = ((point + (next - point) * (Double(step) / Double(steps))) - middle) / half
                        seen.insert(Self.sector(of: place))
                        all += length / Double(steps)
                        if place.length < 0.7 { inner += length / Double(steps) }
                    }
                }
            }
            guard seen.count >= Self.sectors - 1, inner < 0.08 * all else { return nil }
        }

        /// The sector of a direction, by the corners of a square: no arc tangent is needed.
        private static func sector(of place: SIMD2<Double>) -> Int {
            let (x, y) = (abs(place.x), abs(place.y))
            let octant = x > y ? y / max(x, 1e-12) : 2 - x / max(y, 1e-12)
            let quarter = min(Int(octant * 2), 3)
            return (place.x < 0 ? 8 : 0) + (place.y < 0 ? 4 : 0) + quarter
        }

        var extent: SIMD2<Double> { 2 * half }

        private func share(inside course: Course) -> Double {
            let inside = course.points.count { point in
                let place = (point - middle) / half
                return max(abs(place.x), abs(place.y)) < 1
            }
            return Double(inside) / Double(course.points.count)
        }

        func holds(_ course: Course) -> Bool { share(inside: course) > 0.85 }

        func isCrossed(by course: Course) -> Bool { (0.2...0.85).contains(share(inside: course)) }
    }

    /// The strokes of a page, those found to be marks taken off.
    struct Page {
        private let courses: [Course]
        private var isMark: [Bool]
        private(set) var marks: [(kind: InkReading.Mark.Kind, strokes: [Int])] = []

        init(_ courses: [Course]) {
            self.courses = courses
            isMark = courses.map { _ in false }
        }

        /// The strokes that are no marks so far.
        var letters: [Course] { zip(courses, isMark).filter { !$1 }.map(\.0) }

        /// The size of letters: that of all but the strokes that are much higher than most, and of level lines, which may be rules.
        var letterSize: Double {
            let all = letters
            let written = all.filter { !($0.straightness > 0.95 && $0.isLevel) }
            let measured = written.isEmpty ? all : written
            let heights = measured.map(\.extent.y).sorted()
            guard !heights.isEmpty else { return 1 }
            let most = 3 * max(heights[heights.count / 2], heights[heights.count * 3 / 4])
            return InkFrame(measured.filter { $0.extent.y <= most }.map(\.points)).size
        }

        /// The shortest runs of at most `most` strokes in a row that are not marks yet and meet a condition: none that meets it
        /// begins with strokes that it does not need.
        func runs(of most: Int, where isFound: (ArraySlice<Course>) -> Bool) -> [Range<Int>] {
            var found: [Range<Int>] = []
            var start = 0
            while start < courses.count {
                let end = (start + 1...start + most).first { end in
                    end <= courses.count && !isMark[end - 1] && isFound(courses[start..<end])
                }
                if !isMark[start], let end {
                    let first = (start..<end).last { isFound(courses[$0..<end]) } ?? start
                    found.append(first..<end)
                    start = end
                } else {
                    start += 1
                }
            }
            return found
        }

        mutating func find(_ marksOf: (Page) -> [(kind: InkReading.Mark.Kind, courses: Range<Int>)]) {
            for (kind, range) in marksOf(self) where !isMark[range].contains(true) {
                marks.append((kind, courses[range].map(\.stroke)))
                for index in range { isMark[index] = true }
            }
        }
    }
}
