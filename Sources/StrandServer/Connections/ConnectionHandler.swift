import NIOCore
import NIOHTTP1

/// A connection: takes requests one after another, within limits of size and time, and writes the answers. Used on its event
/// loop alone.
final class ConnectionHandler: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case idle
        /// The body comes in.
        case receiving(Exchange, Endpoint)
        /// Answered before the body was there, which is not wanted any more.
        case refusing
        /// The answer is made or written.
        case answering(Exchange)
        /// Nothing more is taken; what is written goes out.
        case closing
    }

    /// Bytes written at a time: each part that a client takes shows that it is there.
    private static let part = 1 << 16
    /// Seconds for which what nobody wants is still read.
    private static let patience = 2

    private let router: Router
    private let limits: ServerLimits
    private var state = State.idle
    private var body: [UInt8] = []
    /// What the body holds of the server's bytes for all bodies.
    private var reserved: Reservation?
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?
    private var keepsAlive = true
    private var isBegun = false
    private var status = HTTPResponseStatus.ok
    private var sent = 0
    /// Parts that the client has not taken.
    private var partsUnderWay = 0

    init(_ router: Router, _ limits: ServerLimits) {
        (self.router, self.limits) = (router, limits)
    }

    // MARK: Requests

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelActive(context: ChannelHandlerContext) {
        close(within: limits.arrival)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let bytes): take(bytes)
        case .end: endOfRequest()
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard case .idle = state else { return }
        let exchange = makeExchange(head, context)
        // After a wish to change the protocol no further request is read.
        let wantsOther = head.method == .CONNECT || head.headers.contains(name: "upgrade")
        keepsAlive = head.isKeepAlive && head.version == .http1_1 && !wantsOther && !router.isStopping
        do throws(Problem) {
            let endpoint = try router.endpoint(for: head)
            if let text = head.headers.first(name: "content-length"), Int(text) ?? .max > limits.bodyBytes {
                throw Problem.tooLarge(limits.bodyBytes)
            }
            reserved = router.budget.reservation()
            state = .receiving(exchange, endpoint)
        } catch {
            let hasBody = ["content-length", "transfer-encoding"].contains { head.headers.contains(name: $0) }
            return refuse(exchange, error, hasBody: hasBody)
        }
        refuse(exchange, unlessWhole: limits.arrival)
        let isAwaited = head.headers[canonicalForm: "expect"].contains { $0.lowercased() == "100-continue" }
        if isAwaited && head.version == .http1_1 {
            let part = HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .continue))
            context.writeAndFlush(wrapOutboundOut(part), promise: nil)
        }
    }

    private func makeExchange(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) -> Exchange {
        (isBegun, sent, body) = (false, 0, [])
        let client = context.remoteAddress?.ipAddress ?? "-"
        return Exchange(head, client: client, on: self, context.eventLoop)
    }

    private func take(_ bytes: ByteBuffer) {
        guard case .receiving(let exchange, _) = state else { return }
        do throws(Problem) {
            if body.count + bytes.readableBytes > limits.bodyBytes { throw Problem.tooLarge(limits.bodyBytes) }
            try reserved?.grow(to: body.count + bytes.readableBytes)
            body += bytes.readableBytesView
        } catch {
            refuse(exchange, error, hasBody: true)
        }
    }

    private func endOfRequest() {
        guard case .receiving(let exchange, let endpoint) = state else {
            if case .refusing = state { closeWhenWritten() }
            return
        }
        timer?.cancel()
        state = .answering(exchange)
        let whole = Body(bytes: body, reservation: reserved)
        (body, reserved) = ([], nil)
        endpoint(exchange, whole)
    }

    /// Answers at once. What is left of a body is read and dropped for a moment, since closing before that could take the
    /// answer from the client.
    private func refuse(_ exchange: Exchange, _ problem: Problem, hasBody: Bool) {
        (body, reserved) = ([], nil)
        if hasBody { keepsAlive = false }
        state = .answering(exchange)
        respond(problem.response, to: exchange, next: hasBody ? .refusing : nil)
    }

    // MARK: Answers

    func respond(_ response: Response, to exchange: Exchange) { respond(response, to: exchange, next: nil) }

    private func respond(_ response: Response, to exchange: Exchange, next: State?) {
        guard isAnswering(exchange), !isBegun else { return }
        var headers = router.headers(for: exchange.request)
        for (name, value) in response.headers { headers.replaceOrAdd(name: name, value: value) }
        headers.replaceOrAdd(name: "Content-Length", value: "\(response.body.count)")
        write(response.status, headers, to: exchange)
        if exchange.request.method != .HEAD { write(response.body) {} }
        finish(exchange, next: next)
    }

    func begin(_ head: ResponseHead, of exchange: Exchange) {
        guard isAnswering(exchange), !isBegun else { return }
        var headers = router.headers(for: exchange.request)
        headers.replaceOrAdd(name: "Content-Type", value: head.type)
        for (name, value) in head.headers { headers.replaceOrAdd(name: name, value: value) }
        write(.ok, headers, to: exchange)
    }

    func send(_ bytes: [UInt8], of exchange: Exchange) {
        let took = { [router] in if exchange.took(bytes.count) { router.queue.wake() } }
        guard isAnswering(exchange), isBegun else { return took() }
        write(bytes, took)
        context?.flush()
    }

    func end(_ exchange: Exchange) {
        if isAnswering(exchange) && isBegun { finish(exchange, next: nil) }
    }

    private func isAnswering(_ exchange: Exchange) -> Bool {
        if case .answering(let current) = state { current === exchange } else { false }
    }

    private func write(_ status: HTTPResponseStatus, _ headers: HTTPHeaders, to exchange: Exchange) {
        var headers = headers
        if !keepsAlive { headers.replaceOrAdd(name: "Connection", value: "close") }
        (isBegun, self.status) = (true, status)
        // To an older client nothing is sent in chunks: the answer ends where the connection does.
        let version = exchange.request.version == .http1_0 ? HTTPVersion.http1_0 : .http1_1
        let head = HTTPResponseHead(version: version, status: status, headers: headers)
        context?.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    /// - Parameter done: called when all is taken, or cannot be any more.
    private func write(_ bytes: [UInt8], _ done: @escaping () -> Void) {
        guard let context, !bytes.isEmpty else { return done() }
        sent += bytes.count
        for start in stride(from: 0, to: bytes.count, by: Self.part) {
            let end = min(start + Self.part, bytes.count)
            let part = context.channel.allocator.buffer(bytes: bytes[start..<end])
            note(context.write(wrapOutboundOut(.body(.byteBuffer(part))))) { if end == bytes.count { done() } }
        }
    }

    /// Watches what is written: as long as the client takes something, it has time.
    private func note(_ written: EventLoopFuture<Void>, _ done: @escaping () -> Void = {}) {
        partsUnderWay += 1
        written.assumeIsolated().whenComplete { _ in
            self.partsUnderWay -= 1
            done()
            self.setTimer()
        }
    }

    /// - Parameter next: the state then, if the connection is not simply free, or closed.
    private func finish(_ exchange: Exchange, next: State?) {
        exchange.close()
        router.note(exchange, status, bytes: sent)
        // The end of an answer lets the next request in at once.
        state = next ?? (keepsAlive ? .idle : .closing)
        guard let context else { return }
        note(context.writeAndFlush(wrapOutboundOut(.end(nil))))
        if case .refusing = state { close(within: Self.patience) } else { setTimer() }
    }

    // MARK: Ends

    /// Closes the connection, after the answer to what has been asked.
    func stop() {
        keepsAlive = false
        switch state {
        // A request may be on its way.
        case .idle where partsUnderWay == 0: close(within: 1)
        case .idle: state = .closing
        case .receiving: close(within: Self.patience)
        case .refusing, .answering, .closing: break
        }
    }

    private func closeWhenWritten() {
        state = .closing
        setTimer()
    }

    /// How long the connection may stay as it is.
    private func setTimer() {
        switch state {
        case .receiving, .refusing: break
        case .closing where partsUnderWay == 0: context?.close(promise: nil)
        case .idle where partsUnderWay == 0: close(within: limits.idle)
        case .answering where partsUnderWay == 0: timer?.cancel()
        case .idle, .answering, .closing: close(within: limits.stall)
        }
    }

    private func close(within seconds: Int) {
        timer?.cancel()
        timer = context?.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Int64(seconds))) {
            self.context?.close(promise: nil)
        }
    }

    private func refuse(_ exchange: Exchange, unlessWhole seconds: Int) {
        timer?.cancel()
        timer = context?.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Int64(seconds))) {
            guard case .receiving = self.state else { return }
            let problem = Problem(.requestTimeout, "the request took more than \(seconds) seconds to arrive")
            self.refuse(exchange, problem, hasBody: true)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The client sends no more, and may still read.
        if case .inputClosed? = event as? ChannelEvent {
            keepsAlive = false
            switch state {
            case .idle, .refusing: closeWhenWritten()
            case .receiving: context.close(promise: nil)
            case .answering, .closing: break
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        switch state {
        case .receiving(let exchange, _), .answering(let exchange):
            exchange.close()
            router.queue.wake()
            router.noteLost(exchange)
        case .idle, .refusing, .closing: break
        }
        (state, body, reserved, self.context) = (.closing, [], nil, nil)
        context.fireChannelInactive()
    }

    /// What is no HTTP is said so, where no answer is being written.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.close(promise: nil) }
        switch state {
        case .idle, .receiving: break
        case .refusing, .answering, .closing: return context.close(promise: nil)
        }
        let head = HTTPRequestHead(version: .http1_1, method: .RAW(value: "-"), uri: "-")
        let isLarge = error == .headerOverflow
        keepsAlive = false
        refuse(
            makeExchange(head, context),
            Problem(
                isLarge ? .requestHeaderFieldsTooLarge : .badRequest,
                isLarge ? "the headers are too large" : "the request is not as RFC 9112 has it"),
            hasBody: true)
    }
}
