import StrandBytes

/// Turns a file's times into the sample's own: wall-clock times are counted from the first, others stay unchanged.
package struct InkClock {
    /// Milliseconds; no recording takes three years, and times since 1970 exceed this.
    private static let wallClock = 1e11

    private let millisecondsPerUnit: Double
    private var origin: Double?

    /// - Parameter millisecondsPerUnit: 1000 if the file counts seconds.
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
        let first = origin ?? (abs(value * millisecondsPerUnit) > Self.wallClock ? value : 0)
        let time = (value - first) * millisecondsPerUnit
        let limited = try time.limited(shownAs: text())
        origin = first
        // Converting units adds digits nobody wrote, as in .07 s * 1000, and so does subtracting wall-clock times.
        return millisecondsPerUnit == 1 ? limited : (limited * 1e3).rounded() / 1e3
    }
}
