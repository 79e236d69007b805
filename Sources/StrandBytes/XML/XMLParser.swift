import CExpat

/// An expat parser.
struct XMLParser: ~Copyable {
    private let parser: OpaquePointer

    /// - Parameter encoding: overrides the document's declaration; nil: as declared.
    init(encoding: String?) {
        guard let parser = XML_ParserCreate(encoding) else { preconditionFailure("no memory for a parser") }
        self.parser = parser
    }

    deinit { XML_ParserFree(parser) }

    /// The parser's current line, from 1.
    var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

    /// The byte, from 0, at which what is reported begins.
    var offset: Int { Int(XML_GetCurrentByteIndex(parser)) }

    func stop() { XML_StopParser(parser, XML_Bool(XML_FALSE)) }

    /// Parses more bytes.
    func parse(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> XML_Error {
        let status = bytes.withUnsafeBytes {
            XML_Parse(
                parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), isLast ? 1 : 0)
        }
        return status == XML_STATUS_ERROR ? XML_GetErrorCode(parser) : XML_ERROR_NONE
    }

    /// From here on, calls `walk`, which must outlive the parser, with what is found.
    func report(to walk: XMLWalk) {
        XML_SetUserData(parser, Unmanaged.passUnretained(walk).toOpaque())
        XML_SetXmlDeclHandler(parser) { data, _, encoding, _ in
            XMLParser.walk(data).declare(encoding: encoding.map { String(cString: $0) })
        }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, hasDeclarations in
            XMLParser.walk(data).startDocumentType(hasDeclarations: hasDeclarations != 0)
        }
        XML_SetElementHandler(parser) { data, name, attributes in
            XMLParser.walk(data).start(String(cString: name!), XMLParser.pairs(attributes!))
        } _: { data, _ in
            XMLParser.walk(data).end()
        }
        XML_SetCharacterDataHandler(parser) { data, text, count in
            XMLParser.walk(data).add(text: UnsafeRawBufferPointer(start: text, count: Int(count)))
        }
    }

    private static func walk(_ data: UnsafeMutableRawPointer?) -> XMLWalk {
        Unmanaged<XMLWalk>.fromOpaque(data!).takeUnretainedValue()
    }

    /// Names and values of attributes, alternating up to a null pointer.
    private static func pairs(
        _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>
    ) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        var next = attributes
        while let name = next[0], let value = next[1] {
            pairs.append((String(cString: name), String(cString: value)))
            next += 2
        }
        return pairs
    }

    /// What is wrong, in words.
    static func message(of error: XML_Error) -> String {
        switch error {
        case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR, XML_ERROR_UNCLOSED_CDATA_SECTION:
            "the document ends too early"
        case XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "the document goes on after its end"
        case XML_ERROR_INVALID_TOKEN: "a character that is not allowed here, or bytes that are not in its encoding"
        case XML_ERROR_UNDEFINED_ENTITY: "an entity that is not declared"
        case XML_ERROR_TAG_MISMATCH: "an end tag that does not match its start tag"
        default: XML_ErrorString(error).map { String(cString: $0) } ?? "error \(error.rawValue) of expat"
        }
    }
}
