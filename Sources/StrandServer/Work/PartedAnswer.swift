/// An answer that is made in parts: sent whole if there is but one, else part by part.
struct PartedAnswer {
    let type: String
    /// Before the first row; of an array nothing.
    var preamble: [UInt8] = []
    /// Whether the rows, which are lines of JSON, become an array.
    var isArray = false
    var headers: [(name: String, value: String)] = []
    private var hasBegun = false

    init(type: String, isArray: Bool = false) { (self.type, self.isArray) = (type, isArray) }

    /// Sends the next rows, and the end of the answer if they are the last.
    mutating func send(_ rows: [[UInt8]], isLast: Bool, to exchange: Exchange) {
        let bytes = isArray ? inArray(rows, isLast: isLast) : (hasBegun ? [] : preamble) + rows.joined()
        if isLast && !hasBegun {
            var response = Response(.ok, bytes, type: type)
            response.headers += headers
            return exchange.respond(response)
        }
        if !hasBegun { exchange.begin(ResponseHead(type: type, headers: headers)) }
        hasBegun = true
        exchange.send(bytes)
        if isLast { exchange.end() }
    }

    private func inArray(_ rows: [[UInt8]], isLast: Bool) -> [UInt8] {
        Array((hasBegun ? "," : "[").utf8) + rows.map { $0.dropLast() }.joined(separator: ",".utf8)
            + (isLast ? "]\n" : "").utf8
    }
}
