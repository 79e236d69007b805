import StrandBytes

extension JSONScanner {
    /// An array of numbers, none larger than ink can have.
    mutating func limitedNumbers() throws(Fault) -> [Double] {
        var numbers: [Double] = []
        try array { scanner throws(Fault) in numbers.append(try scanner.limitedNumber()) }
        return numbers
    }

    /// A number no larger than ink can have.
    mutating func limitedNumber() throws(Fault) -> Double {
        let value = try number()
        if abs(value) > InkJSONReader.largestNumber { throw fault("a number up to \(InkJSONReader.largestNumber)") }
        return value
    }

    /// An array of times, wall-clock ones counted from the first.
    mutating func times(_ clock: inout InkClock) throws(Fault) -> [Double] {
        var (times, running) = ([Double](), clock)
        try array { scanner throws(Fault) in times.append(try scanner.time(&running)) }
        clock = running
        return times
    }

    /// A time in milliseconds, a wall-clock one counted from the first.
    mutating func time(_ clock: inout InkClock) throws(Fault) -> Double {
        let value = try number()
        do throws(FormatError.Problem) { return try clock.time(value, shownAs: []) } catch {
            throw fault("a number up to \(InkJSONReader.largestNumber)")
        }
    }

    /// Which member with strokes comes first in the object at the start of `text`, which may be cut: `strokes` in
    /// Strand's files, `drawing` in Quick Draw's.
    package static func firstInkMember(in text: ArraySlice<UInt8>) -> String? {
        firstMember(among: ["strokes", "drawing"], in: text)
    }
}
