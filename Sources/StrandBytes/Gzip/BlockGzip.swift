import CDeflate
import Dispatch
import Synchronization

/// Compresses to gzip in blocks, BGZF (SAM specification, section 4.1): each of at most 65,280 bytes is a member of its own
/// that says how long it is, so that `bgzip` and `samtools faidx` find any place of the text, and any gzip reads the whole.
///
/// Blocks are compressed on several threads while the caller goes on; they come out in order. Where a block ends depends on
/// the bytes alone, so equal input gives equal output.
struct BlockGzip: ~Copyable {
    /// Bytes of a block: with what compression may add, and header and trailer, below 64 KiB, as `bgzip` has it.
    private static let blockSize = 0xFF00
    /// Blocks that may wait or be worked on.
    private static let mostAtOnce = 64

    private let level: Int
    private var pending: [UInt8] = []
    private var blocks: [Block] = []

    /// A block on its way.
    private final class Block: Sendable {
        let compressed = Mutex<[UInt8]?>(nil)
        let isDone = DispatchSemaphore(value: 0)
    }

    /// A compressor of `level` 0 (store) to 9 (smallest).
    init(level: Int) {
        precondition((0...9).contains(level), "compression level \(level) is not in 0...9")
        self.level = level
    }

    /// Adds bytes.
    /// - Returns: compressed blocks that are ready, in order; the rest comes later.
    mutating func add(_ bytes: [UInt8]) -> [UInt8] {
        pending += bytes
        var start = 0
        while pending.count - start >= Self.blockSize {
            begin(Array(pending[start..<start + Self.blockSize]))
            start += Self.blockSize
        }
        pending.removeFirst(start)
        return ready(leaving: Self.mostAtOnce)
    }

    /// Ends the block, so that all bytes so far can be read.
    /// - Returns: all compressed blocks that have not come yet.
    mutating func end() -> [UInt8] {
        if !pending.isEmpty { begin(pending) }
        pending.removeAll(keepingCapacity: true)
        return ready(leaving: 0)
    }

    /// The empty block that ends a file, as the specification has it.
    static let endOfFile: [UInt8] = header(size: 28) + [3, 0] + [UInt8](repeating: 0, count: 8)

    private mutating func begin(_ bytes: [UInt8]) {
        let (block, level) = (Block(), level)
        blocks.append(block)
        DispatchQueue.global().async {
            let compressed = Self.compressed(bytes, level: level)
            block.compressed.withLock { $0 = compressed }
            block.isDone.signal()
        }
    }

    /// The blocks that are ready, and if more than `count` are on their way, those before them.
    private mutating func ready(leaving count: Int) -> [UInt8] {
        var output: [UInt8] = []
        var taken = 0
        for block in blocks {
            if blocks.count - taken > count {
                block.isDone.wait()
            } else if block.isDone.wait(timeout: .now()) == .timedOut {
                break
            }
            output += block.compressed.withLock { $0.take() } ?? []
            taken += 1
        }
        blocks.removeFirst(taken)
        return output
    }

    /// A block of at most `blockSize` bytes.
    private static func compressed(_ bytes: [UInt8], level: Int) -> [UInt8] {
        let data = Compressor.with(level: level) { $0.deflate(bytes) }
        return header(size: headerSize + data.count + 8) + data
            + littleEndian(libdeflate_crc32(0, bytes, bytes.count)) + littleEndian(UInt32(bytes.count))
    }

    private static let headerSize = 18

    /// With the extra field BC, whose value is the block's size less 1; 255: an unknown system.
    private static func header(size: Int) -> [UInt8] {
        [
            0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 6, 0, 0x42, 0x43, 2, 0, UInt8((size - 1) & 0xFF),
            UInt8((size - 1) >> 8),
        ]
    }

    private static func littleEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}

/// libdeflate's compressor, kept for the next block.
private final class Compressor: @unchecked Sendable {
    private static let kept = Mutex<[Compressor]>([])

    private let level: Int
    private let compressor: OpaquePointer

    private init(level: Int) {
        guard let compressor = libdeflate_alloc_compressor(Int32(level)) else { fatalError("no memory") }
        (self.level, self.compressor) = (level, compressor)
    }

    deinit { libdeflate_free_compressor(compressor) }

    /// Runs `body` with one that is free.
    static func with<Result>(level: Int, _ body: (Compressor) -> Result) -> Result {
        let free = kept.withLock { kept in kept.firstIndex { $0.level == level }.map { kept.remove(at: $0) } }
        let compressor = free ?? Compressor(level: level)
        defer { kept.withLock { if $0.count < 16 { $0.append(compressor) } } }
        return body(compressor)
    }

    /// A deflated stream (RFC 1951).
    func deflate(_ bytes: [UInt8]) -> [UInt8] {
        compress(bytes, room: libdeflate_deflate_compress_bound(compressor, bytes.count), libdeflate_deflate_compress)
    }

    /// A gzip member (RFC 1952).
    func gzip(_ bytes: [UInt8]) -> [UInt8] {
        compress(bytes, room: libdeflate_gzip_compress_bound(compressor, bytes.count), libdeflate_gzip_compress)
    }

    private func compress(
        _ bytes: [UInt8], room: Int,
        _ run: (OpaquePointer?, UnsafeRawPointer?, Int, UnsafeMutableRawPointer?, Int) -> Int
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: room) { output, count in
            count = run(compressor, bytes, bytes.count, output.baseAddress, room)
        }
    }
}

extension Gzip {
    /// `bytes` as one gzip member without time or name: equal input gives equal output.
    ///
    /// - Parameter level: 0 (store) to 9 (smallest).
    public static func compress(_ bytes: [UInt8], level: Int = ByteWriter.defaultCompressionLevel) -> [UInt8] {
        Compressor.with(level: level) { $0.gzip(bytes) }
    }
}
