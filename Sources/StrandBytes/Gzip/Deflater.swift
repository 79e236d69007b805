import CZlib

/// zlib's compressor, writing one gzip member.
///
/// zlib keeps the address of its stream, so the stream lives on the heap.
struct Deflater: ~Copyable {
    /// How much of its input a call must output.
    enum Mode {
        /// Whatever zlib decides.
        case more
        /// All input so far.
        case flush
        /// All of it, and the end of the member.
        case finish
    }

    private static let chunkSize = 1 << 16

    private let stream: UnsafeMutablePointer<z_stream>
    private var chunk = [UInt8](repeating: 0, count: chunkSize)

    /// A compressor of `level` 0 (store) to 9 (smallest).
    init(level: Int) {
        precondition((0...9).contains(level), "compression level \(level) is not in 0...9")
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = deflateInit2_(
            stream, Int32(level), Z_DEFLATED, z_stream.gzipWindowBits, MAX_MEM_LEVEL - 1, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION, z_stream.size)
        precondition(code == Z_OK, "zlib cannot start: \(code)")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The compressed output for `input`.
    mutating func deflate(_ input: [UInt8], _ mode: Mode) -> [UInt8] {
        precondition(input.count <= Int(UInt32.max), "more than 4 GiB at a time")
        var compressed: [UInt8] = []
        input.withUnsafeBufferPointer { input in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            repeat { compressed += step(mode) } while stream.pointee.avail_out == 0
        }
        return compressed
    }

    private mutating func step(_ mode: Mode) -> ArraySlice<UInt8> {
        chunk.withUnsafeMutableBufferPointer { output in
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = UInt32(output.count)
            _ = CZlib.deflate(stream, mode.code)
        }
        return chunk[..<(chunk.count - Int(stream.pointee.avail_out))]
    }
}

extension Deflater.Mode {
    fileprivate var code: Int32 {
        switch self {
        case .more: Z_NO_FLUSH
        case .flush: Z_SYNC_FLUSH
        case .finish: Z_FINISH
        }
    }
}
