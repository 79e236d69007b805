import StrandBytes

/// What is wrong with ink.
public enum InkProblem: FormatProblem, Equatable {
    /// The input ends without a single sample of ink.
    case noSamples(expected: String)
    /// The input holds no usable text.
    case noText
    /// A JSON object lacks this member.
    case missingMember(String)
    /// The first bytes match no known format of ink.
    case unknownInk
    /// A row with more or fewer fields than the header.
    case fieldCount(Int, expected: Int)
    /// A number beyond `InkJSONReader.largestNumber`.
    case numberTooLarge(String)
    /// Values that do not form whole points of these channels.
    case partialPoint(values: Int, channels: [String])
    /// Channels without an X or a Y.
    case missingChannel([String])
    /// An included file that is not below the root folder.
    case includeNotFound(String, root: String)
    /// The name of an included file that leads out of the root folder.
    case includeOutsideRoot(String, root: String)
    /// An included file, but no known root folder.
    case includeWithoutRoot(String)
    /// A file that includes itself, perhaps indirectly.
    case includeLoop(String)
    /// Too many or too deeply nested included files.
    case tooManyIncludes(limit: Int, isDepth: Bool)
    /// A label without its closing quotation mark.
    case labelWithoutEnd
    /// Text that is not a delineation of a segment.
    case notADelineation(String)
    /// A segment with neither a delineation nor components after it.
    case missingDelineation(segment: String)
    /// A segment names a component that does not exist.
    case componentOutOfRange(segment: String, component: Int, count: Int)
    /// A segment names a point outside its component.
    case pointOutOfRange(segment: String, component: Int, point: Int, count: Int)
    /// A segment ends before it starts.
    case backwardSegment(segment: String)
    /// A reference to something missing from the document.
    case missingReference(String)
    /// A transcription file without the line that belongs to the ink.
    case missingTranscription(line: Int, of: Int)
    /// No segment has the requested level.
    case noSegments(level: String, found: [String])

    public var isOfRecord: Bool {
        switch self {
        case .missingMember, .componentOutOfRange, .pointOutOfRange, .backwardSegment: true
        default: false
        }
    }

    public var description: String {
        switch self {
        case .noSamples(let expected): "no ink; \(expected) is expected"
        case .noText: "no text of the alphabet's characters; give text, a text a line"
        case .missingMember(let name): "no member \"\(name)\"; is this ink?"
        case .unknownInk: "no known format of ink"
        case .fieldCount(let count, let expected): "\(count) fields and the header has \(expected); mend the row"
        case .numberTooLarge(let text): "\(quoted(text)) is larger than ink can be (1e12); mend or remove it"
        case .partialPoint(let values, let channels):
            "\(values) values for points of \(channels.joined(separator: " ")); give each point all of them"
        case .missingChannel(let channels):
            "channels '\(channels.joined(separator: " "))' lack X or Y; without both there is no ink"
        case .includeNotFound(let name, let root):
            "includes \(quoted(name)), which is not in '\(root)'"
        case .includeOutsideRoot(let name, let root):
            "includes \(quoted(name)), which leads out of '\(root)'; only files below that folder are read"
        case .includeWithoutRoot(let name): "includes \(quoted(name)), and no folder of included files is known"
        case .includeLoop(let name): "includes \(quoted(name)), which is being read already; break the loop"
        case .tooManyIncludes(let limit, isDepth: false): "includes more than \(limit) files; is there a loop?"
        case .tooManyIncludes(let limit, isDepth: true): "files include others \(limit) deep; is there a loop?"
        case .labelWithoutEnd: "label without its closing '\"'; add it"
        case .notADelineation(let text):
            "\(quoted(text)) delineates no segment; give components and points as in '1:40-3,5,6:0-6:12'"
        case .missingDelineation(let segment):
            "segment \(segment) has no delineation and no component follows it; add one of them"
        case .componentOutOfRange(let segment, let component, let count):
            "segment \(segment) names component \(component) and there are \(count), from 0; is ink missing?"
        case .pointOutOfRange(let segment, let component, let point, let count):
            "segment \(segment) names point \(point) of component \(component), which has \(count), from 0; "
                + "is ink missing?"
        case .backwardSegment(let segment): "segment \(segment) ends before it starts; mend it"
        case .missingReference(let name): "refers to \(quoted(name)), which is not here; mend the reference"
        case .missingTranscription(let line, let count):
            "\(count) lines after 'CSR:' and line \(line) is needed; is it the right file?"
        case .noSegments(let level, let found):
            "no segment of level \(level); "
                + (found.isEmpty ? "there are no segments at all" : "there are: \(found.joined(separator: ", "))")
        }
    }
}

extension FormatError.Problem {
    /// A problem of this kind.
    public static func ink(_ problem: InkProblem) -> Self { Self(problem) }
}
