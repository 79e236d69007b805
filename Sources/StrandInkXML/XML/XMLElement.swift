import StrandFormats

/// An element of an XML document.
struct XMLElement {
    /// Without its prefix: formats differ in the prefixes they use, not in the names.
    let name: String
    private let attributes: [String: String]
    /// The number of the line on which its start tag ends, from 1.
    let line: Int

    init(qualifiedName: String, attributes: [String: String], line: Int) {
        name = qualifiedName.split(separator: ":").last.map(String.init) ?? qualifiedName
        self.attributes = attributes
        self.line = line
    }

    /// The value of an attribute.
    subscript(attribute: String) -> String? { attributes[attribute] }

    /// `xml:id`, or the plain `id` of older documents.
    var id: String? { attributes["xml:id"] ?? attributes["id"] }
}

/// What gathers samples from the elements of a document.
protocol XMLInkHandler {
    /// The name of the document's element.
    static var root: String { get }

    init(stem: String)

    /// An element starts inside others, of which the innermost is the last.
    mutating func start(_ element: XMLElement, in parents: [XMLElement]) throws(FormatError.Problem)

    /// An element ends; `text` is its own, without that of elements in it.
    mutating func end(_ element: XMLElement, text: String, in parents: [XMLElement]) throws(FormatError.Problem)

    /// All samples, at the end of the document.
    func samples() throws(FormatError.Problem) -> [InkSample]
}
