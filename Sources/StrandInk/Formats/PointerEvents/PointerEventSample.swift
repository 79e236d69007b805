import StrandBytes
import StrandMetrics

/// A sample built row by row.
struct PointerEventSample {
    /// A stroke with what decides whether it is ink.
    private struct Stroke {
        var points: [InkPoint] = []
        let tool: PenTool
        var isCancelled = false
    }

    /// A pointer with its own course of strokes.
    private struct Pointer {
        /// The value in the column of strokes.
        var name: String?
        /// The stroke that its next point continues.
        var stroke: Int?
    }

    private let columns: PointerEventColumns
    private let key: String?
    private var head: InkSample
    private var strokes: [Stroke] = []
    private var pointers: [String: Pointer] = [:]
    private var clock: InkClock
    private(set) var repairs = InkRepairs()
    private var hasPenEvents = false
    /// The first event that is no pen's.
    private(set) var otherEvent: (name: String, line: Int)?

    init(_ columns: PointerEventColumns, first: [TableRows.Field], stem: String) {
        self.columns = columns
        key = columns.sample.map { first[$0].text }
        head = InkSample(
            id: key ?? stem, writer: columns.writer.flatMap { first[$0].value },
            text: columns.text.flatMap { first[$0].value }, strokes: [])
        clock = InkClock(millisecondsPerUnit: columns.millisecondsPerTime)
    }

    var id: String { head.id }

    /// Whether a row belongs to this sample.
    func owns(_ row: [TableRows.Field]) -> Bool { columns.sample.map { row[$0].text } == key }

    /// Takes the next row.
    /// - Throws: `notANumber`, `numberTooLarge` or `unexpected`.
    mutating func add(_ row: [TableRows.Field], line: Int) throws(FormatError.Problem) {
        let event =
            try columns.pen.map { pen throws(FormatError.Problem) in
                try pen.meaning.event(cell(row[pen.column]))
            } ?? PenEvent.contact
        let isErasing = columns.buttons.map { PenColumn.isEraser(cell(row[$0])) } ?? false
        if case .other = event {
            let name = columns.pen.map { row[$0.column].text } ?? ""
            repairs.note(.otherEvent, example: name)
            otherEvent = otherEvent ?? (name, line)
            return
        }
        hasPenEvents = true
        let toolName = columns.tool.map { row[$0].text } ?? ""
        // Without ids, a finger and a pen are still two pointers.
        let id = (columns.pointer.map { row[$0].text } ?? "") + "\t" + toolName
        var pointer = pointers[id] ?? Pointer()
        let name = columns.stroke.map { row[$0].text }
        if name != pointer.name { pointer.stroke = nil }
        pointer.name = name
        switch event {
        case .down, .contact, .last, .move:
            if case .down = event { pointer.stroke = nil }
            if case .move = event, pointer.stroke == nil { break }
            let stroke = pointer.stroke ?? strokes.count
            if stroke == strokes.count { strokes.append(Stroke(tool: isErasing ? .eraser : PenTool(toolName))) }
            strokes[stroke].points.append(try point(row))
            pointer.stroke = stroke
            if case .last = event { pointer.stroke = nil }
        case .cancel:
            if let stroke = pointer.stroke { strokes[stroke].isCancelled = true }
            pointer.stroke = nil
        case .up: pointer.stroke = nil
        case .hover, .other: break
        }
        pointers[id] = pointer
    }

    private mutating func point(_ row: [TableRows.Field]) throws(FormatError.Problem) -> InkPoint {
        var point = InkPoint(x: try Double(ink: cell(row[columns.x])), y: try Double(ink: cell(row[columns.y])))
        if let time = columns.time.map({ row[$0] }), !time.bytes.isEmpty { point.time = try clock.time(cell(time)) }
        return point
    }

    /// A cell without outer blanks, a decimal comma as a point.
    private mutating func cell(_ field: TableRows.Field) -> ArraySlice<UInt8> {
        var text = field.bytes[...].withoutOuterBlanks
        guard columns.separator != .comma || field.isQuoted, text.replaceDecimalComma() else { return text }
        repairs.note(.decimalComma)
        return text
    }

    /// The whole sample; what is not ink is counted in `repairs`.
    /// - Throws: `unexpected` if the only events are no pen's.
    mutating func finish() throws(FormatError.Problem) -> InkSample {
        if let otherEvent, !hasPenEvents {
            throw .text(
                .unexpected(otherEvent.name, expected: "an event such as pointerdown, pointermove or pointerup"))
        }
        let valid = strokes.filter { !$0.isCancelled && $0.tool != .eraser }
        let hasPen = valid.contains { $0.tool == .pen }
        let ink = valid.filter { !hasPen || $0.tool != .touch }
        repairs.note(.cancelled, count: strokes.count(where: \.isCancelled))
        repairs.note(.erased, count: strokes.count { !$0.isCancelled && $0.tool == .eraser })
        repairs.note(.touch, count: valid.count - ink.count)
        var sample = head
        sample.strokes = ink.map(\.points)
        // OnlineHTR's y grows upwards.
        if columns.isOnlineHTR, sample.strokes.joined().allSatisfy({ $0.y <= 0 }) {
            sample.strokes = sample.strokes.map { stroke in
                stroke.map { InkPoint(x: $0.x, y: 0 - $0.y, time: $0.time) }
            }
        }
        return sample
    }
}

extension UInt8 {
    static let comma = UInt8(ascii: ",")
}

extension ArraySlice<UInt8> {
    /// Replaces the only comma of a number without a point by one; returns whether it did.
    mutating func replaceDecimalComma() -> Bool {
        guard let comma = firstIndex(of: .comma), !self[(comma + 1)...].contains(.comma), !contains(UInt8(ascii: "."))
        else { return false }
        self[comma] = UInt8(ascii: ".")
        return true
    }
}
