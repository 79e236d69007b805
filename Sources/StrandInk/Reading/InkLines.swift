import StrandBytes

/// The lines of a page of ink.
///
/// A line ends where the pen goes back to the left and down by more than a letter. A stroke added later to an earlier
/// line, such as the bar of a forgotten t, is added to that line.
enum InkLines {
    /// The strokes of each line, as indices into `strokes`, in the order of writing. Strokes without points are in
    /// none.
    static func split(_ strokes: [[InkPoint]]) -> [[Int]] {
        let written = strokes.indices.filter { !strokes[$0].isEmpty }
        guard written.count > 1 else { return written.isEmpty ? [] : [written] }
        let size = InkFrame(strokes).size
        let boxes = written.map { StrokeBox(strokes[$0]) }
        var lines = [Line(boxes[0], written[0])]
        for (index, box) in boxes.enumerated().dropFirst() {
            let current = lines.count - 1
            if lines[current].isLeft(by: boxes[index...].prefix(3), size: size) {
                lines.append(Line(box, written[index]))
            } else {
                let isFar = abs(lines[current].fall(to: box, size: size)) > size
                let earlier = isFar ? lines.dropLast().lastIndex { $0.holds(box, size: size) } : nil
                lines[earlier ?? current].add(box, written[index])
            }
        }
        return lines.map(\.strokes)
    }

    /// Strokes in one line.
    private struct Line {
        private var boxes: [StrokeBox]
        private var x: ClosedRange<Double>
        private(set) var strokes: [Int]

        init(_ box: StrokeBox, _ stroke: Int) {
            boxes = [box]
            strokes = [stroke]
            x = box.x
        }

        mutating func add(_ box: StrokeBox, _ stroke: Int) {
            boxes.append(box)
            strokes.append(stroke)
            x = min(x.lowerBound, box.x.lowerBound)...max(x.upperBound, box.x.upperBound)
        }

        /// How far a stroke is below the line's nearby ink.
        func fall(to box: StrokeBox, size: Double) -> Double {
            let near = boxes.filter {
                $0.x.upperBound > box.x.lowerBound - 5 * size && $0.x.lowerBound < box.x.upperBound + 5 * size
            }
            let row = near.isEmpty ? boxes : near
            let weight = row.reduce(0) { $0 + $1.length }
            return box.y - row.reduce(0) { $0 + $1.length * $1.y } / weight
        }

        func holds(_ box: StrokeBox, size: Double) -> Bool {
            abs(fall(to: box, size: size)) < 0.8 * size && x.lowerBound < box.x.upperBound + 2 * size
                && box.x.lowerBound < x.upperBound + 2 * size
        }

        /// Whether the next strokes start another line.
        func isLeft(by next: some Collection<StrokeBox>, size: Double) -> Bool {
            guard let first = next.first else { return false }
            let width = x.upperBound - x.lowerBound
            let back = x.upperBound - first.x.lowerBound
            guard back > 3 * size, back > 0.4 * width, fall(to: first, size: size) > 1.3 * size else { return false }
            let weight = next.reduce(0) { $0 + $1.length }
            return next.reduce(0) { $0 + $1.length * fall(to: $1, size: size) } > 1.3 * size * weight
        }
    }
}

/// The extent of a stroke.
private struct StrokeBox {
    let x: ClosedRange<Double>
    /// Mean height, weighted by length.
    let y: Double
    /// At least a little, so that a dot has an extent.
    let length: Double

    init(_ stroke: [InkPoint]) {
        let xs = stroke.map(\.x)
        x = (xs.min() ?? 0)...(xs.max() ?? 0)
        var (sum, length) = (0.0, 0.0)
        for (point, next) in zip(stroke, stroke.dropFirst()) {
            let part = (next.position - point.position).length
            length += part
            sum += part * (point.y + next.y) / 2
        }
        y = length > 0 ? sum / length : stroke[0].y
        self.length = max(length, 1e-9)
    }
}
