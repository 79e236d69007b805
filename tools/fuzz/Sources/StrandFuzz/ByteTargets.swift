import Strand

/// Bytes, lines and gzip.
let byteTargets = [
    Target(name: "lines") { bytes in
        let lines = records(of: bytes, readLines)
        if lines.isEmpty { return }
        let written = byteOrderMark + lines.flatMap { $0 + "\r\n".utf8 }
        requireEqual(records(written: written, readLines), lines, "lines")
    },
    Target(name: "gzip") { bytes in
        records(of: gzipMagic + bytes, readBytes)
        let packed = Gzip.compress(bytes)
        requireEqual(records(written: packed + packed, readBytes), [bytes + bytes], "two members")
    },
]

private let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
private let gzipMagic: [UInt8] = [0x1F, 0x8B]

@Sendable private func readLines(_ source: ByteSource, _ chunkSize: Int) -> Reading<[UInt8]> {
    var reader = LineReader(source, chunkSize: chunkSize)
    return Reading { () throws(FormatError) in try reader.next().map { Array($0) } }
}

/// All bytes as one record, so that where a piece ends does not matter.
@Sendable private func readBytes(_ source: ByteSource, _ chunkSize: Int) -> Reading<[UInt8]> {
    var reader = ByteReader(source, chunkSize: chunkSize)
    var chunk = [UInt8](repeating: 0, count: chunkSize)
    var isRead = false
    return Reading { () throws(FormatError) in
        if isRead { return nil }
        isRead = true
        var bytes: [UInt8] = []
        while case let count = try reader.read(into: &chunk), count > 0 { bytes += chunk[..<count] }
        return bytes
    }
}
