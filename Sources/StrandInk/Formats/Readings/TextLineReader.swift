import StrandBytes

/// Plain text.
struct TextLineReader: ~Copyable, RecordReader {
    private var lines: LineReader
    private let layout: PlainTextLayout

    init(_ bytes: consuming ByteReader, _ layout: PlainTextLayout) {
        lines = LineReader(bytes)
        self.layout = layout
    }

    mutating func next() throws(FormatError) -> NamedText? {
        while let line = try lines.next() {
            do throws(FormatError.Problem) {
                if let text = try text(of: line) { return text }
            } catch {
                throw FormatError(file: lines.name, line: lines.lineNumber, problem: error)
            }
        }
        return nil
    }

    /// Nil for a line without a text.
    private func text(of line: ArraySlice<UInt8>) throws(FormatError.Problem) -> NamedText? {
        if let index = line.firstIndex(where: Self.isBinary) { throw .text(TextProblem(notText: line, at: index)) }
        guard let text = String(validating: line, as: UTF8.self) else { throw .text(.notUTF8) }
        switch layout {
        case .lines: return NamedText(id: "\(lines.lineNumber)", text: text)
        case .kaldi:
            let words = text.trimmed
            if words.isEmpty { return nil }
            let id = words.prefix { !$0.isWhitespace }
            return NamedText(id: String(id), text: String(words[id.endIndex...]).trimmed)
        case .trn:
            if text.isSkippedInTRN { return nil }
            guard let transcript = text.transcript else { throw .ink(.missingID(text)) }
            return NamedText(id: transcript.id, text: transcript.text)
        }
    }

    /// Control characters, but for tabs, form feeds and others that move the place of writing.
    private static func isBinary(_ byte: UInt8) -> Bool { byte < 0x08 || (0x0E..<0x20).contains(byte) || byte == 0x7F }
}

/// The texts of ink.
struct InkTextReader: ~Copyable, RecordReader {
    fileprivate var reader: InkFileReader

    init(reader: consuming InkFileReader) {
        self.reader = reader
    }

    mutating func next() throws(FormatError) -> NamedText? {
        guard let sample = try reader.next() else { return nil }
        return NamedText(id: sample.id, text: sample.text, writer: sample.writer)
    }
}
