import StrandBytes

/// Turns times of a file into a sample's own: times of the wall clock are counted from the first, others stay.
package struct InkClock {
    /// Milliseconds; no recording takes three years, and counts since 1970 are beyond this.
    private static let wallClock = 1e11

    private let millisecondsPerUnit: Double
    private var origin: Double?

    /// - Parameter millisecondsPerUnit: 1000 where the file counts seconds.
    package init(millisecondsPerUnit: Double = 1) {
        self.millisecondsPerUnit = millisecondsPerUnit
    }

    /// The time that `text` is, in milliseconds; of other units to the nearest microsecond.
    /// - Throws: `notANumber` or `numberTooLarge`.
    package mutating func time(_ text: ArraySlice<UInt8>) throws(FormatError.Problem) -> Double {
        guard let value = Double(decimal: text) else { throw .text(.notANumber(String(utf8OrLatin1: text))) }
        return try time(value, shownAs: text)
    }

    /// The same of a number that `text` shows.
    package mutating func time(
        _ value: Double, shownAs text: @autoclosure () -> ArraySlice<UInt8>
    ) throws(FormatError.Problem) -> Double {
        let first = origin ?? (abs(value * millisecondsPerUnit) > Self.wallClock ? value : 0)
        let time = (value - first) * millisecondsPerUnit
        let limited = try time.limited(shownAs: text())
        origin = first
        // Other units leave digits behind that nobody wrote, .07 s * 1000, and so does the wall clock's difference.
        return millisecondsPerUnit == 1 ? limited : (limited * 1e3).rounded() / 1e3
    }
}
