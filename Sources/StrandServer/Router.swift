import NIOCore
import NIOHTTP1
import StrandBytes
import StrandEngine
import Synchronization

/// Answers a request whose body is there.
typealias Endpoint = @Sendable (Exchange, Body) -> Void

/// Finds what answers a request, and refuses those that may not be answered.
final class Router: Sendable {
    let budget: ByteBudget
    let queue: WorkQueue
    private let settings: ServerSettings
    private let models: ServerModels
    private let metrics: Metrics
    private let page = PageFiles()
    private let token: [UInt8]?
    private let log: @Sendable (AccessRecord) -> Void
    private let stopping = Atomic<Bool>(false)

    init(
        _ settings: ServerSettings, _ models: ServerModels, _ queue: WorkQueue, _ metrics: Metrics,
        log: @escaping @Sendable (AccessRecord) -> Void
    ) {
        (self.settings, self.models, self.queue, self.metrics, self.log) = (settings, models, queue, metrics, log)
        budget = ByteBudget(settings.limits.totalBytes)
        token = settings.token.map { Self.digest("Bearer \($0)") }
    }

    var isStopping: Bool { stopping.load(ordering: .relaxed) }
    func stop() { stopping.store(true, ordering: .relaxed) }

    // MARK: Ways

    /// - Throws: what stands against an answer.
    func endpoint(for head: HTTPRequestHead) throws(Problem) -> Endpoint {
        try checkFraming(head)
        try checkHost(head)
        let (path, query) = try Self.target(of: head)
        try checkOrigin(head)
        guard let methods = Self.methods(of: path) ?? (page.file(at: path) == nil ? nil : [.GET, .HEAD]) else {
            throw Problem(.notFound, "there is nothing at \(path.prefix(100)); the API is described at /openapi.json")
        }
        if head.method == .OPTIONS, isForeign(head) { return preflight(methods) }
        guard methods.contains(head.method) else {
            let allowed = methods.map(\.rawValue).joined(separator: ", ")
            throw Problem(.methodNotAllowed, "\(path) takes \(allowed)", headers: [("Allow", allowed)])
        }
        if path.hasPrefix("/v1/") || path == "/metrics" { try checkToken(head) }
        switch path {
        case "/v1/label":
            let request = try LabelRequest(query, head.headers, models)
            return { [queue, models] exchange, body in queue.add(LabelJob(exchange, body, request, models)) }
        case "/v1/read":
            let request = try ReadRequest(query, head.headers)
            return { [queue] exchange, body in queue.add(ReadJob(exchange, body, request)) }
        default: break
        }
        try Query(query).end()
        switch path {
        case "/v1/models": return whole { [models] in Response(.ok, models.description, type: "application/json") }
        case "/healthz": return whole { Response(.ok, Array("ok\n".utf8), type: "text/plain") }
        case "/metrics":
            return whole { [metrics, queue] in
                Response(.ok, metrics.text(waiting: queue.count), type: "text/plain; version=0.0.4; charset=utf-8")
            }
        default:
            let file = page.file(at: path)!
            return whole { file.response(ifNot: head.headers.first(name: "if-none-match")) }
        }
    }

    private static let longestTarget = 8_192

    /// Path and query, of a target with the server's name too (RFC 9112, section 3.2).
    private static func target(of head: HTTPRequestHead) throws(Problem) -> (path: String, query: Substring?) {
        if head.uri.utf8.count > longestTarget {
            throw Problem(.uriTooLong, "the target has more than \(longestTarget) bytes")
        }
        var target = head.uri[...]
        if target.hasPrefix("http://") || target.hasPrefix("https://") {
            target = target.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" && $0 != "?" }
        }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = try Query.decoded(parts.first ?? "", plusIsBlank: false)
        return (path.isEmpty ? "/" : path, parts.count > 1 ? parts[1] : nil)
    }

    /// Bodies come as they are or in chunks.
    private func checkFraming(_ head: HTTPRequestHead) throws(Problem) {
        let codings = head.headers[canonicalForm: "transfer-encoding"]
        if codings.contains(where: { $0.lowercased() != "chunked" }) {
            throw Problem(.notImplemented, "Transfer-Encoding: send chunked, or a body with its Content-Length")
        }
    }

    private static func methods(of path: String) -> [HTTPMethod]? {
        switch path {
        case "/v1/label", "/v1/read": [.POST]
        case "/v1/models", "/healthz", "/metrics": [.GET, .HEAD]
        default: nil
        }
    }

    private func whole(_ make: @escaping @Sendable () -> Response) -> Endpoint {
        { exchange, _ in exchange.respond(make()) }
    }

    // MARK: Who may ask

