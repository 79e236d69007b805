import StrandBytes

extension Double {
    /// A coordinate or time of ink: a plain decimal number no larger than `InkJSONReader.largestNumber`.
    package init(ink text: some Collection<UInt8>) throws(FormatError.Problem) {
        guard let value = Double(decimal: text) else { throw .text(.notANumber(String(utf8OrLatin1: text))) }
        self = try value.limited(shownAs: text)
    }

    /// This number, unless it is too large.
    package func limited(shownAs text: @autoclosure () -> some Collection<UInt8>) throws(FormatError.Problem) -> Double
    {
        // Infinity, from an exponent too large for a double, is refused as well.
        if !(abs(self) <= InkJSONReader.largestNumber) { throw .ink(.numberTooLarge(String(utf8OrLatin1: text()))) }
        return self
    }
}
