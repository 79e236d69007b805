import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import StrandBytes
import Synchronization

/// The HTTP server: a page to try the models on, and an API to call them.
///
/// Connections are served on one thread, the networks run on that of the queue and its own pool.
public final class Server: Sendable {
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let listener: any Channel
    private let connections: Connections
    private let router: Router
    private let queue: WorkQueue

    /// Starts to listen.
    /// - Parameter log: told of every answer, on the thread of the connections.
    /// - Throws: `ServerError` if it cannot listen there.
    public init(
        _ settings: ServerSettings, _ models: ServerModels, log: @escaping @Sendable (AccessRecord) -> Void
    ) throws {
        let metrics = Metrics()
        let queue = WorkQueue(models, settings.limits, metrics)
        let router = Router(settings, models, queue, metrics, log: log)
        let connections = Connections(limit: settings.limits.connections)
        (self.queue, self.router, self.connections) = (queue, router, connections)
        do {
            listener = try ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 1_024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = ConnectionHandler(router, settings.limits)
                        guard connections.add(handler, channel) else { throw ServerError("too many connections") }
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.configureHTTPServerPipeline(withErrorHandling: false)
                        try pipeline.addHandler(handler)
                    }
                }
                .bind(host: settings.host, port: settings.port).wait()
        } catch {
            try? group.syncShutdownGracefully()
            let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            throw ServerError("cannot listen on \(settings.host), port \(settings.port): \(reason)")
        }
        queue.start()
    }

    /// The port it listens on.
    public var port: Int { listener.localAddress?.port ?? 0 }

    /// Stops: takes no more connections, and answers what was asked.
    /// - Parameter seconds: how long to wait for that.
    /// - Returns: how many requests were not answered.
    public func stop(within seconds: Int) -> Int {
        router.stop()
        try? listener.close().wait()
        connections.stop()
        let deadline = NIODeadline.now() + .seconds(Int64(seconds))
        while connections.count > 0, NIODeadline.now() < deadline { usleep(20_000) }
        let left = queue.count
        queue.stop()
        try? group.syncShutdownGracefully()
        return left
    }
}

/// Why a server cannot run.
public struct ServerError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// The open connections.
private final class Connections: Sendable {
    private let open = Mutex<[ObjectIdentifier: (ConnectionHandler, any EventLoop)]>([:])
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var count: Int { open.withLock(\.count) }

    /// - Returns: whether there is room for it.
    func add(_ handler: ConnectionHandler, _ channel: any Channel) -> Bool {
        let key = ObjectIdentifier(handler)
        let hasRoom = open.withLock { open in
            if open.count >= limit { return false }
            open[key] = (handler, channel.eventLoop)
            return true
        }
        if hasRoom { channel.closeFuture.whenComplete { _ in self.open.withLock { $0[key] = nil } } }
        return hasRoom
    }

    /// Closes them when they have answered.
    func stop() {
        for (handler, eventLoop) in open.withLock({ Array($0.values) }) { eventLoop.execute { handler.stop() } }
    }
}
