import StrandBytes
import TestSupport
import Testing

@Suite struct BlockGzipTests {
    let directory = TemporaryDirectory()

    private func write(_ bytes: [UInt8], level: Int = 4, piece: Int = 1000) throws -> [UInt8] {
        var writer = try ByteWriter(.file(directory("a.gz")), compressionLevel: level)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try writer.write(bytes[start..<min(start + piece, bytes.count)])
        }
        try writer.finish()
        return try #require(directory.bytes(of: "a.gz"))
    }

    /// Sizes of the blocks as their headers have them, and of what is in them as their trailers have it.
    private func blocks(of file: [UInt8]) -> [(size: Int, length: Int)] {
        var (blocks, start): ([(Int, Int)], Int) = ([], 0)
        while start < file.count {
            #expect(Array(file[start..<start + 4]) == [0x1F, 0x8B, 8, 4])
            #expect(Array(file[start + 10..<start + 16]) == [6, 0, 0x42, 0x43, 2, 0])
            let size = Int(file[start + 16]) + Int(file[start + 17]) << 8 + 1
            let length = (0..<4).reduce(0) { $0 + Int(file[start + size - 4 + $1]) << (8 * $1) }
            blocks.append((size, length))
            start += size
        }
        return blocks
    }

    /// Random letters, so that they neither vanish nor grow.
    private static let text = {
        var random = SplitMix64(seed: 1)
        return (0..<500_000).map { _ in UInt8.random(in: 97...116, using: &random) }
    }()

    @Test(arguments: [0, 1, 4, 9]) func blocksSayHowLongTheyAre(level: Int) throws {
        let file = try write(Self.text, level: level)
        let blocks = blocks(of: file)
        #expect(blocks.dropLast().map(\.length) == Array(repeating: 65280, count: 7) + [500_000 - 7 * 65280])
        #expect(blocks.allSatisfy { $0.size <= 65536 })
        // The SAM specification's marker of the end.
        let end: [UInt8] = [
            0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 6, 0, 0x42, 0x43, 2, 0, 0x1B, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ]
        #expect(Array(file.suffix(28)) == end)
        #expect(try Gzip.decompress(file) == Self.text)
    }

    @Test func theSameBytesHoweverTheyAreWritten() throws {
        let file = try write(Self.text)
        #expect(try write(Self.text, piece: 499_999) == file)
        #expect(try write(Self.text, piece: 65280) == file)
        #expect(try write([]) == Array(file.suffix(28)))
    }

    /// What does not compress is stored, and still fits a block.
    @Test func noiseFits() throws {
        var random = SplitMix64(seed: 2)
        let noise = (0..<200_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        for level in [0, 4, 9] {
            let file = try write(noise, level: level)
            #expect(blocks(of: file).allSatisfy { $0.size <= 65536 })
            #expect(try Gzip.decompress(file) == noise)
        }
    }

    /// A whole file of a run that was resumed is that of one that was not.
    @Test func checkpointsEndBlocks() throws {
        func run(_ range: Range<Int>, isLast: Bool) throws {
            var writer = try ResumableWriter(.file(directory("b.gz")), identity: "x", resuming: range.lowerBound > 0)
            for piece in range {
                try writer.write(Array(Self.text[piece * 100_000..<(piece + 1) * 100_000]))
                try writer.checkpoint(records: piece + 1)
            }
            if isLast { try writer.finish() } else { _ = try writer.suspend(records: range.upperBound) }
        }
        try run(0..<5, isLast: true)
        let whole = directory.bytes(of: "b.gz")
        #expect(unlinkFile("b.gz"))
        try run(0..<2, isLast: false)
        try run(2..<5, isLast: true)
        #expect(directory.bytes(of: "b.gz") == whole)
        #expect(blocks(of: try #require(whole)).map(\.length) == (0..<5).flatMap { _ in [65280, 34720] } + [0])
        #expect(try Gzip.decompress(#require(whole)) == Self.text)
    }

    private func unlinkFile(_ name: String) -> Bool { shell("rm \(directory(name))") }

    @Test(.enabled(if: shell("command -v bgzip > /dev/null"))) func bgzipReadsThem() throws {
        _ = try write(Self.text)
        #expect(shell("bgzip -t \(directory("a.gz")) && bgzip -r \(directory("a.gz"))"))
        #expect(
            shell(
                "test \"$(bgzip -b 300000 -s 20 \(directory("a.gz")))\" = \(String(decoding: Self.text[300_000..<300_020], as: UTF8.self))"
            ))
    }
}
