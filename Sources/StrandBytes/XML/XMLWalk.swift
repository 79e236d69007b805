import CExpat

/// Passes the elements of a document to a handler, as expat finds them. Document types with declarations are refused, and
/// with them all entity declarations; those without are for handlers that allow them.
package final class XMLWalk {
    /// Maximum nesting depth of elements.
    private static let greatestDepth = 100

    private var handler: any XMLHandler
    private var parents: [XMLElement] = []
    private var texts: [[UInt8]] = []
    private var isStarted = false
    private var encoding: String?
    private var fault: (line: Int, problem: FormatError.Problem)?
    private let parser: XMLParser

    private init(_ handler: any XMLHandler, encoding: String?) {
        self.handler = handler
        parser = XMLParser(encoding: encoding)
    }

    /// The handler after the whole document; nil if there is no element.
    /// - Throws: `malformedXML`, `documentType`, `xmlEncoding`, `nestedTooDeep`, `unexpected` for another root
    ///   element, what the handler throws, or what `ByteReader` throws.
    package static func walk<Handler: XMLHandler>(
        _ reader: inout ByteReader, handler: Handler
    ) throws(FormatError) -> Handler? {
        let start = try reader.lookAhead(1 << 10)
        let walk = XMLWalk(handler, encoding: XMLProlog.encodingByAlias(of: start))
        walk.parser.report(to: walk)
        var chunk = [UInt8](repeating: 0, count: ByteReader.defaultChunkSize)
        while case let count = try reader.read(into: &chunk), count > 0 {
            try walk.parse(chunk[..<count], isLast: false, name: reader.name)
        }
        try walk.parse([], isLast: true, name: reader.name)
        return walk.isStarted ? walk.handler as? Handler : nil
    }

    private func parse(_ bytes: ArraySlice<UInt8>, isLast: Bool, name: String) throws(FormatError) {
        let error = parser.parse(bytes, isLast: isLast)
        if let fault { throw FormatError(file: name, line: fault.line, problem: fault.problem) }
        guard error != XML_ERROR_NONE, isStarted || error != XML_ERROR_NO_ELEMENTS else { return }
        throw switch error {
        case XML_ERROR_UNKNOWN_ENCODING, XML_ERROR_INCORRECT_ENCODING:
            FormatError(file: name, problem: .xml(.xmlEncoding(encoding ?? "")))
        default:
            FormatError(
                file: name, line: parser.line, problem: .xml(.malformedXML(message: XMLParser.message(of: error))))
        }
    }

    // MARK: What expat reports

    func declare(encoding: String?) { self.encoding = encoding }

    func startDocumentType(hasDeclarations: Bool) {
        if !hasDeclarations && type(of: handler).allowsExternalSubset { return }
        attempt(parser.line) { () throws(FormatError.Problem) in throw .xml(.documentType) }
    }

    func start(_ name: String, _ attributes: [(name: String, value: String)]) {
        isStarted = true
        let element = XMLElement(qualifiedName: name, attributes: attributes, line: parser.line, offset: parser.offset)
        attempt(element.line) { () throws(FormatError.Problem) in
            if parents.count == Self.greatestDepth { throw .xml(.nestedTooDeep(limit: Self.greatestDepth)) }
            let root = type(of: handler).root
            if parents.isEmpty, element.name != root {
                throw .text(.unexpected(element.name, expected: "an element '\(root)'"))
            }
            try handler.start(element, in: parents)
            parents.append(element)
            texts.append([])
        }
    }

    func end() {
        guard fault == nil, var element = parents.popLast(), let text = texts.popLast() else { return }
        element.endOffset = parser.offset
        attempt(element.line) { () throws(FormatError.Problem) in
            try handler.end(element, text: text, in: parents)
        }
    }

    func add(text: UnsafeRawBufferPointer) {
        if fault == nil, !texts.isEmpty { texts[texts.count - 1] += text }
    }

    private func attempt(_ line: Int, _ body: () throws(FormatError.Problem) -> Void) {
        if fault != nil { return }
        do throws(FormatError.Problem) {
            try body()
        } catch {
            fault = (line, error)
            parser.stop()
        }
    }
}
