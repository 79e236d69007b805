/// Where a server listens, whom it answers, and how much it takes.
public struct ServerSettings: Sendable {
    /// The address or name to listen on.
    public var host = "127.0.0.1"
    /// The port to listen on; 0: any free one.
    public var port = 8080
    /// What requests for the API must bear as `Authorization: Bearer TOKEN`; nil: nothing.
    public var token: String?
    /// A web page of this origin, such as `https://example.org`, may call the API; nil: only the server's own page.
    public var allowedOrigin: String?
    public var limits = ServerLimits()

    public init() {}

    /// Whether only this machine can reach it.
    public var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}

/// How much a server takes.
public struct ServerLimits: Sendable {
    /// Bytes of a request's body, as sent and when unpacked.
    public var bodyBytes = 32 << 20
    /// Bytes of ink, unpacked.
    public var inkBytes = 8 << 20
    /// Bytes of all bodies that are being sent or worked on.
    public var totalBytes = 128 << 20
    /// Records of a request.
    public var records = 100_000
    /// Residues of a request.
    public var residues = 32_000_000
    /// Residues of a chain, which is labelled in one step; the longest known protein has fewer.
    public var chainResidues = 40_000
    /// Samples of ink of a request.
    public var samples = 10_000
    /// Strokes of a sample of ink.
    public var strokes = 2_000
    /// Points of a sample of ink.
    public var points = 30_000
    /// Requests that wait for their turn or are worked on.
    public var requests = 256
    /// Connections.
    public var connections = 1_000
    /// Seconds for a request to arrive.
    public var arrival = 30
    /// Seconds for which a client may take nothing of an answer.
    public var stall = 30
    /// Seconds for which a connection may be idle between requests.
    public var idle = 60

    public init() {}
}
