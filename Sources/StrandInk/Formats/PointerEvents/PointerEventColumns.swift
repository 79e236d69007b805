import StrandBytes

/// The columns of a pointer-event table, identified by name.
package struct PointerEventColumns {
    let separator: UInt8
    let count: Int
    let names: [String]
    let x: Int
    let y: Int
    let time: Int?
    let stroke: Int?
    /// The column that tells where the pen writes, and how it does.
    let pen: (column: Int, meaning: PenColumn)?
    /// The column of pressed buttons, which tell an eraser.
    let buttons: Int?
    let pointer: Int?
    let tool: Int?
    let sample: Int?
    let writer: Int?
    let text: Int?

    /// Nil if the header does not name x and y.
    package init?(header: ArraySlice<UInt8>) {
        let candidates = ",;\t".utf8.lazy.compactMap { PointerEventColumns(header: header, separator: $0) }
        guard let columns = candidates.first else { return nil }
        self = columns
    }

    private init?(header: ArraySlice<UInt8>, separator: UInt8) {
        let fields = header.split(separator: separator, omittingEmptySubsequences: false)
        let names = fields.map { field in
            String(utf8OrLatin1: field.filter { !$0.isBlank && $0 != UInt8(ascii: "\"") }).lowercased()
        }
        // Names may be parted: pen_down, stroke-id.
        let joined = names.map { name in name.filter { $0 != "_" && $0 != "-" } }
        func column(_ accepted: String...) -> Int? {
            accepted.lazy.compactMap { names.firstIndex(of: $0) ?? joined.firstIndex(of: $0) }.first
        }
        guard let x = column("x", "clientx", "pagex", "offsetx", "screenx"),
            let y = column("y", "clienty", "pagey", "offsety", "screeny")
        else { return nil }
        self.separator = separator
        count = names.count
        self.names = names
        self.x = x
        self.y = y
        time = column("t", "time", "timestamp", "t_ms", "time_ms", "t_s", "time_s", "t(s)", "time(s)", "eventtime")
        stroke = column("stroke", "strokeid", "strokenr", "strokenumber")
        let pens: [(column: Int?, meaning: PenColumn)] = [
            (column("type", "event", "eventtype", "action"), .event(PenEvent.ofAndroid)),
            (column("phase"), .event(PenEvent.ofUIKit)),
            (column("pendown", "isdown", "down", "contact", "incontact", "tip", "tipswitch", "touching"), .contact),
            (column("penup", "isup"), .lifted), (column("eos", "endofstroke", "strokeend"), .strokeEnd),
            (column("buttons"), .buttons), (column("pressure", "p"), .pressure),
        ]
        pen = pens.lazy.compactMap { pen in pen.column.map { ($0, pen.meaning) } }.first
        buttons = column("buttons")
        pointer = column("pointerid", "pointer", "touchid", "fingerid")
        tool = column("pointertype", "tooltype", "tool")
        sample = column("sample", "sampleid")
        writer = column("writer")
        text = column("text", "label")
    }

    /// The names of the columns that are not read, without those that count rows.
    var skippedNames: [String] {
        let read = [x, y, time, stroke, pen?.column, buttons, pointer, tool, sample, writer, text]
        return names.indices.filter { !read.contains($0) && !["", "index"].contains(names[$0]) }.map { names[$0] }
    }

    /// OnlineHTR's tables, with times in seconds and y upwards from a corner below all ink.
    var isOnlineHTR: Bool { names.contains("stroke_nr") }

    /// Milliseconds per unit of time.
    var millisecondsPerTime: Double {
        let name = time.map { names[$0] } ?? ""
        return isOnlineHTR || name.hasSuffix("_s") || name.hasSuffix("(s)") ? 1000 : 1
    }
}
