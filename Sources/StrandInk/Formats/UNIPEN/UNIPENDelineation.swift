import StrandBytes

/// Components, or points of them, written as `A:M-B:N`, `A-B` and `C` with commas between, all from 0.
struct UNIPENDelineation {
    struct Position {
        let component: Int
        /// Nil: the component's first point, or its last.
        let point: Int?
    }

    struct Span {
        let start: Position
        let end: Position
    }

    let text: String
    let spans: [Span]

    /// - Throws: `notADelineation`.
    init(_ text: ArraySlice<UInt8>) throws(FormatError.Problem) {
        self.text = String(utf8OrLatin1: text)
        var spans: [Span] = []
        for piece in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            guard let span = Self.span(piece) else { throw .ink(.notADelineation(self.text)) }
            spans.append(span)
        }
        self.spans = spans
    }

    private static func span(_ text: ArraySlice<UInt8>) -> Span? {
        let ends = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard ends.count <= 2, let start = position(ends[0]), let end = position(ends[ends.count - 1])
        else { return nil }
        // One component is named whole: the format does not say on which side a point would cut it.
        return ends.count == 1 && start.point != nil ? nil : Span(start: start, end: end)
    }

    private static func position(_ text: ArraySlice<UInt8>) -> Position? {
        let numbers = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard numbers.count <= 2, let component = number(numbers[0]) else { return nil }
        if numbers.count == 1 { return Position(component: component, point: nil) }
        return number(numbers[1]).map { Position(component: component, point: $0) }
    }

    private static func number(_ text: ArraySlice<UInt8>) -> Int? {
        guard (1...9).contains(text.count), text.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
        return Double(decimal: text).flatMap(Int.init(exactly:))
    }
}
