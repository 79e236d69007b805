/// What is wrong with an XML document.
public enum XMLProblem: FormatProblem, Equatable {
    /// The text is not well-formed XML; the message is about the parser's error.
    case malformedXML(message: String)
    /// A document type declaration, which could name other files or grow without bound.
    case documentType
    /// XML in an unsupported encoding.
    case xmlEncoding(String)
    /// XML elements nested deeper than this.
    case nestedTooDeep(limit: Int)

    public var description: String {
        switch self {
        case .malformedXML(let message): "malformed XML: \(message); fix the file or fetch it again"
        case .documentType: "a document type declaration ('<!DOCTYPE') is refused; remove it"
        case .xmlEncoding(let name): "XML encoded as \(quoted(name)) is not read; convert it to UTF-8"
        case .nestedTooDeep(let limit): "more than \(limit) nested elements; is this ink?"
        }
    }
}

extension FormatError.Problem {
    /// A problem of this kind.
    public static func xml(_ problem: XMLProblem) -> Self { Self(problem) }
}
