/// The SHA-256 digest of bytes added in pieces (FIPS 180-4).
public struct SHA256: Sendable {
    private var state: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    private var pending: [UInt8] = []
    private var byteCount: UInt64 = 0

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
        byteCount += UInt64(bytes.count)
        pending += bytes
        var start = 0
        while pending.count - start >= 64 {
            compress(pending[start..<start + 64])
            start += 64
        }
        pending.removeFirst(start)
    }

    /// The digest of all bytes so far, in hexadecimal.
    public consuming func finish() -> String {
        let bitCount = byteCount * 8
        let padding: [UInt8] = [0x80] + [UInt8](repeating: 0, count: (119 - Int(byteCount % 64)) % 64)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * UInt64($0))) }
        update((padding + length)[...])
        let digits = Array("0123456789abcdef".utf8)
        let hex = state.flatMap { word in
            (0..<8).map { digits[Int(word >> (28 - 4 * UInt32($0)) & 15)] }
        }
        return String(decoding: hex, as: UTF8.self)
    }

    /// Mixes in one block of 64 bytes (section 6.2.2).
    private mutating func compress(_ block: ArraySlice<UInt8>) {
        var schedule = (0..<16).map { word in
            block[(block.startIndex + 4 * word)...].prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for t in 16..<64 {
            let (a, b) = (schedule[t - 15], schedule[t - 2])
            let small0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >> 3)
            let small1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >> 10)
            schedule.append(schedule[t - 16] &+ small0 &+ schedule[t - 7] &+ small1)
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for t in 0..<64 {
            let big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
            let first = h &+ big1 &+ ((e & f) ^ (~e & g)) &+ Self.constants[t] &+ schedule[t]
            let big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
            let second = big0 &+ ((a & b) ^ (a & c) ^ (b & c))
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
        }
        for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
    }

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (section 4.2.2).
    private static let constants: [UInt32] = {
        let primes = (2...311).filter { n in !(2..<n).contains { n % $0 == 0 } }
        return primes.map { prime in
            // The largest root with root^3 <= prime * 2^96, found bit by bit; its low 32 bits are the fraction.
            var root: UInt64 = 0
            for bit in (0..<35).reversed() {
                let candidate = root | 1 << UInt64(bit)
                let cube = UInt128(candidate) * UInt128(candidate) * UInt128(candidate)
                if cube <= UInt128(prime) << 96 { root = candidate }
            }
            return UInt32(truncatingIfNeeded: root)
        }
    }()
}

private func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
