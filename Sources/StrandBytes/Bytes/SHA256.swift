import CStrandBytes
import Dispatch
import Synchronization

/// The SHA-256 digest of bytes added in pieces (FIPS 180-4), in the processor's own instructions where it has them.
public struct SHA256: Sendable {
    private var state = strand_sha256_begin()

    /// The digest of no bytes yet.
    public init() {}

    /// The digest, in hexadecimal, of a file's bytes as stored: not decompressed.
    /// - Throws: `missingFile`, `inputIsDirectory` or `cannotRead`.
    public static func hexDigest(ofFile path: String) throws(FormatError) -> String {
        var digest = SHA256()
        var input = RawInput(.file(path), chunkSize: ByteReader.defaultChunkSize)
        var buffer = [UInt8](repeating: 0, count: ByteReader.defaultChunkSize)
        while true {
            let count = try input.read(into: &buffer, at: 0)
            if count == 0 { return digest.finish() }
            digest.update(buffer[..<count])
        }
    }

    /// Adds more bytes.
    public mutating func update(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { strand_sha256_update(&state, $0.baseAddress, $0.count) }
    }

    /// Adds more bytes without the processor's instructions: a twin for tests.
    package mutating func updatePortably(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { strand_sha256_update_portable(&state, $0.baseAddress, $0.count) }
    }

    /// The digest of all bytes so far, in hexadecimal.
    public consuming func finish() -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        strand_sha256_finish(&state, &digest)
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// A digest computed on another thread, so that whoever reads or writes the bytes does not wait for it.
final class BackgroundDigest: Sendable {
    private let digest = Mutex(SHA256())
    private let queue = DispatchQueue(label: "SHA-256")
    /// Bounds the memory of pieces that wait.
    private let room = DispatchSemaphore(value: 16)

    /// Adds more bytes, which are copied.
    func update(_ bytes: ArraySlice<UInt8>) {
        let copy = Array(bytes)
        room.wait()
        queue.async {
            self.digest.withLock { $0.update(copy[...]) }
            self.room.signal()
        }
    }

    /// The digest of all bytes so far, in hexadecimal; further bytes may follow.
    var value: String { queue.sync { digest.withLock { $0 } }.finish() }
}
