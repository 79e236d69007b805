import NIOCore
import NIOHTTP1
import Synchronization

/// A request and the answer to it, which may be made on another thread than the connection's.
final class Exchange: Sendable {
    let request: HTTPRequestHead
    /// The client's address.
    let client: String
    let start = NIODeadline.now()
    private let connection: ConnectionHandler
    private let eventLoop: any EventLoop
    /// Bytes of the answer that the client has not taken.
    private let unsent = Atomic<Int>(0)
    private let closed = Atomic<Bool>(false)
    /// More unsent bytes than this, and no further ones are made.
    private static let mostUnsent = 1 << 20

    init(_ request: HTTPRequestHead, client: String, on connection: ConnectionHandler, _ eventLoop: any EventLoop) {
        (self.request, self.client, self.connection, self.eventLoop) = (request, client, connection, eventLoop)
    }

    /// Whether nobody waits for the answer any more.
    var isClosed: Bool { closed.load(ordering: .relaxed) }

    /// Whether the client has to take some of the answer before more of it is made.
    var isStalled: Bool { unsent.load(ordering: .relaxed) > Self.mostUnsent }

    func close() { closed.store(true, ordering: .relaxed) }

    /// Answers.
    func respond(_ response: Response) {
        eventLoop.execute { self.connection.respond(response, to: self) }
    }

    /// Begins an answer of unknown length.
    func begin(_ head: ResponseHead) {
        eventLoop.execute { self.connection.begin(head, of: self) }
    }

    /// Continues it.
    func send(_ bytes: [UInt8]) {
        unsent.add(bytes.count, ordering: .relaxed)
        eventLoop.execute { self.connection.send(bytes, of: self) }
    }

    /// Ends it.
    func end() {
        eventLoop.execute { self.connection.end(self) }
    }

    /// Notes that these bytes have been taken; returns whether the answer was stalled and is not any more.
    func took(_ count: Int) -> Bool {
        let (before, after) = unsent.subtract(count, ordering: .relaxed)
        return before > Self.mostUnsent && after <= Self.mostUnsent
    }
}
