import CZlib

extension z_stream {
    /// `windowBits` for the largest window and a gzip wrapper.
    package static let gzipWindowBits = MAX_WBITS + 16
    /// The size by which zlib checks that caller and library agree on the structure.
    package static let size = Int32(MemoryLayout<z_stream>.size)
}

/// zlib's decompressor for one gzip member at a time, or one stream without a wrapper.
///
/// zlib keeps the address of its stream, so the stream lives on the heap.
struct Inflater: ~Copyable {
    /// The result of one call.
    struct Step {
        /// Bytes consumed from the input.
        var consumed: Int
        /// Bytes written to the output.
        var produced: Int
        /// Whether the member ended with the right checksum.
        var endsMember: Bool
    }

    private let stream: UnsafeMutablePointer<z_stream>

    /// - Parameter isRaw: whether the data have no wrapper, as in zip archives.
    init(isRaw: Bool = false) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = inflateInit2_(
            stream, isRaw ? -MAX_WBITS : z_stream.gzipWindowBits, ZLIB_VERSION, z_stream.size)
        precondition(code == Z_OK, "zlib cannot start: \(code)")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Prepares for the next member.
    mutating func reset() {
        inflateReset(stream)
    }

    /// Decompresses from `input` into `output[offset...]` until either runs out.
    /// - Throws: `corruptGzip`.
    mutating func inflate(
        _ input: ArraySlice<UInt8>, into output: inout [UInt8], at offset: Int
    ) throws(FormatError.Problem) -> Step {
        let room = min(output.count - offset, Int(UInt32.max))
        let code = input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress! + offset
                stream.pointee.avail_out = UInt32(room)
                return CZlib.inflate(stream, Z_NO_FLUSH)
            }
        }
        let produced = room - Int(stream.pointee.avail_out)
        // Bytes before a fault are returned, whatever the buffer size; the next call meets the fault again.
        guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(code) || produced > 0 else {
            throw .file(.corruptGzip(message: message(for: code)))
        }
        return Step(
            consumed: input.count - Int(stream.pointee.avail_in), produced: produced, endsMember: code == Z_STREAM_END)
    }

    private func message(for code: Int32) -> String {
        String(cString: stream.pointee.msg ?? UnsafeMutablePointer(mutating: zError(code)))
    }
}
