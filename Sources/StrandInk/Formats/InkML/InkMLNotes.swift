import StrandBytes

/// The annotations of a document or a group.
struct InkMLNotes {
    /// The types and elements that hold the truth, best first.
    private static let truths = ["truth", "label", "transcription", "text"]
    private static let ids = ["UI", "sampleId"]

    private var values: [String: String] = [:]

    /// Takes an annotation of some type; only the first of a type counts.
    mutating func take(_ type: String?, _ text: String) {
        guard let type, values[type] == nil else { return }
        values[type] = text.withoutLayout
    }

    var text: String? { Self.truths.lazy.compactMap { values[$0] }.first }
    var id: String? { Self.ids.lazy.compactMap { values[$0] }.first }

    /// A sample with these annotations, and those of `outer` if missing here.
    func sample(
        id: String, strokes: [[InkPoint]], outer: InkMLNotes = InkMLNotes()
    ) throws(FormatError.Problem) -> InkSample {
        func known(_ type: String) -> String? { values[type] ?? outer.values[type] }
        func number(_ type: String) throws(FormatError.Problem) -> Double? {
            guard let text = known(type) else { return nil }
            return try Double(ink: text)
        }
        return InkSample(
            id: self.id ?? id, writer: known(InkMLNames.writer), text: text ?? outer.text, strokes: strokes,
            unitsPerMillimetre: try number(InkMLNames.unitsPerMillimetre), hertz: try number(InkMLNames.hertz),
            style: known(InkMLNames.style))
    }
}

/// Types of annotations that this package writes; the recommendation leaves the types open.
enum InkMLNames {
    static let id = "UI"
    static let truth = "truth"
    static let writer = "writer"
    static let style = "style"
    static let unitsPerMillimetre = "unitsPerMillimetre"
    static let hertz = "pointsPerSecond"
}
