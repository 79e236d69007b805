import Foundation
import FoundationXML
import StrandBytes

/// Counts a document's elements by name; throws if it is not well-formed.
enum XMLDocumentCheck {
    private final class Counter: NSObject, XMLParserDelegate {
        var counts: [String: Int] = [:]

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            counts[name, default: 0] += 1
        }
    }

    struct IllFormed: Error {}

    static func parse(_ data: Data) throws -> [String: Int] {
        let counter = Counter()
        let parser = XMLParser(data: data)
        parser.delegate = counter
        guard parser.parse() else { throw IllFormed() }
        return counter.counts
    }
}
