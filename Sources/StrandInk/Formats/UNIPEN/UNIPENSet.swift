import StrandBytes

/// Components and segments that belong together: all between two `.START_SET`, or of a file and its includes.
struct UNIPENSet {
    var components: [UNIPENComponent] = []
    var segments: [UNIPENSegment] = []
    /// Statements about the whole set.
    var header = UNIPENHeader()
    /// Milliseconds of the components so far, as given by the rate and `.DT`.
    var clock = 0.0

    var isEmpty: Bool { components.isEmpty && segments.isEmpty }

    /// The types of the segments, in order of first appearance.
    var segmentTypes: [String] {
        var types: [String] = []
        for segment in segments where !types.contains(segment.type) { types.append(segment.type) }
        return types
    }

    /// The segments of one level, chosen by `UNIPENOptions.level`.
    func segments(ofLevel wanted: String?) -> [UNIPENSegment] {
        if segments.isEmpty { return wanted == nil && !components.isEmpty ? [.whole(file: header.file)] : [] }
        let level = wanted ?? finestLevel
        return segments.filter { $0.type == level }
    }

    private var finestLevel: String {
        let labelled = Set(segments.lazy.filter { $0.label != nil }.map(\.type))
        let ranked = segmentTypes.filter { !header.hierarchy.contains($0) } + header.hierarchy
        let declared = header.hierarchy.last { labelled.contains($0) }
        let types = Set(segmentTypes)
        return declared ?? segmentTypes.last { labelled.contains($0) } ?? ranked.last { types.contains($0) }!
    }

    /// The sample that a segment delineates.
    /// - Throws: `missingDelineation`, `componentOutOfRange`, `pointOutOfRange`, `backwardSegment` or `numberTooLarge`.
    func sample(of segment: UNIPENSegment, id: String) throws(FormatError) -> InkSample {
        do throws(FormatError.Problem) {
            return try sample(of: try pieces(of: segment), text: segment.label, id: id)
        } catch {
            throw FormatError(file: segment.file, line: segment.line, record: id, problem: error)
        }
    }

    private func sample(
        of pieces: [UNIPENPiece], text: String?, id: String
    ) throws(FormatError.Problem) -> InkSample {
        let inked = pieces.filter { components[$0.component].isPenDown }
        let header = inked.first.map { components[$0.component].header.completed(by: self.header) } ?? self.header
        var strokes: [[InkPoint]] = []
        for piece in inked { strokes.append(try stroke(piece, header)) }
        return InkSample(
            id: id, writer: header.writer, text: text, strokes: strokes, unitsPerMillimetre: header.xPerMillimetre,
            hertz: header.hertz, strokeStarts: try strokeStarts(inked), style: header.style)
    }

    private func stroke(_ piece: UNIPENPiece, _ header: UNIPENHeader) throws(FormatError.Problem) -> [InkPoint] {
        var stroke = Array(components[piece.component].points[piece.points])
        for index in stroke.indices {
            // Subtracted from 0, to avoid -0. Odd resolutions could make it arbitrarily large.
            let y = 0 - stroke[index].y * header.yScale
            stroke[index].y = try y.limited(shownAs: Array("\(y)".utf8)[...])
        }
        return stroke
    }

    /// When each stroke starts, from the points before it, if all have a rate and none has its own time.
    private func strokeStarts(_ pieces: [UNIPENPiece]) throws(FormatError.Problem) -> [Double]? {
        var starts: [Double] = []
        for piece in pieces {
            let component = components[piece.component]
            guard let start = component.start, let hertz = component.header.hertz,
                !component.header.channels.contains("T")
            else { return nil }
            let time = start + Double(piece.points.lowerBound) * 1000 / hertz
            starts.append(try time.limited(shownAs: Array("\(time)".utf8)[...]))
        }
        return starts.isEmpty ? nil : starts.map { $0 - starts[0] }
    }
}
