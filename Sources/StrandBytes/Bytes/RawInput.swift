import Glibc

/// The bytes of a source as stored; opened at the first read, closed when dropped.
struct RawInput: ~Copyable {
    let source: ByteSource
    /// Whether a read reached the end; later reads do not ask the system again.
    private(set) var isAtEnd = false
    private let chunkSize: Int
    private var descriptor: Int32?
    private var position = 0
    /// Gives the bytes of a stream that is not a file.
    private let stream: ByteStream?
    private let meter: InputMeter?
    private var digest: BackgroundDigest?

    init(_ source: ByteSource, chunkSize: Int, meter: InputMeter? = nil) {
        self.source = source
        self.chunkSize = chunkSize
        self.meter = meter
        stream = nil
    }

    init(_ stream: @escaping ByteStream, name: String, chunkSize: Int) {
        source = .memory([], name: name)
        self.chunkSize = chunkSize
        self.stream = stream
        meter = nil
    }

    deinit {
        if case .file = source, let descriptor { close(descriptor) }
    }

    /// Reads at most a chunk into `buffer[offset...]` and returns how many bytes; 0 only at the end.
    mutating func read(into buffer: inout [UInt8], at offset: Int) throws(FormatError) -> Int {
        if isAtEnd { return 0 }
        let room = min(chunkSize, buffer.count - offset)
        let count =
            if let stream {
                copy(try stream(room)[...], into: &buffer, at: offset)
            } else if case .memory(let bytes, _) = source {
                copy(bytes[position...].prefix(room), into: &buffer, at: offset)
            } else {
                try readDescriptor(into: &buffer, at: offset, room: room)
            }
        isAtEnd = count == 0
        if count > 0 { meter?.note(buffer[offset..<offset + count], digest) }
        return count
    }

    /// Whether a read would return at once, with bytes or the end; waits at most that long.
    func isReady(withinMilliseconds patience: Int) -> Bool {
        guard !isAtEnd, let descriptor else { return true }
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, Int32(patience)) != 0
    }

    private mutating func copy(_ piece: ArraySlice<UInt8>, into buffer: inout [UInt8], at offset: Int) -> Int {
        buffer.overwrite(at: offset, with: piece)
        position += piece.count
        return piece.count
    }

    private mutating func readDescriptor(
        into buffer: inout [UInt8], at offset: Int, room: Int
    ) throws(FormatError) -> Int {
        let descriptor = try openedDescriptor()
        while true {
            do throws(FormatError.Problem) { try meter?.wait(for: descriptor) } catch {
                throw FormatError(file: source.name, problem: error)
            }
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + offset, room) }
            if count >= 0 { return count }
            if errno != EINTR { throw error(errno) }
        }
    }

    private mutating func openedDescriptor() throws(FormatError) -> Int32 {
        if let descriptor { return descriptor }
        var opened = STDIN_FILENO
        if case .file(let path) = source { opened = open(path, O_RDONLY | O_CLOEXEC) }
        if opened < 0 { throw error(errno) }
        descriptor = opened
        digest = meter?.open()
        return opened
    }

    private func error(_ code: Int32) -> FormatError {
        let problem: FormatError.Problem =
            switch code {
            case ENOENT: .file(.missingFile)
            case EISDIR: .file(.inputIsDirectory)
            // Opening a FIFO waits for its writer.
            case EINTR: .file(.stopped)
            default: .file(.cannotRead(errno: code))
            }
        return FormatError(file: source.name, problem: problem)
    }
}

extension [UInt8] {
    /// Copies `bytes` over `self[offset...]`, which must be long enough.
    package mutating func overwrite(at offset: Int, with bytes: ArraySlice<UInt8>) {
        precondition(offset + bytes.count <= count)
        withUnsafeMutableBytes { destination in
            UnsafeMutableRawBufferPointer(rebasing: destination[offset...]).copyBytes(from: bytes)
        }
    }
}
