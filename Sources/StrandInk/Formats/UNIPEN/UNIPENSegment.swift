import StrandBytes

/// A segment as a `.SEGMENT` statement declares it.
struct UNIPENSegment {
    /// The line of the statement.
    let file: String
    let line: Int?
    /// The level: `WORD`, `CHARACTER`, ...
    let type: String
    /// Nil: the components from the statement to the next of its type.
    let delineation: UNIPENDelineation?
    let label: String?
    /// Components before the statement.
    let position: Int

    /// All components of a set without segments.
    static func whole(file: String) -> UNIPENSegment {
        UNIPENSegment(file: file, line: nil, type: "", delineation: nil, label: nil, position: 0)
    }

    /// Its name in errors.
    var name: String { [type, delineation?.text].compactMap { $0 }.joined(separator: " ") }
}

/// The part of a segment within one component.
struct UNIPENPiece {
    let component: Int
    let points: Range<Int>
}

extension UNIPENSet {
    /// The parts of components that a segment names, in its order.
    func pieces(of segment: UNIPENSegment) throws(FormatError.Problem) -> [UNIPENPiece] {
        guard let delineation = segment.delineation else {
            return try followingComponents(of: segment).map {
                UNIPENPiece(component: $0, points: 0..<components[$0].count)
            }
        }
        var pieces: [UNIPENPiece] = []
        for span in delineation.spans { pieces += try self.pieces(of: span, in: segment) }
        return pieces
    }

    private func followingComponents(of segment: UNIPENSegment) throws(FormatError.Problem) -> Range<Int> {
        let next = segments.first { $0.type == segment.type && $0.position > segment.position }
        let range = segment.position..<(next?.position ?? components.count)
        if range.isEmpty { throw .ink(.missingDelineation(segment: segment.name)) }
        return range
    }

    private func pieces(
        of span: UNIPENDelineation.Span, in segment: UNIPENSegment
    ) throws(FormatError.Problem) -> [UNIPENPiece] {
        let (first, last) = (span.start.component, span.end.component)
        try check(span.start, in: segment)
        try check(span.end, in: segment)
        let startPoint = span.start.point ?? 0
        let endPoint = span.end.point ?? components[last].count - 1
        guard (first, startPoint) <= (last, endPoint) else { throw .ink(.backwardSegment(segment: segment.name)) }
        return (first...last).map { component in
            let start = component == first ? startPoint : 0
            let end = component == last ? endPoint + 1 : components[component].count
            return UNIPENPiece(component: component, points: start..<end)
        }
    }

    private func check(
        _ end: UNIPENDelineation.Position, in segment: UNIPENSegment
    ) throws(FormatError.Problem) {
        guard components.indices.contains(end.component) else {
            throw .ink(.componentOutOfRange(segment: segment.name, component: end.component, count: components.count))
        }
        let count = components[end.component].count
        if let point = end.point, point >= count {
            throw .ink(.pointOutOfRange(segment: segment.name, component: end.component, point: point, count: count))
        }
    }
}
