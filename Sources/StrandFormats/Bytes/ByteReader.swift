/// The bytes of a source, decompressed if they are gzip.
///
/// Gzip is recognised by its first two bytes, whatever the name. Making a reader does no I/O.
public struct ByteReader: ~Copyable {
    /// Bytes asked of the system at a time unless told otherwise: 128 KiB.
    public static let defaultChunkSize = 1 << 17

    private var input: BufferedInput
    private var gzip: GzipDecoder?
    private var isRecognised = false

    /// A reader that asks the system for at most `chunkSize` bytes at a time.
    public init(_ source: ByteSource, chunkSize: Int = defaultChunkSize) {
        precondition(chunkSize > 0)
        input = BufferedInput(source, chunkSize: chunkSize)
    }

    /// The name that errors give the source.
    public var name: String { input.name }

    /// Reads bytes into `buffer[offset...]`, which must not be empty, and returns how many; 0 only at the end.
    ///
    /// One call makes one step, so a pipe's bytes are handed on as they come.
    /// - Throws: `missingFile`, `inputIsDirectory`, `cannotRead`, `truncatedGzip` or `corruptGzip`.
    public mutating func read(into buffer: inout [UInt8], at offset: Int = 0) throws(FormatError) -> Int {
        precondition(offset < buffer.count, "no room to read into")
        try recogniseGzip()
        if gzip == nil { return try input.read(into: &buffer, at: offset) }
        return try gzip!.read(from: &input, into: &buffer, at: offset)
    }

    /// Whether stored bytes, or the end, are there; waits for them at most so long. They may not make a decompressed one.
    func isReady(withinMilliseconds patience: Int) -> Bool { input.isReady(withinMilliseconds: patience) }

    private mutating func recogniseGzip() throws(FormatError) {
        if isRecognised { return }
        try input.lookAhead(Gzip.magic.count)
        if input.available.starts(with: Gzip.magic) { gzip = GzipDecoder() }
        isRecognised = true
    }
}
