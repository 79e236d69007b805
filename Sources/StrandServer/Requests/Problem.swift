import NIOHTTP1
import StrandBytes

/// Why a request is refused, as a problem document (RFC 9457) tells it.
struct Problem: Error {
    let status: HTTPResponseStatus
    /// What is wrong and what to do.
    let detail: String
    var headers: [(name: String, value: String)] = []

    init(_ status: HTTPResponseStatus, _ detail: String, headers: [(name: String, value: String)] = []) {
        (self.status, self.detail, self.headers) = (status, detail.withoutControlCharacters, headers)
    }

    /// A body that cannot be read, or has too much.
    init(_ error: FormatError) {
        let excess = error.problem.kind as? TooMuch
        self.init(excess == nil ? .badRequest : .unprocessableEntity, excess?.description ?? "\(error)")
    }

    /// The server has too much to do.
    static func busy(_ detail: String) -> Problem {
        Problem(.tooManyRequests, detail, headers: [("Retry-After", "1")])
    }

    static func tooLarge(_ limit: Int) -> Problem {
        Problem(
            .payloadTooLarge,
            "the body has more than \(grouped(limit)) bytes, as sent or unpacked: send it in parts, or use the program"
        )
    }

    var response: Response {
        var document = Array("{\"type\":\"about:blank\",\"title\":".utf8)
        document.append(jsonString: status.reasonPhrase)
        document += ",\"status\":\(status.code),\"detail\":".utf8
        document.append(jsonString: detail)
        document += "}\n".utf8
        var response = Response(status, document, type: "application/problem+json")
        response.headers += headers
        return response
    }
}
