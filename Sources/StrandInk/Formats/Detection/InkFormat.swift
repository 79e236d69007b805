import StrandBytes

/// The readable formats of ink.
public enum InkFormat: String, Sendable, CaseIterable {
    /// Strand's own: one JSON object per line; see `InkJSONReader`.
    case jsonLines = "jsonl"
    /// W3C InkML; see `InkMLReader`.
    case inkML = "inkml"
    /// UNIPEN 1.0; see `UNIPENReader`.
    case unipen
    /// Lines of IAM-OnDB; see `IAMOnDBReader`.
    case iamOnDB = "iamondb"
    /// Xournal and Xournal++; see `XournalReader`.
    case xournal
    /// Quick, Draw!; see `QuickDrawReader`.
    case quickDraw = "quickdraw"
    /// UJIpenchars2; see `UJIPenCharactersReader`.
    case ujiPenCharacters = "uji"
    /// Tables of pointer events; see `PointerEventReader`.
    case pointerEvents = "csv"
    /// Pages of reMarkable's tablets; see `ReMarkableReader`.
    case reMarkable = "remarkable"
    /// Rnote; see `RnoteReader`.
    case rnote
    /// Lines of SVG drawings; see `SVGReader`.
    case svg
    /// MyScript's JSON exports; see `JIIXReader`.
    case jiix
    /// Omniglot's strokes; see `OmniglotReader`.
    case omniglot
    /// Recordings of Wacom tablets; see `SVCReader`.
    case svc

    /// The format of a file that starts with these bytes, decompressed.
    ///
    /// JSON, an object or an array of objects, with neither Strand's member nor Quick Draw's counts as Strand's, so that
    /// its reader reports the problem.
    /// - Throws: `unknownInk`, `unexpected` for XML of another kind, `documentType` or `xmlEncoding`.
    public init(detecting bytes: [UInt8]) throws(FormatError.Problem) {
        let text = bytes[...].withoutByteOrderMark
        let start = text.drop(while: \.isXMLSpace)
        // Text that starts with a blank has no keyword, but may be XML or JSON.
        if bytes.startsAsUTF16 || start.first == UInt8(ascii: "<") {
            self = try Self.xml(bytes)
        } else if start.starts(with: ZipArchive.magic) {
            // A package of Xournal++ names its type, or its document, at the start.
            guard ["xournal", "xopp", "content.xml"].contains(where: start.prefix(256).contains(text:)) else {
                throw .ink(.unknownInk)
            }
            self = .xournal
        } else if start.startsAsJSON {
            self = Self.json(start)
        } else if start.starts(with: ReMarkableReader.firstBytes) {
            self = .reMarkable
        } else if start.starts(with: OmniglotReader.firstLine) {
            self = .omniglot
        } else if start.first == UInt8(ascii: "."), start.dropFirst().first.map(Self.isCapital) == true {
            self = .unipen
        } else if start.starts(with: "//".utf8) || start.starts(with: "WORD ".utf8) {
            self = .ujiPenCharacters
        } else if SVCReader.starts(start) {
            self = .svc
        } else if PointerEventColumns(header: start.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
            != nil
        {
            self = .pointerEvents
        } else {
            throw .ink(.unknownInk)
        }
    }

    private static func json(_ text: ArraySlice<UInt8>) -> InkFormat {
        if let member = JSONScanner.firstInkMember(in: text) { return member == "drawing" ? .quickDraw : .jsonLines }
        if RnoteReader.members.contains(where: text.contains(text:)) { return .rnote }
        return JSONScanner.firstMember(among: JIIXReader.members, in: text) == nil ? .jsonLines : .jiix
    }

    private static func isCapital(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }

    private static func xml(_ text: [UInt8]) throws(FormatError.Problem) -> InkFormat {
        let root = try XMLProlog.root(of: text, documentTypes: [SVGHandler.root])
        switch root {
        case InkMLHandler.root: return .inkML
        case IAMOnDBHandler.root: return .iamOnDB
        case XournalHandler.root: return .xournal
        case SVGHandler.root: return .svg
        case nil: throw text.startsAsUTF16 ? .text(.utf16) : .ink(.unknownInk)
        case .some(let root):
            throw .text(
                .unexpected(
                    root,
                    expected:
                        "an element '\(InkMLHandler.root)', '\(IAMOnDBHandler.root)', '\(XournalHandler.root)' or "
                        + "'\(SVGHandler.root)'")
            )
        }
    }
}

extension ArraySlice<UInt8> {
    /// Whether a text is in these bytes.
    fileprivate func contains(text: String) -> Bool {
        indices.contains { self[$0...].starts(with: text.utf8) }
    }

    /// Whether the text starts with an object, or an array.
    package var startsAsJSON: Bool { first == UInt8(ascii: "{") || first == UInt8(ascii: "[") }
}
