import StrandBytes

/// Ink that is no text: underlines, frames, arrows, rules and drawings.
///
/// They are told from letters by their shape and by the letters near them, in this order: a frame is a closed course around
/// ink that it hardly touches, of up to four strokes; an underline is level, straight or a low wave, and just beneath letters;
/// an arrow is straight and has a head; a rule is straight and many letters long; what is many letters high is a drawing, and so
/// is a brace beside several lines. Sizes are those of the letters it is about, as `InkFrame` has them.
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
        let letters = page.letters
        return page.runs(of: 4) { run in
            guard let ring = Ring(run) else { return false }
            let own = Set(run.map(\.stroke))
            let others = letters.filter { !own.contains($0.stroke) }
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
        let all = page.letters
        return page.runs(of: 1) { run in
            let line = run[run.startIndex]
            guard line.straightness > 0.85 || line.isWave(of: least), line.isLevel else { return false }
            let above = all.filter { $0.stroke != line.stroke && line.isBeneath($0) }
            let letters = above.filter { $0.rise > 0.25 * $0.length }
            guard !letters.isEmpty else { return false }
            let size = max(InkFrame(letters.map(\.points)).size, least)
            let rise = letters.reduce(0) { $0 + $1.rise }
            let near = letters.filter { line.drop(below: $0) < 2.5 * size }
            guard line.extent.x > 1.8 * size, rise > 2.5 * size, !near.isEmpty else { return false }
            let drop = near.reduce(0) { $0 + line.drop(below: $1) } / Double(near.count)
            return drop > 0.3 * size && line.share(covered: near) > 0.55
                && all.count(where: { line.isCrossed(by: $0) }) * 3 <= near.count
        }.map { (.underline, $0) }
    }

    // MARK: Arrows

    private static func arrows(_ page: Page) -> [Found] {
        let size = page.letterSize
        let letters = page.letters
        return page.runs(of: 3) { run in
            guard let shaft = run.max(by: { $0.length < $1.length }), shaft.length > 3.5 * size else { return false }
            let own = Set(run.map(\.stroke))
            // It stands by itself: letters are joined by strokes that look like arrows.
            guard !letters.contains(where: { !own.contains($0.stroke) && run.contains(where: $0.touches) }) else {
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
                    && InkFrame([course.points]).size > 0.5 * course.extent.y || isBrace(course, of: size, on: page)
            }.map { (.drawing, $0) }
    }

    /// Higher than any letter, narrow, by itself, and beside letters of two lines or more that it stands close to.
    private static func isBrace(_ course: Course, of size: Double, on page: Page) -> Bool {
        guard course.extent.y > 4.5 * size, course.extent.x < 0.4 * course.extent.y else { return false }
        let others = page.letters.filter { $0.stroke != course.stroke }
        guard !others.contains(where: course.touches) else { return false }
        let beside = others.filter {
            (course.least.y...course.greatest.y).contains($0.middle.y) && $0.extent.y > 0.5 * size
                && max($0.least.x - course.greatest.x, course.least.x - $0.greatest.x) < 5 * size
        }
        let heights = beside.map(\.middle.y)
        return (heights.max() ?? 0) - (heights.min() ?? 0) > 0.4 * course.extent.y
    }
}

extension [[SIMD2<Double>]] {
    /// The strokes that are no marks.
    func without(_ marks: Set<Int>) -> Self { indices.filter { !marks.contains($0) }.map { self[$0] } }
}

extension InkReading.Mark {
    /// How many there are of each kind, in words; nil: none.
    package static func summary(of counts: [Kind: Int]) -> String? {
        let parts = Kind.allCases.compactMap { kind in counts[kind].map { counted($0, kind.rawValue) } }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
