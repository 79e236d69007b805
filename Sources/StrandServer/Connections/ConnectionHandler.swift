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
        case closed
    }

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

    init(_ router: Router, _ limits: ServerLimits) {
        (self.router, self.limits) = (router, limits)
    }

    // MARK: Requests

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelActive(context: ChannelHandlerContext) {
        closeUnless(within: limits.arrival)
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
        let client = context.remoteAddress?.ipAddress ?? "-"
        let exchange = Exchange(head, client: client, on: self, context.eventLoop)
        keepsAlive = head.isKeepAlive && !router.isStopping
        (isBegun, sent, body) = (false, 0, [])
        refuseUnless(within: limits.arrival, exchange)
        do throws(Problem) {
            let endpoint = try router.endpoint(for: head)
            let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
            if length > limits.bodyBytes { throw Problem.tooLarge(limits.bodyBytes) }
            reserved = try router.budget.reserve(length)
            state = .receiving(exchange, endpoint)
        } catch {
            let hasBody =
                head.headers.contains(name: "content-length") || head.headers.contains(name: "transfer-encoding")
            refuse(exchange, error, hasBody: hasBody)
            return
        }
        if head.headers[canonicalForm: "expect"].contains(where: { $0.lowercased() == "100-continue" }) {
            context.writeAndFlush(
                wrapOutboundOut(.head(HTTPResponseHead(version: head.version, status: .continue))), promise: nil)
        }
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
            if case .refusing = state { context?.close(promise: nil) }
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
        respond(problem.response, to: exchange, isDraining: hasBody)
    }

    // MARK: Answers

    func respond(_ response: Response, to exchange: Exchange) { respond(response, to: exchange, isDraining: false) }

    private func respond(_ response: Response, to exchange: Exchange, isDraining: Bool) {
        guard isAnswering(exchange), !isBegun else { return }
        var headers = router.headers(for: exchange.request)
        for (name, value) in response.headers { headers.replaceOrAdd(name: name, value: value) }
        headers.replaceOrAdd(name: "Content-Length", value: "\(response.body.count)")
        write(response.status, headers)
        if exchange.request.method != .HEAD && !response.body.isEmpty { write(response.body) }
        finish(exchange, isDraining: isDraining)
    }

    func begin(_ head: ResponseHead, of exchange: Exchange) {
        guard isAnswering(exchange), !isBegun else { return }
        var headers = router.headers(for: exchange.request)
        headers.replaceOrAdd(name: "Content-Type", value: head.type)
        for (name, value) in head.headers { headers.replaceOrAdd(name: name, value: value) }
        // An older client sees the end of the answer only where the connection ends.
        if exchange.request.version == .http1_0 { keepsAlive = false }
        write(.ok, headers)
    }

    func send(_ bytes: [UInt8], of exchange: Exchange) {
        guard isAnswering(exchange), isBegun, let context else {
            _ = exchange.took(bytes.count)
            return
        }
        closeUnless(within: limits.stall)
        let taken = write(bytes, flushing: true)
        taken?.assumeIsolated().whenComplete { [router, limits] _ in
            if exchange.took(bytes.count) { router.queue.wake() }
            guard case .answering(let current) = self.state, current === exchange else { return }
            self.closeUnless(within: limits.stall)
        }
        _ = context
    }

    func end(_ exchange: Exchange) {
        guard isAnswering(exchange), isBegun else { return }
        finish(exchange, isDraining: false)
    }

    func abort(_ exchange: Exchange) {
        guard isAnswering(exchange) else { return }
        context?.close(promise: nil)
    }

    private func isAnswering(_ exchange: Exchange) -> Bool {
        if case .answering(let current) = state { current === exchange } else { false }
    }

    private func write(_ status: HTTPResponseStatus, _ headers: HTTPHeaders) {
        guard let context else { return }
        var headers = headers
        if !keepsAlive { headers.replaceOrAdd(name: "Connection", value: "close") }
        (isBegun, self.status) = (true, status)
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
    }

    @discardableResult
    private func write(_ bytes: [UInt8], flushing: Bool = false) -> EventLoopFuture<Void>? {
        guard let context else { return nil }
        sent += bytes.count
        let part = wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(bytes: bytes))))
        return flushing ? context.writeAndFlush(part) : context.write(part)
    }

    private func finish(_ exchange: Exchange, isDraining: Bool) {
        guard let context else { return }
        timer?.cancel()
        exchange.close()
        let done = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        router.note(exchange, status, bytes: sent)
        if isDraining {
            state = .refusing
            closeUnless(within: 2)
        } else if keepsAlive {
            state = .idle
            closeUnless(within: limits.idle)
        } else {
            state = .closed
            done.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        }
    }

    // MARK: Ends

    /// Closes the connection if it is between two requests; otherwise after the answer.
    func stop() {
        keepsAlive = false
        if case .idle = state { context?.close(promise: nil) }
    }

    private func closeUnless(within seconds: Int) {
        timer?.cancel()
        timer = context?.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Int64(seconds))) {
            self.context?.close(promise: nil)
        }
    }

    private func refuseUnless(within seconds: Int, _ exchange: Exchange) {
        timer?.cancel()
        timer = context?.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Int64(seconds))) {
            guard case .receiving = self.state else { return }
            self.refuse(
                exchange, Problem(.requestTimeout, "the request took more than \(seconds) seconds to arrive"),
                hasBody: true)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        switch state {
        case .receiving(let exchange, _), .answering(let exchange):
            exchange.close()
            router.queue.wake()
            router.noteLost(exchange)
        case .idle, .refusing, .closed: break
        }
        (state, body, reserved, self.context) = (.closed, [], nil, nil)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
