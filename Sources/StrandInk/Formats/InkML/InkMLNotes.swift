import StrandBytes

/// The annotations of a document or a group.
struct InkMLNotes {
    /// The types and elements that hold the truth, best first.
    private static let truths = ["truth", "normalizedLabel", "label", "transcription", "text", "textField"]
    private static let ids = ["UI", "sampleId", "exampleId"]

    private var values: [String: String] = [:]

    /// Takes an annotation of some type; only the first of a type counts.
    mutating func take(_ type: String?, _ text: String) {
        guard let type, values[type] == nil else { return }
        values[type] = text.withoutLayout
    }

    var text: String? { Self.truths.lazy.compactMap { values[$0] }.first }
    var id: String? { Self.ids.lazy.compactMap { values[$0] }.first }

    var isEmpty: Bool { values.isEmpty }

    /// These annotations, and those of what is around them if missing here, except texts and ids, which are its own.
    func inside(_ outer: InkMLNotes) -> InkMLNotes {
        var all = self
        let own = Self.truths + Self.ids
        all.values.merge(outer.values.filter { !own.contains($0.key) }) { inner, _ in inner }
        return all
    }

    /// A sample with these annotations.
    func sample(id: String, strokes: [[InkPoint]]) throws(FormatError.Problem) -> InkSample {
        func number(_ type: String) throws(FormatError.Problem) -> Double? {
            guard let text = values[type] else { return nil }
            return try Double(ink: text)
        }
        return InkSample(
            id: self.id ?? id, writer: values[InkMLNames.writer], text: text, strokes: strokes,
            unitsPerMillimetre: try number(InkMLNames.unitsPerMillimetre), hertz: try number(InkMLNames.hertz),
            style: values[InkMLNames.style])
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
