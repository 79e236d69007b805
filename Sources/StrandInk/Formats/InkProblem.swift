import StrandBytes

/// What is wrong with ink.
public enum InkProblem: FormatProblem, Equatable {
    /// The input ends without a single sample of ink.
    case noSamples(expected: String)
    /// Of this many samples none has a text.
    case noneHasText(samples: Int)
    /// The input holds no usable text.
    case noText
    /// No sample has a text of the model's characters and enough ink for it, so that there is nothing to do this with.
    case nothingUsable(to: String)
    /// No text has the id of a true one: an id of a text, the file of the true texts, and an id there.
    case nothingMatched(String, truth: String, String)
    /// Lines of text that all begin with what looks like an id, such as this one.
    case idsBeforeTexts(String)
    /// Lines of text that are all rows of a table without names of columns, such as this one.
    case rowsWithoutHeader(String)
    /// A line of sclite's `.trn` without an id.
    case missingID(String)
    /// A list of words without a word of characters that the model reads.
    case noWords
    /// A line of a list of words that is not a word and its weight.
    case wordWeight(String)
    /// A JSON object lacks this member.
    case missingMember(String)
    /// The first bytes match no known format of ink.
    case unknownInk
    /// A document that texts cannot be written into.
    case notAnnotated
    /// A document whose ink is not that of the readings, or is not simply one stroke after another.
    case otherInk
    /// A binary file with something else at this place, from 0.
    case badBytes(expected: String, offset: Int)
    /// A row with more or fewer fields than the header.
    case fieldCount(Int, expected: Int)
    /// A number beyond `InkJSONReader.largestNumber`.
    case numberTooLarge(String)
    /// Values that do not form whole points of these channels.
    case partialPoint(values: Int, channels: [String])
    /// Values of several points of these channels without a comma.
    case undividedPoints(values: Int, channels: [String])
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
    /// A view that shows itself, perhaps indirectly, or a document of views that show more than any ink.
    case viewLoop(String)
    /// A transcription file without the line that belongs to the ink.
    case missingTranscription(line: Int, of: Int)
    /// A stroke that cannot be read, and why.
    case faultyStroke(FormatError.Problem)
    /// A unit of time that is not known.
    case unknownUnit(String)
    /// A mapping of coordinates of a type that is not read.
    case unknownMapping(String)
    /// No segment has the requested level.
    case noSegments(level: String, found: [String])

    public var isOfRecord: Bool {
        switch self {
        case .missingMember, .componentOutOfRange, .pointOutOfRange, .backwardSegment, .faultyStroke: true
        default: false
        }
    }

    public var isOfPart: Bool { if case .faultyStroke = self { true } else { false } }

    public var description: String {
        switch self {
        case .noSamples(let expected): "no ink; \(expected) is expected"
        case .noneHasText(let samples):
            samples == 1
                ? "its one sample has no text; give ink with its text"
                : "none of its \(grouped(samples)) samples has a text; give ink with its texts"
        case .noText: "no text, or none of the alphabet's characters; give text, a text a line"
        case .nothingUsable(let purpose):
            "no sample to \(purpose); give ink with its text, in the alphabet's characters and no longer than the ink"
        case .nothingMatched(let id, let truth, let other):
            "no text has the id of a true one (\(quoted(id)) here, \(quoted(other)) in \(quoted(truth))); "
                + "give both files the same ids"
        case .idsBeforeTexts(let id): "each line begins with an id (\(quoted(id))), as in Kaldi's files, or seems to"
        case .rowsWithoutHeader(let row):
            "each line is a row of a table (\(quoted(row))), or seems to; name its columns in the first row (id, text)"
        case .missingID(let line): "no id in parentheses ends \(quoted(line)), as in other lines; add it"
        case .noWords: "no word that the model can read; give a word a line"
        case .wordWeight(let line): "\(quoted(line)) is not a word, or a word and its weight, a number above 0"
        case .missingMember(let name): "no member \"\(name)\"; is this ink?"
        case .unknownInk: "no known format of ink"
        case .fieldCount(let count, let expected):
            "\(counted(count, "field")) and the header has \(expected); fix the row"
                + (count > expected + 1 ? ", and if commas are in its numbers too, part columns by semicolons" : "")
        case .notAnnotated: "texts are written into documents of Xournal++ and InkML in UTF-8; convert it first"
        case .otherInk:
            "its texts have no place in it: views, definitions or continued traces; convert it to InkML first"
        case .badBytes(let expected, let offset): "\(expected) expected at byte \(offset); is the file whole?"
        case .numberTooLarge(let text): "\(quoted(text)) is larger than ink can be (1e12); fix or remove it"
        case .partialPoint(let values, let channels):
            "\(counted(values, "value")) for points of \(channels.joined(separator: " ")); give each point all of them"
        case .undividedPoints(let values, let channels):
            "\(counted(values, "value")) for points of \(channels.joined(separator: " ")) and no comma; part points by commas"
        case .missingChannel(let channels):
            "channels '\(channels.joined(separator: " "))' lack X or Y; without both there is no ink"
        case .includeNotFound(let name, let root):
            "includes \(quoted(name)), which is not in '\(root)'"
        case .includeOutsideRoot(let name, let root):
            "includes \(quoted(name)), which leads out of '\(root)'; only files below that folder are read"
        case .includeWithoutRoot(let name): "includes \(quoted(name)), and no folder of included files is known"
        case .includeLoop(let name): "includes \(quoted(name)), which is being read already; break the loop"
        case .tooManyIncludes(let limit, isDepth: false):
            "includes more than \(counted(limit, "file")); is there a loop?"
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
        case .backwardSegment(let segment): "segment \(segment) ends before it starts; fix it"
        case .missingReference(let name): "refers to \(quoted(name)), which is not here; fix the reference"
        case .viewLoop(let name): "a view of \(quoted(name)) shows itself or too much; break the loop"
        case .missingTranscription(let line, let count):
            "\(counted(count, "line")) after 'CSR:' and line \(line) is needed; is it the right file?"
        case .faultyStroke(let problem): problem.description
        case .unknownUnit(let name): "times in \(quoted(name)), which is no known unit; give s, ms, us, ns, min or h"
        case .unknownMapping(let type): "a mapping of type \(quoted(type)) is not read; give an affine one"
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
