import StrandBytes
import StrandEngine

/// A format to write readings in. Each sample becomes bytes on its own, so that many can be made at the same time.
public enum ReadingFormat: String, Sendable, CaseIterable {
    /// The text alone, one line per line of ink.
    case text
    /// One row per text: id, rank from 1, probability, text. In texts a line feed is `\n`, a tab `\t`, a backslash
    /// `\\`. A cell with a quotation mark is quoted (RFC 4180).
    case tsv
    /// One JSON object per line and sample: id, model, text, probability, characters with their ink, alternatives;
    /// marks that are no text, if there are any, with their strokes.
    case jsonl
    /// A page per sample with boxes of lines and words; see `HOCR`.
    case hocr
    /// The same in another format; see `ALTO`.
    case alto

    /// The usual file extension, with its dot.
    public var fileSuffix: String {
        switch self {
        case .text: ".txt"
        case .tsv, .jsonl, .hocr: ".\(rawValue)"
        case .alto: ".alto.xml"
        }
    }

    /// Whether shards of it can be merged: its bytes show where a sample ends, and nothing stands around all samples.
    public var isMergeable: Bool { self == .tsv || self == .jsonl }

    /// Whether it shows more than one text a sample.
    public var showsAlternatives: Bool { self == .tsv || self == .jsonl }

    /// The text before the first sample.
    public var preamble: [UInt8] {
        switch self {
        case .text, .jsonl: []
        case .tsv: Array("id\trank\tprobability\ttext\n".utf8)
        case .hocr: Array(HOCR.preamble.utf8)
        case .alto: Array(ALTO.preamble.utf8)
        }
    }

    /// The text behind the last sample.
    public var closing: [UInt8] {
        switch self {
        case .text, .tsv, .jsonl: []
        case .hocr: Array(HOCR.closing.utf8)
        case .alto: Array(ALTO.closing.utf8)
        }
    }

    /// One sample.
    /// - Parameter maker: what made the text, named where the format has a place for it.
    public func bytes(of reading: InkReading, _ sample: InkSample, maker: PredictionMaker? = nil) -> [UInt8] {
        switch self {
        case .text: Array(reading.text.utf8) + [UInt8(ascii: "\n")]
        case .tsv: Self.rows(reading, sample.id)
        case .jsonl: Self.jsonLine(reading, sample.id, maker)
        case .hocr: Array(HOCR.page(reading, of: sample).utf8)
        case .alto: Array(ALTO.page(reading, of: sample).utf8)
        }
    }

    private static func rows(_ reading: InkReading, _ id: String) -> [UInt8] {
        let texts =
            reading.alternatives.isEmpty
            ? [.init(text: reading.text, probability: reading.probability)] : reading.alternatives
        return texts.enumerated().flatMap { index, alternative in
            var row = Array("\(id.escapedForTable)\t\(index + 1)\t".utf8)
            row.append(share: alternative.probability)
            return row + "\t\(alternative.text.escapedForTable)\n".utf8
        }
    }

    private static func jsonLine(_ reading: InkReading, _ id: String, _ maker: PredictionMaker?) -> [UInt8] {
        var line = Array("{\"id\":".utf8)
        line.append(jsonString: id)
        if let maker {
            line += ",\"model\":".utf8
            line.append(jsonString: maker.shortModel)
        }
        line += ",\"text\":".utf8
        line.append(jsonString: reading.text)
        line += ",\"probability\":".utf8
        line.append(share: reading.probability)
        line += ",\"characters\":".utf8
        line.append(jsonArray: reading.characters) { $0.append($1) }
        line += ",\"alternatives\":".utf8
        line.append(jsonArray: reading.alternatives) { line, alternative in
            line += "{\"text\":".utf8
            line.append(jsonString: alternative.text)
            line += ",\"probability\":".utf8
            line.append(share: alternative.probability)
            line.append(UInt8(ascii: "}"))
        }
        if !reading.marks.isEmpty {
            line += ",\"marks\":".utf8
            line.append(jsonArray: reading.marks) { line, mark in
                line += "{\"kind\":\"\(mark.kind.rawValue)\",\"strokes\":".utf8
                line.append(jsonArray: mark.strokes) { $0 += String($1).utf8 }
                line.append(UInt8(ascii: "}"))
            }
        }
        return line + "}\n".utf8
    }
}

extension String {
    /// The text without tabs and line ends, which would break a table, and quoted if it holds a quotation mark.
    fileprivate var escapedForTable: String {
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\t": escaped += "\\t"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        guard escaped.utf8.contains(UInt8(ascii: "\"")) else { return escaped }
        return String(decoding: escaped.utf8.quotedCell, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Appends a probability with six decimals.
    fileprivate mutating func append(share: Double) {
        let millionths = String(Int((Swift.max(0, Swift.min(1, share)) * 1e6).rounded()) + 1_000_000)
        self += "\(millionths == "2000000" ? "1" : "0").\(millionths.dropFirst())".utf8
    }

    fileprivate mutating func append(_ character: InkReading.Character) {
        self += "{\"character\":".utf8
        append(jsonString: String(character.character))
        self += ",\"probability\":".utf8
        append(share: character.probability)
        self += ",\"ink\":".utf8
        append(jsonArray: character.ink) { line, piece in
            line +=
                "{\"stroke\":\(piece.stroke),\"points\":[\(piece.points.lowerBound),\(piece.points.upperBound)]}".utf8
        }
        if let time = character.time {
            self += ",\"time\":".utf8
            append(jsonArray: [time.lowerBound, time.upperBound]) { $0.append(jsonNumber: $1) }
        }
        append(UInt8(ascii: "}"))
    }
}
