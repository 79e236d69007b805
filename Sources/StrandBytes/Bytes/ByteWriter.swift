/// A buffered writer to a destination, compressed if its name ends in `.gz`.
///
/// A regular file appears under its name only at `finish()`: it is written under a temporary name beside it and
/// renamed, so a reader never sees part of it, and a writer dropped without `finish()` leaves no file. Gzip output is in
/// blocks (BGZF), compressed on several threads, and stores no time or name, so the same bytes give the same file.
public struct ByteWriter: ~Copyable {
    /// The default compression level: of labelled chains the size that zlib's level 6 gives, at four times its speed.
    public static let defaultCompressionLevel = 4
    private static let capacity = 1 << 17

    private var output: RawOutput
    private var gzip: BlockGzip?
    private var pending: [UInt8] = []

    /// Opens the destination at once, so that an unwritable path fails before the work is done.
    ///
    /// - Parameter compressionLevel: 0 (store) to 9 (smallest); ignored unless the name ends in `.gz`.
    /// - Throws: `outputIsDirectory` or `cannotWrite`.
    public init(
        _ destination: ByteDestination, compressionLevel: Int = defaultCompressionLevel
    ) throws(FormatError) {
        try self.init(destination, compressionLevel: compressionLevel, digest: nil)
    }

    /// - Parameter digest: gets the bytes as stored.
    init(_ destination: ByteDestination, compressionLevel: Int, digest: BackgroundDigest?) throws(FormatError) {
        output = try RawOutput(destination, digest: digest)
        if destination.isCompressed { gzip = BlockGzip(level: compressionLevel) }
        pending.reserveCapacity(Self.capacity)
    }

    /// Writes a whole output.
    /// - Throws: `outputIsDirectory` or `cannotWrite`; no file appears then.
    public static func write(_ bytes: [UInt8], to destination: ByteDestination) throws(FormatError) {
        var writer = try ByteWriter(destination)
        try writer.write(bytes)
        try writer.finish()
    }

    /// Writes `bytes`.
    /// - Throws: `cannotWrite`.
    public mutating func write(_ bytes: ArraySlice<UInt8>) throws(FormatError) {
        var rest = bytes
        while !rest.isEmpty {
            let piece = rest.prefix(Self.capacity - pending.count)
            pending += piece
            rest = rest.dropFirst(piece.count)
            if pending.count == Self.capacity { try drain() }
        }
    }

    /// Writes `bytes`.
    /// - Throws: `cannotWrite`.
    public mutating func write(_ bytes: [UInt8]) throws(FormatError) {
        try write(bytes[...])
    }

    /// Writes one byte.
    /// - Throws: `cannotWrite`.
    public mutating func write(_ byte: UInt8) throws(FormatError) {
        pending.append(byte)
        if pending.count == Self.capacity { try drain() }
    }

    /// Writes `text` as UTF-8.
    /// - Throws: `cannotWrite`.
    public mutating func write(_ text: String) throws(FormatError) {
        try write(Array(text.utf8))
    }

    /// Flushes all bytes written so far. In gzip this ends a block, which costs a few bytes.
    /// - Throws: `cannotWrite`.
    public mutating func flush() throws(FormatError) {
        try drain()
        if gzip != nil { try output.write(gzip!.end()) }
    }

    /// Writes pending bytes and gives a file its final name.
    ///
    /// - Returns: the bytes written to `.memory`; empty for other destinations.
    /// - Throws: `cannotWrite`; no file appears then.
    @discardableResult
    public consuming func finish() throws(FormatError) -> [UInt8] {
        try flush()
        if gzip != nil { try output.write(BlockGzip.endOfFile) }
        return try output.commit()
    }

    private mutating func drain() throws(FormatError) {
        try output.write(gzip == nil ? pending : gzip!.add(pending))
        pending.removeAll(keepingCapacity: true)
    }
}
