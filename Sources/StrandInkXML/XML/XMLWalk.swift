import Foundation
import FoundationXML
import StrandFormats

/// Hands the elements of a document to a handler.
final class XMLWalk<Handler: XMLInkHandler>: NSObject, XMLParserDelegate {
    /// Elements inside each other, at most.
    private static var greatestDepth: Int { 100 }

    private(set) var handler: Handler
    private var parents: [XMLElement] = []
    private var texts: [String] = []
    private var fault: (line: Int, problem: FormatError.Problem)?

    private init(_ handler: Handler) {
        self.handler = handler
    }

    /// The handler after the whole document.
    /// - Throws: `malformedXML`, `nestedTooDeep`, `unexpected` for another document's element, or what the handler throws.
    static func walk(_ document: XMLDocument, name: String, handler: Handler) throws(FormatError) -> Handler {
        let walk = XMLWalk(handler)
        // As a stream: libxml2 refuses to hold more than 10 MB that it has not parsed yet.
        let parser = XMLParser(stream: InputStream(data: Data(document.bytes)))
        parser.shouldResolveExternalEntities = false
        parser.delegate = walk
        // What it returns is not to be trusted: it is true where the end is missing.
        _ = parser.parse()
        if let fault = walk.fault { throw FormatError(file: name, line: fault.line, problem: fault.problem) }
        return walk.handler
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        attempt(parser.lineNumber, parser) { () throws(FormatError.Problem) in
            let element = XMLElement(qualifiedName: elementName, attributes: attributes, line: parser.lineNumber)
            if parents.count == Self.greatestDepth { throw .nestedTooDeep(limit: Self.greatestDepth) }
            if parents.isEmpty, element.name != Handler.root {
                throw .unexpected(element.name, expected: "an element '\(Handler.root)'")
            }
            try handler.start(element, in: parents)
            parents.append(element)
            texts.append("")
        }
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?
    ) {
        guard fault == nil, let element = parents.popLast(), let text = texts.popLast() else { return }
        attempt(element.line, parser) { () throws(FormatError.Problem) in
            try handler.end(element, text: text, in: parents)
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if !texts.isEmpty { texts[texts.count - 1] += string }
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        if !texts.isEmpty { texts[texts.count - 1] += String(decoding: block, as: UTF8.self) }
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        let code = (error as NSError).code
        // 200 to 205 are about undeclared prefixes, which do not matter here.
        if fault == nil, !(200...205).contains(code) {
            fault = (parser.lineNumber, .malformedXML(message: Self.message(code)))
        }
    }

    private func attempt(_ line: Int, _ parser: XMLParser, _ body: () throws(FormatError.Problem) -> Void) {
        if fault != nil { return }
        do throws(FormatError.Problem) {
            try body()
        } catch {
            fault = (line, error)
            parser.abortParsing()
        }
    }

    /// The commonest of libxml2's errors (`xmlParserErrors`).
    private static func message(_ code: Int) -> String {
        switch code {
        case 4: "there is no element"
        case 5, 74, 77: "the document ends too early or goes on after its end"
        case 9: "a character that XML cannot hold, or bytes that are not in its encoding"
        case 26: "an entity that is not declared"
        case 76: "an end tag that does not match its start tag"
        default: "error \(code) of libxml2"
        }
    }
}
