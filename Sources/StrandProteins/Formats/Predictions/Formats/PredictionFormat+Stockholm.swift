/// Stockholm format 1.0 (Sonnhammer; Pfam).
extension PredictionFormat {
    /// An alignment of one sequence, lines not wrapped: the labels are DSSP's letters, as in `SS`.
    static func stockholm(_ record: PredictionRecord) -> [UInt8] {
        let id = record.idBytes
        let isMarkup = id.first == UInt8(ascii: "#") || id.starts(with: "//".utf8)
        let name = record.name { index, byte in byte > UInt8(ascii: " ") && byte != 0x7F && (index > 0 || !isMarkup) }
        var bytes = "# STOCKHOLM 1.0\n#=GF ID ".utf8 + name + [newline]
        if let maker = record.maker { bytes += "#=GF CC \(maker.text)\n".utf8 }
        let description = record.description
        if !description.isEmpty { bytes += "#=GS ".utf8 + name + " DE ".utf8 + description + [newline] }
        bytes += name + "         ".utf8 + record.sequence + [newline]
        bytes += "#=GR ".utf8 + name + " SS ".utf8 + record.labels + "\n//\n".utf8
        return bytes
    }
}

private let newline = UInt8(ascii: "\n")
