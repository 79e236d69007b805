import NIOHTTP1

/// What a client accepts (RFC 9110, section 12.5.1).
struct AcceptedTypes {
    private struct Range {
        /// Such as `text/plain`, `text/*`, `*/*`.
        let type: String
        let quality: Double
    }

    private let ranges: [Range]

    init(_ headers: HTTPHeaders) {
        ranges = headers[canonicalForm: "accept"].map { range in
            let parts = range.split(separator: ";").map { $0.trimmed.lowercased() }
            let quality = parts.dropFirst().lazy.compactMap { $0.hasPrefix("q=") ? Double($0.dropFirst(2)) : nil }.first
            return Range(type: parts.first ?? "", quality: quality ?? 1)
        }
    }

    /// The best of these types, each with what it stands for; of equal ones the first. Nil: none is accepted.
    func best<Value>(of offers: [(type: String, value: Value)]) -> Value? {
        if ranges.isEmpty { return offers.first?.value }
        var best: (quality: Double, value: Value)?
        for offer in offers {
            let quality = quality(of: offer.type)
            if quality > best?.quality ?? 0 { best = (quality, offer.value) }
        }
        return best?.value
    }

    /// Whether a type is accepted.
    func contains(_ type: String) -> Bool { ranges.isEmpty || quality(of: type) > 0 }

    /// That of the most specific range the type lies in.
    private func quality(of type: String) -> Double {
        let group = type.prefix { $0 != "/" } + "/*"
        for wanted in [type, String(group), "*/*"] {
            if let range = ranges.first(where: { $0.type == wanted }) { return range.quality }
        }
        return 0
    }
}

extension HTTPHeaders {
    /// The media type of the body, without its parameters.
    var mediaType: String? {
        first(name: "content-type").map { String($0.prefix { $0 != ";" }).trimmed.lowercased() }
    }
}

extension StringProtocol {
    /// Without blanks around it.
    var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
