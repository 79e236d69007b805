import StrandBytes

/// Ink that is no text: underlines, frames, arrows, rules and drawings.
///
/// They are told from letters by their shape and by the letters near them, in this order: a frame is a closed course around
/// ink that it hardly touches, of up to four strokes; an underline is straight, level and just beneath letters; an arrow is
/// straight and has a head; a rule is straight and many letters long; what is many letters high is a drawing. Sizes are
/// those of the letters it is about, as `InkFrame` has them.
struct InkMarks {
    /// In the order of writing; indices of strokes.
    private(set) var marks: [(kind: InkReading.Mark.Kind, strokes: [Int])] = []

    /// - Parameter strokes: positions; strokes without any are ignored. Ink without a letter has no marks: it may be a
    ///   dash or an O.
    init(_ strokes: [[SIMD2<Double>]]) {
        let courses = strokes.indices.compactMap { strokes[$0].isEmpty ? nil : Course($0, strokes[$0]) }
        guard courses.count > 1, courses.contains(where: { $0.length > 0 }) else { return }
        var page = Page(courses)
        page.find(Self.frames)
        page.find(Self.underlines)
        page.find(Self.arrows)
        page.find(Self.rulesAndDrawings)
        guard !page.letters.isEmpty else { return }
        marks = page.marks.sorted { $0.strokes[0] < $1.strokes[0] }
    }

    /// The strokes that are no text.
    var strokes: Set<Int> { Set(marks.flatMap(\.strokes)) }

    /// The same as marks of the sample that was prepared.
    func of(_ ink: PreparedInk) -> [InkReading.Mark] {
        marks.map { kind, strokes in
            let pieces = strokes.flatMap { ink.pieces(of: $0, 0...ink.strokes[$0].count - 1) }
            return InkReading.Mark(kind, strokes: Set(pieces.map(\.stroke)).sorted())
        }
    }

    private typealias Found = (kind: InkReading.Mark.Kind, courses: Range<Int>)

    // MARK: Frames

    /// Boxes and circles around at least two letters or so (an @ is one), of one to four strokes in a row.
    private static func frames(_ page: Page) -> [Found] {
        page.runs(of: 4) { run in
            guard let ring = Ring(run) else { return false }
            let own = Set(run.map(\.stroke))
            let others = page.letters.filter { !own.contains($0.stroke) }
            let inside = others.filter(ring.holds)
            let size = InkFrame(inside.map(\.points)).size
            let length = inside.reduce(0) { $0 + $1.length }
            guard length > 4.7 * size, ring.extent.y > 1.2 * size else { return false }
            // Letters that lie across it would be held as well.
            return others.count(where: ring.isCrossed) * 4 <= inside.count
        }.map { (.frame, $0) }
    }

    // MARK: Underlines

    private static func underlines(_ page: Page) -> [Found] {
        // The bar of an F is beneath its top, which is no letter.
        let least = 0.6 * page.letterSize
        return page.runs(of: 1) { run in
            let line = run[run.startIndex]
            guard line.straightness > 0.85, line.isLevel else { return false }
            let above = page.letters.filter { $0.stroke != line.stroke && line.isBeneath($0) }
            let letters = above.filter { $0.rise > 0.25 * $0.length }
            guard !letters.isEmpty else { return false }
            let size = max(InkFrame(letters.map(\.points)).size, least)
            let rise = letters.reduce(0) { $0 + $1.rise }
            let near = letters.filter { line.drop(below: $0) < 2.5 * size }
            guard line.extent.x > 1.8 * size, rise > 2.5 * size, !near.isEmpty else { return false }
            let drop = near.reduce(0) { $0 + line.drop(below: $1) } / Double(near.count)
            return drop > 0.3 * size && line.share(covered: near) > 0.55
                && page.letters.count(where: { line.isCrossed(by: $0) }) * 3 <= near.count
        }.map { (.underline, $0) }
    }

    // MARK: Arrows

