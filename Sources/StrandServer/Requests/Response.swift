import NIOHTTP1

/// A whole answer.
struct Response: Sendable {
    var status: HTTPResponseStatus
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    init(_ status: HTTPResponseStatus = .ok, _ body: [UInt8] = [], type: String) {
        (self.status, self.body) = (status, body)
        headers = [("Content-Type", type)]
    }
}

/// The start of an answer whose length is not known.
struct ResponseHead: Sendable {
    var type: String
    var headers: [(name: String, value: String)] = []
}