    /// A page of another name that resolves to this machine is not the one that was opened (DNS rebinding).
    private func checkHost(_ head: HTTPRequestHead) throws(Problem) {
        let hosts = head.headers["host"]
        if hosts.count > 1 || (hosts.isEmpty && head.version == .http1_1) {
            throw Problem(.badRequest, "the header 'Host' has to be there once")
        }
        guard let host = hosts.first, settings.isLoopback, settings.token == nil else { return }
        guard ["localhost", "127.0.0.1", "[::1]", settings.host].contains(Self.name(of: host)) else {
            throw Problem(.misdirectedRequest, "this server is for this machine: ask it as localhost")
        }
    }

    /// Pages of other origins may call only if that is wanted.
    private func checkOrigin(_ head: HTTPRequestHead) throws(Problem) {
        guard let origin = head.headers.first(name: "origin"), !isForeign(head) else { return }
        let own = head.headers.first(name: "host") ?? ""
        guard origin.split(separator: "/", omittingEmptySubsequences: true).last.map(String.init) == own else {
            throw Problem(.forbidden, "pages of \(origin) may not call this server: see '--allow-origin'")
        }
    }

    /// Whether it comes from a page of the origin that may call.
    private func isForeign(_ head: HTTPRequestHead) -> Bool {
        settings.allowedOrigin != nil && head.headers.first(name: "origin") == settings.allowedOrigin
    }

    /// A host without its port; nil: it is none.
    private static func name(of host: String) -> String? {
        host.wholeMatch(of: /(\[[0-9A-Fa-f:.]+\]|[^:\/]+)(?::[0-9]*)?/).map { $0.1.lowercased() }
    }

    /// Compared in a time that does not depend on what is right.
    private func checkToken(_ head: HTTPRequestHead) throws(Problem) {
        guard let token else { return }
        let (scheme, value) = (head.headers.first(name: "authorization") ?? "").split(at: " ")
        let given = Self.digest(scheme.lowercased() == "bearer" ? "Bearer \(value)" : "")
        guard zip(token, given).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 else {
            throw Problem(
                .unauthorized,
                scheme.isEmpty
                    ? "this server asks for a token: send the header 'Authorization: Bearer TOKEN'"
                    : "the token is not that of this server",
                headers: [("WWW-Authenticate", "Bearer")])
        }
    }

    private static func digest(_ text: String) -> [UInt8] {
        var digest = SHA256()
        digest.update(Array(text.utf8)[...])
        return Array(digest.finish().utf8)
    }

    private func preflight(_ methods: [HTTPMethod]) -> Endpoint {
        whole {
            var response = Response(.noContent, type: "text/plain")
            response.headers = [
                ("Access-Control-Allow-Methods", methods.map(\.rawValue).joined(separator: ", ")),
                ("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept"),
                ("Access-Control-Max-Age", "3600"),
            ]
            return response
        }
    }

    // MARK: What every answer has

    func headers(for head: HTTPRequestHead) -> HTTPHeaders {
        var headers = HTTPHeaders([
            ("Date", HTTPDate.now), ("Server", "strand/\(strandVersion)"),
            (
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            ),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"),
        ])
        if let origin = settings.allowedOrigin {
            headers.add(name: "Vary", value: "Origin")
            if isForeign(head) {
                headers.add(name: "Access-Control-Allow-Origin", value: origin)
                headers.add(name: "Access-Control-Expose-Headers", value: "Strand-Repairs, Retry-After")
            }
        }
        return headers
    }

    /// Logs and counts an answer.
    func note(_ exchange: Exchange, _ status: HTTPResponseStatus, bytes: Int) {
        let seconds = Double((NIODeadline.now() - exchange.start).nanoseconds) / 1e9
        let path = (try? Self.target(of: exchange.request).path) ?? ""
        let isKnown = Self.methods(of: path) != nil || page.file(at: path) != nil
        metrics.note(path: isKnown ? path : "other", status: Int(status.code), seconds: seconds)
        log(
            AccessRecord(
                client: exchange.client, method: exchange.request.method.rawValue, target: exchange.request.uri,
                status: Int(status.code), bytes: bytes, seconds: seconds))
    }

    /// Logs a request whose client went away. The status is that of nginx.
    func noteLost(_ exchange: Exchange) { note(exchange, .custom(code: 499, reasonPhrase: "Client Closed"), bytes: 0) }
}

/// An answered request, for the log.
public struct AccessRecord: Sendable {
    /// The client's address.
    public let client: String
    public let method: String
    /// Path and query.
    public let target: String
    public let status: Int
    /// Of the body of the answer.
    public let bytes: Int
    public let seconds: Double
}

extension String {
    /// What is before the first of these characters, and what is behind it.
    fileprivate func split(at separator: Character) -> (String, String) {
        let start = prefix { $0 != separator }
        return (String(start), String(dropFirst(start.count + 1)))
    }
}
