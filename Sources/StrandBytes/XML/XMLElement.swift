/// An element of an XML document.
package struct XMLElement {
    /// Without its prefix: formats differ in the prefixes they use, not in the names.
    package let name: String
    /// The line on which its start tag begins, from 1.
    package let line: Int
    /// The byte of the document at which its start tag begins.
    package let offset: Int
    /// The byte at which its end tag begins, when it ends; that of its start tag if it has no other.
    package internal(set) var endOffset = 0
    private let attributes: [(name: String, value: String)]

    init(qualifiedName: String, attributes: [(name: String, value: String)], line: Int, offset: Int) {
        name = qualifiedName.split(separator: ":").last.map(String.init) ?? qualifiedName
        self.attributes = attributes
        self.line = line
        self.offset = offset
    }

    /// The value of an attribute.
    package subscript(attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }

    /// `xml:id`, or the plain `id` of older documents.
    package var id: String? { self["xml:id"] ?? self["id"] }
}

/// Collects something from the elements of a document.
package protocol XMLHandler {
    /// The name of the document's root element.
    static var root: String { get }

    /// Whether a document type without declarations of its own is read over, such as those of SVG 1.1: it names a file that
    /// is never fetched.
    static var allowsExternalSubset: Bool { get }

    /// Called when an element starts inside others, the innermost last.
    mutating func start(_ element: XMLElement, in parents: [XMLElement]) throws(FormatError.Problem)

    /// Called when an element ends; `text` is its own in UTF-8, without the text of its children.
    mutating func end(
        _ element: XMLElement, text: [UInt8], in parents: [XMLElement]
    ) throws(FormatError.Problem)
}

extension XMLHandler {
    /// False.
    package static var allowsExternalSubset: Bool { false }
}
