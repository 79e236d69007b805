/// Gives further bytes of a stream, at most as many as it is asked for; none at the end.
public typealias ByteStream = (_ limit: Int) throws(FormatError) -> [UInt8]

/// The bytes of a source, decompressed if they are gzip.
///
/// Gzip is recognised by its first two bytes, whatever the name; other compressions are refused by name. Making a reader
/// does no I/O.
public struct ByteReader: ~Copyable {
    /// Default number of bytes to read from the system at a time: 128 KiB.
    public static let defaultChunkSize = 1 << 17

    /// Bytes to read from the system at a time.
    package let chunkSize: Int
    private var input: BufferedInput
    private var gzip: GzipDecoder?
    private var isRecognised = false
    /// Decompressed bytes that were peeked at and not yet read.
    private var ahead: ArraySlice<UInt8> = []

    /// A reader that asks the system for at most `chunkSize` bytes at a time.
    /// - Parameter meter: told of the bytes as stored, as they are read.
    public init(_ source: ByteSource, chunkSize: Int = defaultChunkSize, meter: InputMeter? = nil) {
        precondition(chunkSize > 0)
        self.chunkSize = chunkSize
        input = BufferedInput(source, chunkSize: chunkSize, meter: meter)
    }

    /// A reader of a stream that is not a file, such as a socket or another program's buffer.
    ///
    /// - Parameters:
    ///   - stream: gives further bytes, at most as many as it is asked for; none at the end.
    ///   - name: the stream's name in errors.
    ///   - chunkSize: bytes asked for at a time.
    public init(_ stream: @escaping ByteStream, name: String, chunkSize: Int = defaultChunkSize) {
        precondition(chunkSize > 0)
        self.chunkSize = chunkSize
        input = BufferedInput(stream, name: name, chunkSize: chunkSize)
    }

    /// The source's name in errors.
    public var name: String { input.name }

    /// Whether the bytes read so far were gzip.
    package var isGzip: Bool { gzip != nil }

    /// Where the bytes come from.
    package var source: ByteSource { input.source }

    /// Reads bytes into `buffer[offset...]`, which must not be empty, and returns how many; 0 only at the end.
    ///
    /// One call makes one step, so bytes from a pipe are passed on as they arrive.
    /// - Throws: `missingFile`, `inputIsDirectory`, `cannotRead`, `truncatedGzip`, `corruptGzip`, or `foreign` for
    ///   another compression.
    public mutating func read(into buffer: inout [UInt8], at offset: Int = 0) throws(FormatError) -> Int {
        precondition(offset < buffer.count, "no room to read into")
        if !ahead.isEmpty { return takeAhead(into: &buffer, at: offset) }
        return try readFurther(into: &buffer, at: offset)
    }

    /// Up to `count` of the next bytes, fewer only at the end; they stay to be read.
    /// - Parameter patience: milliseconds to wait for more than one byte: a slow source gives fewer; nil: any time.
    /// - Throws: what `read(into:at:)` throws.
    package mutating func lookAhead(_ count: Int, patience: Int? = nil) throws(FormatError) -> ArraySlice<UInt8> {
        var bytes = Array(ahead)
        var filled = bytes.count
        if filled < count { bytes += [UInt8](repeating: 0, count: count - filled) }
        while filled < count {
            if let patience, filled > 0, !isReady(withinMilliseconds: patience) { break }
            let added = try readFurther(into: &bytes, at: filled)
            if added == 0 { break }
            filled += added
        }
        ahead = bytes[..<filled]
        return ahead.prefix(count)
    }

    /// All remaining bytes, or nil if there are more than `limit`.
    /// - Throws: what `read(into:at:)` throws.
    package mutating func readAll(limit: Int) throws(FormatError) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: chunkSize)
        while bytes.count <= limit {
            let count = try read(into: &chunk)
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
        return nil
    }

    /// The bytes of a file; nil if it cannot be read or holds more than `limit` bytes.
    package static func contents(of path: String, limit: Int) -> [UInt8]? {
        var reader = ByteReader(.file(path))
        return (try? reader.readAll(limit: limit)) ?? nil
    }

    private mutating func takeAhead(into buffer: inout [UInt8], at offset: Int) -> Int {
        let piece = ahead.prefix(buffer.count - offset)
        buffer.overwrite(at: offset, with: piece)
        ahead = ahead.dropFirst(piece.count)
        return piece.count
    }

    private mutating func readFurther(into buffer: inout [UInt8], at offset: Int) throws(FormatError) -> Int {
        try recogniseGzip()
        if gzip == nil { return try input.read(into: &buffer, at: offset) }
        return try gzip!.read(from: &input, into: &buffer, at: offset)
    }

    /// Whether stored bytes, or the end, are there; waits at most that long. They may not yield a decompressed byte.
    package func isReady(withinMilliseconds patience: Int) -> Bool { input.isReady(withinMilliseconds: patience) }

    private mutating func recogniseGzip() throws(FormatError) {
        if isRecognised { return }
        try input.lookAhead(Gzip.magic.count)
        if input.available.starts(with: Gzip.magic) {
            gzip = GzipDecoder()
        } else if input.available.first.map(Self.startsCompression) == true {
            try input.lookAhead(Self.longestMagic)
            let found = ForeignFormat.detect(Array(input.available), among: ForeignFormat.compressed)
            if let found { throw FormatError(file: name, problem: .file(.foreign(found))) }
        }
        isRecognised = true
    }

    private static let longestMagic = 10

    /// Whether a compressed file may start so: only then is it worth waiting for more bytes.
    private static func startsCompression(_ byte: UInt8) -> Bool {
        [0xFD, 0x28, 0x04, 0x1F, 0x42, 0x4C].contains(byte)
    }
}
