/// The lines of a page of ink, in the order of reading, by a model of how pages are written.
///
/// The pen writes on along its line until the next ink lies so much lower (or higher, at the head of another column),
/// so clearly apart and so far back that another line is more probable: see `Departure`. Ink that lies in the row of a
/// line written before belongs to that line, such as a word added there, or the bar of a forgotten t.
enum InkLines {
    /// The strokes of each line, as indices into `strokes`, in the order of reading: see `LineOrder`. Strokes without
    /// points, and those that are marks, are in none.
    static func split(_ strokes: [[SIMD2<Double>]], without marks: Set<Int> = []) -> [[Int]] {
        let letters = strokes.indices.filter { !strokes[$0].isEmpty && !marks.contains($0) }
        let size = InkFrame(letters.map { strokes[$0] }).size
        let boxes = letters.map { StrokeBox($0, strokes[$0], size: size) }
        if boxes.count == 2 && boxes[0].isStacked(with: boxes[1]) { return [letters] }
        var lines: [Line] = []
        /// The line that the pen is in, and the lines in the order of reading.
        var current = 0
        var order: [Int] = []
        for (index, box) in boxes.enumerated() {
            guard !lines.isEmpty else {
                lines.append(Line(box))
                order.append(0)
                continue
            }
            let next = NextInk(boxes[index...])
            if lines[current].departure(to: next) > 0 {
                if let other = lines.indices.last(where: { $0 != current && lines[$0].holds(box, within: 0.5) }) {
                    current = other
                } else {
                    current = lines.count
                    let below = order.firstIndex { lines[$0].overlaps(next) && lines[$0].fall(to: next.boxes[0]) < 0 }
                    order.insert(current, at: below ?? order.count)
                    lines.append(Line(box))
                    continue
                }
            }
            let isFar = abs(lines[current].fall(to: box)) > 1
            let other = isFar ? lines.indices.last { $0 != current && lines[$0].holds(box, within: 0.8) } : nil
            lines[other ?? current].add(box)
        }
        return order.map { LineOrder.strokes(of: lines[$0].boxes) }
    }
}

/// Strokes in one line; lengths in sizes of the ink.
private struct Line {
    private(set) var boxes: [StrokeBox]
    private var x: ClosedRange<Double>
    /// How far to the right the pen has come, since it last went back to write a late word.
    private var right: Double

    init(_ box: StrokeBox) {
        boxes = [box]
        x = box.x
        right = box.x.upperBound
    }

    mutating func add(_ box: StrokeBox) {
        boxes.append(box)
        x = x.union(box.x)
        right = box.isLetter && box.x.upperBound < right - 3 ? box.x.upperBound : max(right, box.x.upperBound)
    }

    func overlaps(_ ink: NextInk) -> Bool { x.overlaps(ink.x) }

    /// The line's ink near some x; all of it if none is near.
    private func near(_ x: ClosedRange<Double>) -> [StrokeBox] {
        let reach = x.lowerBound - 5...x.upperBound + 5
        let near = boxes.filter { reach.overlaps($0.x) }
        return near.isEmpty ? boxes : near
    }

    /// How far a stroke is below the line's nearby ink.
    func fall(to box: StrokeBox) -> Double { box.middle - near(box.x).middle }

    func holds(_ box: StrokeBox, within distance: Double) -> Bool {
        (x.lowerBound - 2...x.upperBound + 2).overlaps(box.x) && abs(fall(to: box)) < distance
    }

    /// Log odds that ink is of another line, lower or higher.
    ///
    /// The weights are those of a logistic regression on 80,000 pairs of strokes in a row: inside UNIPEN's training
    /// words and lines, and from line to line of pages made of them, columns of numbers and of short words, aligned to
    /// the left, the right and the middle, and paragraphs. Of its validation part `tools/robustness` makes such pages.
    func departure(to next: NextInk) -> Double {
        let near = near(next.x)
        let rows = near.dropFirst().reduce(near[0].y) { $0.union($1.y) }
        let fall = next.boxes[0].middle - near.middle
        // Dots, accents and bars are written upwards, too.
        if fall < 0 && next.length <= NextInk.leastLetters { return -.infinity }
        let gap = fall > 0 ? next.y.lowerBound - rows.upperBound : rows.lowerBound - next.y.upperBound
        // Whoever goes up goes to another column or to a title, or dots an i: the way back tells nothing.
        let back = fall > 0 ? right - next.boxes[0].x.lowerBound : 0
        return -21 + 2.9 * min(abs(fall), 3) + 1.1 * min(max(back, -1), 6) + 4.6 * min(max(gap, -1.5), 1)
            + 6.2 * min(next.y.length, 1) + 9.7 * min(rows.length, 1)
    }
}

/// The strokes that the pen writes next: enough to see whether they are letters or a dot.
private struct NextInk {
    let boxes: [StrokeBox]
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>
    let length: Double

    /// More ink than of a few dots and bars.
    static let leastLetters = 4.0

    /// - Parameter boxes: the strokes from now on.
    init(_ boxes: ArraySlice<StrokeBox>) {
        var length = 0.0
        self.boxes = Array(
            boxes.prefix(4).prefix { box in
                defer { length += box.length }
                return length <= Self.leastLetters
            })
        self.length = self.boxes.reduce(0) { $0 + $1.length }
        x = self.boxes.dropFirst().reduce(self.boxes[0].x) { $0.union($1.x) }
        y = self.boxes.dropFirst().reduce(self.boxes[0].y) { $0.union($1.y) }
    }
}

/// The extent of a stroke, in sizes of the ink.
struct StrokeBox {
    /// Its index.
    let stroke: Int
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>
    /// Mean height, weighted by length.
    let middle: Double
    /// At least a little, so that a dot has an extent.
    let length: Double

    init(_ index: Int, _ path: [SIMD2<Double>], size: Double) {
        stroke = index
        let least = path.reduce(path[0]) { pointwiseMin($0, $1) } / size
        let greatest = path.reduce(path[0]) { pointwiseMax($0, $1) } / size
        x = least.x...greatest.x
        y = least.y...greatest.y
        var (sum, length) = (0.0, 0.0)
        for (point, next) in zip(path, path.dropFirst()) {
            let part = (next - point).length / size
            length += part
            sum += part * (point.y + next.y) / (2 * size)
        }
        middle = length > 0 ? sum / length : path[0].y / size
        self.length = max(length, 1e-9)
    }

    /// Whether the two may be the rings of an 8, or a 5 and its bar, rather than two lines: as wide as each other, hardly apart,
    /// and together no wider than high.
    fileprivate func isStacked(with other: StrokeBox) -> Bool {
        let gap = max(y.lowerBound, other.y.lowerBound) - min(y.upperBound, other.y.upperBound)
        let shared = min(x.upperBound, other.x.upperBound) - max(x.lowerBound, other.x.lowerBound)
        return gap <= 0.15 * (y.length + other.y.length) && shared >= 0.5 * max(x.length, other.x.length)
            && x.union(other.x).length <= y.union(other.y).length
    }

    /// Whether it is large enough for a letter, not a dot or a bar.
    var isLetter: Bool { length >= 1 && y.length >= 0.5 }
}

extension [StrokeBox] {
    /// Mean height, weighted by length.
    fileprivate var middle: Double {
        let length = reduce(0) { $0 + $1.length }
        return reduce(0) { $0 + $1.length * $1.middle } / length
    }
}

extension ClosedRange<Double> {
    var length: Double { upperBound - lowerBound }

    fileprivate func union(_ other: Self) -> Self {
        Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
    }
}
