/// Stored bytes with a look-ahead.
struct BufferedInput: ~Copyable {
    private var raw: RawInput
    private let chunkSize: Int
    private var buffer: [UInt8] = []
    private var filled = 0..<0

    init(_ source: ByteSource, chunkSize: Int, meter: InputMeter?) {
        raw = RawInput(source, chunkSize: chunkSize, meter: meter)
        self.chunkSize = chunkSize
    }

    init(_ stream: @escaping ByteStream, name: String, chunkSize: Int) {
        raw = RawInput(stream, name: name, chunkSize: chunkSize)
        self.chunkSize = chunkSize
    }

    /// The source's name in errors.
    var name: String { raw.source.name }

    var source: ByteSource { raw.source }

    /// The bytes in the look-ahead, not yet consumed.
    var available: ArraySlice<UInt8> { buffer[filled] }

    /// Whether bytes are available without waiting longer than this.
    func isReady(withinMilliseconds patience: Int) -> Bool {
        !filled.isEmpty || raw.isReady(withinMilliseconds: patience)
    }

    /// Drops the first `count` available bytes.
    mutating func consume(_ count: Int) {
        filled = filled.lowerBound + count..<filled.upperBound
    }

    /// Makes `count` bytes available, fewer only at the end of the source.
    mutating func lookAhead(_ count: Int) throws(FormatError) {
        while filled.count < count, !raw.isAtEnd {
            if filled.isEmpty { filled = 0..<0 }
            if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: max(chunkSize, count)) }
            let added = try raw.read(into: &buffer, at: filled.upperBound)
            filled = filled.lowerBound..<filled.upperBound + added
        }
    }

    /// Reads bytes into `target[offset...]`, the look-ahead first, and returns how many; 0 only at the end.
    mutating func read(into target: inout [UInt8], at offset: Int) throws(FormatError) -> Int {
        if filled.isEmpty { return try raw.read(into: &target, at: offset) }
        let piece = available.prefix(target.count - offset)
        target.overwrite(at: offset, with: piece)
        consume(piece.count)
        return piece.count
    }
}
