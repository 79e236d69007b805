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

    /// Which member with strokes comes first in the object at the start of `text`, which may be cut: `strokes` in
    /// Strand's files, `drawing` in Quick Draw's.
    package static func firstInkMember(in text: ArraySlice<UInt8>) -> String? {
        firstMember(among: ["strokes", "drawing"], in: text)
    }

    /// Which of the members comes first in the object at the start of `text`, or of an array there; it may be cut.
    package static func firstMember(among names: Set<String>, in text: ArraySlice<UInt8>) -> String? {
        let isArray = text.first == UInt8(ascii: "[")
        var scanner = JSONScanner(isArray ? text.dropFirst() : text)
        var member: String?
        // The search ends with an error, where the member is found or the text is cut.
        try? scanner.object { key, scanner throws(Fault) in
            if names.contains(key) {
                member = key
                throw scanner.fault("no more")
            }
            try scanner.skip()
        }
        return member
    }
}
