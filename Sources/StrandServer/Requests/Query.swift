/// The parameters after a path's question mark.
struct Query {
    private var values: [(name: String, value: String)] = []

    /// - Throws: for text that is not percent-encoded UTF-8, or a name given twice.
    init(_ text: Substring?) throws(Problem) {
        if (text ?? "").utf8.count(where: { $0 == UInt8(ascii: "&") }) > 20 {
            throw Problem(.badRequest, "the query has more than 20 parameters")
        }
        for pair in (text ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decoded(parts[0])
            guard !values.contains(where: { $0.name == name }) else {
                throw Problem(.badRequest, "the parameter '\(name)' is given twice")
            }
            values.append((name, try Self.decoded(parts.count > 1 ? parts[1] : "")))
        }
    }

    /// Takes the value of a parameter; nil: it is not given.
    /// - Parameter meanings: what its values mean.
    mutating func take<Value>(_ name: String, _ meanings: [(String, Value)]) throws(Problem) -> Value? {
        guard let text = take(name) else { return nil }
        guard let meaning = meanings.first(where: { $0.0 == text })?.1 else {
            throw Problem(.badRequest, "\(name)=\(text): give one of \(meanings.map(\.0).joined(separator: ", "))")
        }
        return meaning
    }

    /// Takes the value of a parameter that is a number; nil: it is not given.
    mutating func take(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let text = take(name) else { return nil }
        guard text.utf8.allSatisfy({ $0 &- 48 < 10 }), let number = Int(text), range.contains(number) else {
            throw Problem(.badRequest, "\(name)=\(text): give \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private mutating func take(_ name: String) -> String? {
        values.firstIndex { $0.name == name }.map { values.remove(at: $0).value }
    }

    /// - Throws: if parameters are left.
    func end() throws(Problem) {
        if let name = values.first?.name { throw Problem(.badRequest, "there is no parameter '\(name)'") }
    }

    /// - Parameter plusIsBlank: whether '+' stands for a blank, as in queries.
    static func decoded(_ text: Substring, plusIsBlank: Bool = true) throws(Problem) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+") where plusIsBlank: bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2)
                let text = digits.count == 2 && digits.first != UInt8(ascii: "+") ? String(digits) : nil
                guard let value = text.flatMap({ UInt8($0, radix: 16) }) else {
                    throw Problem(.badRequest, "the target is not percent-encoded: '%' and two digits")
                }
                bytes.append(value)
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw Problem(.badRequest, "the target is not UTF-8")
        }
        return decoded
    }
}
