import StrandBytes
import StrandMetrics

/// A sample built row by row.
struct PointerEventSample {
    private let columns: PointerEventColumns
    private let key: String?
    private(set) var sample: InkSample
    private var clock: InkClock
    private var stroke: String?
    /// Whether the next point continues the current stroke.
    private var isDown = false

    init(_ columns: PointerEventColumns, first: [TableRows.Field], stem: String) {
        self.columns = columns
        key = columns.sample.map { first[$0].text }
        sample = InkSample(
            id: key ?? stem, writer: columns.writer.flatMap { first[$0].value },
            text: columns.text.flatMap { first[$0].value }, strokes: [])
        clock = InkClock(millisecondsPerUnit: columns.millisecondsPerTime)
    }

    /// Whether a row belongs to this sample.
    func owns(_ row: [TableRows.Field]) -> Bool { columns.sample.map { row[$0].text } == key }

    /// Takes the next row.
    /// - Throws: `notANumber`, `numberTooLarge` or `unexpected`.
    mutating func add(_ row: [TableRows.Field]) throws(FormatError.Problem) {
        let stroke = columns.stroke.map { row[$0].text }
        if stroke != self.stroke { isDown = false }
        self.stroke = stroke
        guard try updatePen(row) else { return }
        var point = InkPoint(
            x: try Double(ink: row[columns.x].bytes[...]), y: try Double(ink: row[columns.y].bytes[...]))
        if let time = columns.time, !row[time].bytes.isEmpty { point.time = try clock.time(row[time].bytes[...]) }
        if !isDown { sample.strokes.append([]) }
        isDown = true
        sample.strokes[sample.strokes.count - 1].append(point)
    }

    /// The whole sample.
    var finished: InkSample {
        let ys = sample.strokes.joined().lazy.map(\.y)
        guard columns.isOnlineHTR, ys.allSatisfy({ $0 <= 0 }) else { return sample }
        var turned = sample
        turned.strokes = sample.strokes.map { stroke in
            stroke.map { InkPoint(x: $0.x, y: 0 - $0.y, time: $0.time) }
        }
        return turned
    }

    /// Updates whether the pen is down; returns whether the row is ink.
    private mutating func updatePen(_ row: [TableRows.Field]) throws(FormatError.Problem) -> Bool {
        if let event = columns.event { return try updatePen(event: row[event].text) }
        guard let pressure = columns.pressure, !row[pressure].bytes.isEmpty else { return true }
        if try Double(ink: row[pressure].bytes[...]) > 0 { return true }
        isDown = false
        return false
    }

    private mutating func updatePen(event: String) throws(FormatError.Problem) -> Bool {
        switch event.lowercased() {
        case "pointerdown", "mousedown", "touchstart", "down":
            isDown = false
            return true
        case "pointermove", "pointerrawupdate", "mousemove", "touchmove", "move":
            return isDown
        case "pointerup", "pointercancel", "pointerout", "pointerleave", "mouseup", "touchend", "touchcancel", "up":
            isDown = false
            return false
        case "pointerover", "pointerenter":
            return false
        default: throw .text(.unexpected(event, expected: "an event such as pointerdown, pointermove or pointerup"))
        }
    }
}
