import StrandBytes

/// Turns a file's times into the sample's own: wall-clock times are counted from the first, others stay unchanged.
package struct InkClock {
    /// Milliseconds; no recording takes three years, and times since 1970 exceed this.
    private static let wallClock = 1e11

    /// Milliseconds per unit of the file: 1000 if it counts seconds.
    var millisecondsPerUnit: Double
    /// Milliseconds.
    private var origin: Double?

    package init(millisecondsPerUnit: Double = 1) {
        self.millisecondsPerUnit = millisecondsPerUnit
    }

    /// The time in `text`, in milliseconds; from other units, rounded to the microsecond.
    /// - Throws: `notANumber` or `numberTooLarge`.
    package mutating func time(_ text: ArraySlice<UInt8>) throws(FormatError.Problem) -> Double {
        guard let value = Double(decimal: text) else { throw .text(.notANumber(String(utf8OrLatin1: text))) }
        return try time(value, shownAs: text)
    }

    /// The same for a number, written as `text`.
    package mutating func time(
        _ value: Double, shownAs text: @autoclosure () -> ArraySlice<UInt8>
    ) throws(FormatError.Problem) -> Double {
        let milliseconds = value * millisecondsPerUnit
        let first = origin ?? (abs(milliseconds) > Self.wallClock ? milliseconds : 0)
        let time = try (milliseconds - first).limited(shownAs: text())
        origin = first
        // Converting units adds digits nobody wrote, as in .07 s * 1000, and so does subtracting wall-clock times.
        return millisecondsPerUnit == 1 ? time : (time * 1e3).rounded() / 1e3
    }
}
