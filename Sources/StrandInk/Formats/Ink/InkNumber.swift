import StrandBytes

extension Double {
    /// A coordinate or time of ink: a plain decimal number that is not larger than `InkJSONReader.largestNumber`.
    package init(ink text: ArraySlice<UInt8>) throws(FormatError.Problem) {
        guard let value = Double(decimal: text) else { throw .text(.notANumber(String(utf8OrLatin1: text))) }
        self = try value.limited(shownAs: text)
    }

    package init(ink text: String) throws(FormatError.Problem) { try self.init(ink: Array(text.utf8)[...]) }

    /// This number, unless it is too large.
    package func limited(shownAs text: @autoclosure () -> ArraySlice<UInt8>) throws(FormatError.Problem) -> Double {
        // Infinity, from an exponent that no double holds, is larger too.
        if !(abs(self) <= InkJSONReader.largestNumber) { throw .ink(.numberTooLarge(String(utf8OrLatin1: text()))) }
        return self
    }
}

extension Int {
    /// A number of strokes or points, from 0; nil for another text, or for more than any file can hold.
    init?(countOfInk text: ArraySlice<UInt8>) {
        guard let count = Double(decimal: text).flatMap(Int.init(exactly:)), (0..<1 << 32).contains(count) else {
            return nil
        }
        self = count
    }
}

extension String {
    /// Words of a line with a blank between.
    init(wordsOfInk words: [ArraySlice<UInt8>]) {
        self = words.map { String(utf8OrLatin1: $0) }.joined(separator: " ")
    }
}
