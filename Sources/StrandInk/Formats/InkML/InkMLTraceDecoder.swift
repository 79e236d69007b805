import StrandBytes
import StrandMetrics

/// Decodes the points of a trace (InkML 3.2.1).
///
/// A channel's value is explicit after `!` and at the start of a trace, a first difference after `'`, a second difference
/// after `"`; a mark applies to the channel until the next one. `*` repeats the encoded quantity: the value, its
/// difference or its second difference. `?` is an unknown value.
struct InkMLTraceDecoder {
    private enum Order {
        case value, first, second
    }

    private struct State {
        var order = Order.value
        var value = 0.0
        var velocity = 0.0
        var acceleration = 0.0

        mutating func take(_ number: Double) {
            switch order {
            case .value:
                velocity = number - value
                value = number
            case .first:
                acceleration = number - velocity
                velocity = number
                value += velocity
            case .second:
                acceleration = number
                velocity += acceleration
                value += velocity
            }
        }

        /// The meaning of `*`.
        mutating func goOn() {
            if order == .second { velocity += acceleration }
            if order != .value { value += velocity }
        }
    }

    private let format: InkMLFormat
    private let scale: (x: Double, y: Double)
    private let x: Int
    private let y: Int
    private let time: Int?
    private let leastCount: Int
    private var states: [State]

    /// - Throws: `missingChannel`, or `unknownUnit` where those of X and Y differ.
    init(_ format: InkMLFormat) throws(FormatError.Problem) {
        guard let x = format.index(of: "X"), let y = format.index(of: "Y") else {
            throw .ink(.missingChannel(format.names))
        }
        self.format = format
        scale = try format.scale
        self.x = x
        self.y = y
        time = format.index(of: "T")
        leastCount = format.channels.count { !$0.isIntermittent }
        states = Array(repeating: State(), count: format.channels.count)
    }

    /// The points of a whole trace.
    ///
    /// Two other layouts are understood where the text cannot be read by the rules, and counted: a point a line without
    /// commas, and commas between the values of a point with blanks between points.
    /// - Throws: `notANumber`, `numberTooLarge`, `partialPoint`, `undividedPoints` or `unexpected`.
    mutating func points(
        _ text: [UInt8], clock: inout InkClock, repairs: inout InkRepairs
    ) throws(FormatError.Problem) -> [InkPoint] {
        var pieces = text.split(separator: .comma, omittingEmptySubsequences: false)
        // An empty trace, or a comma after the last point.
        if pieces.last?.allSatisfy(\.isXMLSpace) == true { pieces.removeLast() }
        if let points = pointsOnLines(text) {
            pieces = points
            repairs.note(.lineEnd)
        } else if let points = pointsWithCommas(text) {
            pieces = points.map { $0[...] }
            repairs.note(.commaInPoint)
        } else if pieces.count == 1 {
            let values = pieces[0].split(whereSeparator: \.isXMLSpace).count
            if values >= 2 * states.count { throw .ink(.undividedPoints(values: values, channels: format.names)) }
        }
        var points: [InkPoint] = []
        points.reserveCapacity(pieces.count)
        for piece in pieces { points.append(try point(piece, &clock)) }
        return points
    }

    /// The lines of a text without commas, if there are several and each is a point.
    private func pointsOnLines(_ text: [UInt8]) -> [ArraySlice<UInt8>]? {
        if text.contains(.comma) { return nil }
        let lines = text.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.filter { !$0.isBlankLine }
        let counts = lines.map(\.words.count)
        let arePoints = counts.allSatisfy { (leastCount...states.count).contains($0) }
        return arePoints && counts.reduce(0, +) > states.count ? lines : nil
    }

    /// The words of a text, if each is a point with commas between its values.
    private func pointsWithCommas(_ text: [UInt8]) -> [[UInt8]]? {
        if !text.drop(while: \.isXMLSpace).prefix(while: { !$0.isXMLSpace }).contains(.comma) { return nil }
        let words = text.split(whereSeparator: \.isXMLSpace)
        let counts = leastCount...states.count
        let areComplete = words.allSatisfy { word in
            let values = word.split(separator: .comma, omittingEmptySubsequences: false)
            return counts.contains(values.count) && values.allSatisfy { Double(decimal: $0) != nil }
        }
        if !areComplete { return nil }
        return words.map { word in word.map { $0 == .comma ? UInt8(ascii: " ") : $0 } }
    }

    private mutating func point(
        _ text: ArraySlice<UInt8>, _ clock: inout InkClock
    ) throws(FormatError.Problem) -> InkPoint {
        var scanner = InkMLValueScanner(text)
        var isKnown = Array(repeating: false, count: states.count)
        var count = 0
        while let value = try scanner.next() {
            if count < states.count { isKnown[count] = take(value, channel: count) }
            count += 1
        }
        if count < leastCount || count > states.count {
            throw .ink(.partialPoint(values: count, channels: format.names))
        }
        guard isKnown[x], isKnown[y] else { throw .text(.unexpected("?", expected: "a value of X and Y")) }
        let place = format.place(x: scale.x * states[x].value, y: scale.y * states[y].value)
        var point = InkPoint(x: try place.x.limited(shownAs: text), y: try place.y.limited(shownAs: text))
        if let time, isKnown[time] { point.time = try clock.time(states[time].value, shownAs: text) }
        return point
    }

    /// Takes a value and returns whether the channel's value is known after it.
    private mutating func take(_ value: InkMLValueScanner.Value, channel: Int) -> Bool {
        switch value.mark {
        case UInt8(ascii: "!"): states[channel].order = .value
        case UInt8(ascii: "'"): states[channel].order = .first
        case UInt8(ascii: "\""): states[channel].order = .second
        default: break
        }
        switch value.content {
        case .number(let number): states[channel].take(number)
        case .unchanged: states[channel].goOn()
        case .unknown: return false
        }
        return true
    }
}
