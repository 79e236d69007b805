import StrandBytes

/// The columns of a pointer-event table, identified by name.
package struct PointerEventColumns {
    let separator: UInt8
    let count: Int
    let names: [String]
    let x: Int
    let y: Int
    let time: Int?
    let pressure: Int?
    let stroke: Int?
    let event: Int?
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
        func column(_ accepted: String...) -> Int? {
            accepted.lazy.compactMap { names.firstIndex(of: $0) }.first
        }
        guard let x = column("x", "clientx", "pagex", "offsetx"), let y = column("y", "clienty", "pagey", "offsety")
        else { return nil }
        self.separator = separator
        count = names.count
        self.names = names
        self.x = x
        self.y = y
        time = column("t", "time", "timestamp", "t_ms", "time_ms", "t_s", "time_s", "t(s)", "time(s)")
        pressure = column("pressure", "p")
        stroke = column("stroke", "stroke_id", "strokeid", "stroke_nr")
        event = column("type", "event")
        sample = column("sample", "sample_id", "sampleid")
        writer = column("writer")
        text = column("text", "label")
    }

    /// OnlineHTR's tables, with times in seconds and y upwards from a corner below all ink.
    var isOnlineHTR: Bool { names.contains("stroke_nr") }

    /// Milliseconds per unit of time.
    var millisecondsPerTime: Double {
        let name = time.map { names[$0] } ?? ""
        return isOnlineHTR || name.hasSuffix("_s") || name.hasSuffix("(s)") ? 1000 : 1
    }
}