    private static func arrows(_ page: Page) -> [Found] {
        let size = page.letterSize
        return page.runs(of: 3) { run in
            guard let shaft = run.max(by: { $0.length < $1.length }), shaft.length > 3.5 * size else { return false }
            let own = Set(run.map(\.stroke))
            // It stands by itself: letters are joined by strokes that look like arrows.
            guard !page.letters.contains(where: { !own.contains($0.stroke) && run.contains(where: $0.touches) }) else {
                return false
            }
            if run.count == 1 { return shaft.hasHead }
            guard shaft.straightness > 0.9 else { return false }
            let heads = run.filter { $0.stroke != shaft.stroke }
            return [shaft.points[0], shaft.points[shaft.points.count - 1]].contains { tip in
                heads.allSatisfy { head in
                    head.length < 0.7 * shaft.length && head.length > 0.3 * size
                        && head.points.contains { ($0 - tip).length < 0.12 * shaft.length }
                        && head.points.allSatisfy { ($0 - tip).length < 0.45 * shaft.length }
                        && head.isOff(shaft)
                }
            }
        }.map { (.arrow, $0) }
    }

    // MARK: Rules and drawings

    private static func rulesAndDrawings(_ page: Page) -> [Found] {
        let size = page.letterSize
        let isText = page.letters.count { $0.extent.y > 0.5 * size } > 6
        return page.runs(of: 1) { $0[$0.startIndex].straightness > 0.95 && $0[$0.startIndex].length > 10 * size }
            .map { (.rule, $0) }
            + page.runs(of: 1) { run in
                let course = run[run.startIndex]
                return course.extent.y > 8 * size && course.straightness < 0.95 && isText
                    && InkFrame([course.points]).size > 0.5 * course.extent.y
            }.map { (.drawing, $0) }
    }
}

extension InkReading.Mark {
    /// How many there are of each kind, in words; nil: none.
    package static func summary(of counts: [Kind: Int]) -> String? {
        let parts = Kind.allCases.compactMap { kind in counts[kind].map { counted($0, kind.rawValue) } }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

/// A stroke and its measures, in units of the ink.
private struct Course {
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
        guard let far = points.indices.max(by: { (points[$0] - points[0]).length < (points[$1] - points[0]).length }),
            far > 1, far < points.count - 1
        else { return false }
        let (shaft, head) = (Course(stroke, Array(points[...far])), Course(stroke, Array(points[far...])))
        return shaft.straightness > 0.9 && head.length > 0.25 * shaft.length && head.length < shaft.length
            && head.points.allSatisfy { ($0 - points[far]).length < 0.4 * shaft.length }
            && head.sides(of: shaft).lowerBound < -0.05 * shaft.length
            && head.sides(of: shaft).upperBound > 0.05 * shaft.length
    }
}

/// The closed course that some strokes make around a middle.
private struct Ring {
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
        guard half.x > 0, half.y > 0, courses.allSatisfy({ $0.length > 0.4 * min(half.x, half.y) }) else { return nil }
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
private struct Page {
    private let courses: [Course]
    private var isMark: [Bool]
    private(set) var marks: [(kind: InkReading.Mark.Kind, strokes: [Int])] = []

    init(_ courses: [Course]) {
        self.courses = courses
        isMark = courses.map { _ in false }
    }

    /// The strokes that are no marks so far.
    var letters: [Course] { zip(courses, isMark).filter { !$1 }.map(\.0) }

    /// The size of letters: that of all but the strokes that are much higher than most.
    var letterSize: Double {
        let letters = letters
        let heights = letters.map(\.extent.y).sorted()
        guard !heights.isEmpty else { return 1 }
        let most = 3 * max(heights[heights.count / 2], heights[heights.count * 3 / 4])
        return InkFrame(letters.filter { $0.extent.y <= most }.map(\.points)).size
    }

    /// The shortest runs of at most `most` strokes in a row that are not marks yet and meet a condition.
    func runs(of most: Int, where isFound: (ArraySlice<Course>) -> Bool) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        while start < courses.count {
            let end = (start + 1...start + most).first { end in
                end <= courses.count && !isMark[end - 1] && isFound(courses[start..<end])
            }
            if !isMark[start], let end {
                found.append(start..<end)
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
