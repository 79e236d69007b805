import Glibc
import Synchronization

/// Watches what a run reads of its files: how much of how much, the hash of each, and whether to wait for more.
///
/// Bytes count as stored, not decompressed, at the moment they are read, so that pipes are measured and hashed too.
public final class InputMeter: Sendable {
    private struct State {
        var bytes = 0
        var digests: [BackgroundDigest] = []
        /// Where the work that takes time began.
        var start = (bytes: 0, moment: ContinuousClock.now)
    }

    /// Size of all files together; nil if one of them is not a regular file.
    private let size: Int?
    private let isHashing: Bool
    private let isStopped: @Sendable () -> Bool
    private let didRead: @Sendable () -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - files: the files, as on the command line, a folder for those in it; none: nothing is known of their size.
    ///   - isHashing: whether to hash what is read.
    ///   - isStopped: whether to give up waiting for bytes of a terminal or a pipe.
    ///   - didRead: called whenever bytes were read.
    public init(
        _ files: [String] = [], isHashing: Bool = false, isStopped: @escaping @Sendable () -> Bool = { false },
        didRead: @escaping @Sendable () -> Void = {}
    ) {
        let sizes = files.flatMap { Folder.files(at: $0) ?? [$0] }.map { FileState.size(of: ByteSource(argument: $0)) }
        size = sizes.isEmpty || sizes.contains(nil) ? nil : sizes.reduce(0) { $0 + $1! }
        self.isHashing = isHashing
        self.isStopped = isStopped
        self.didRead = didRead
    }

    /// A reader of a file; its bytes are counted here.
    public func reader(of file: String) -> ByteReader { ByteReader(ByteSource(argument: file), meter: self) }

    /// SHA-256 of the bytes read of each file, in the order in which they were opened.
    public var hashes: [String] { state.withLock(\.digests).map(\.value) }

    /// The share of the bytes that was read, 0 ... 1; nil if the size is unknown.
    public var share: Double? {
        size.map { $0 == 0 ? 1 : min(1, Double(state.withLock(\.bytes)) / Double($0)) }
    }

    /// Seconds until all is read, at the pace since the start or the last `restart()`; nil if that is unknown.
    public var secondsLeft: Double? {
        guard let size else { return nil }
        let (bytes, start) = state.withLock { ($0.bytes, $0.start) }
        guard bytes > start.bytes, bytes < size else { return nil }
        return start.moment.duration(to: .now) / .seconds(1) * Double(size - bytes) / Double(bytes - start.bytes)
    }

    /// What was read so far took no work, such as the records of an interrupted run.
    public func restart() { state.withLock { $0.start = ($0.bytes, .now) } }

    /// A file was opened: its digest, which `note` wants with its bytes.
    func open() -> BackgroundDigest? {
        guard isHashing else { return nil }
        let digest = BackgroundDigest()
        state.withLock { $0.digests.append(digest) }
        return digest
    }

    /// Bytes of a file were read.
    func note(_ bytes: ArraySlice<UInt8>, _ digest: BackgroundDigest?) {
        state.withLock { $0.bytes += bytes.count }
        digest?.update(bytes)
        didRead()
    }

    /// Waits until a read of the descriptor returns at once.
    /// - Throws: `stopped`.
    func wait(for descriptor: Int32) throws(FormatError.Problem) {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            if isStopped() { throw .file(.stopped) }
            let ready = poll(&request, 1, 100)
            // A signal ends the wait too: it may be what stops the run.
            if ready > 0 || ready < 0 && errno != EINTR { return }
        }
    }
}
