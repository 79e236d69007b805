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

    /// Which of the members that hold strokes the object at the start of `text`, perhaps cut, has first: `strokes` in
    /// Strand's files, `drawing` in those of Quick Draw.
    package static func firstInkMember(in text: ArraySlice<UInt8>) -> String? {
        firstMember(among: ["strokes", "drawing"], in: text)
    }

    /// Which of the members the object at the start of `text`, perhaps cut, has first.
    package static func firstMember(among names: Set<String>, in text: ArraySlice<UInt8>) -> String? {
        var scanner = JSONScanner(text)
        var member: String?
        // The search ends in a fault, where the member is found or the text is cut.
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
