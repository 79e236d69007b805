import Foundation
import TestSupport
import Testing

/// Input that is larger or odder than usual.
@Suite struct LimitTests {
    let directory = TemporaryDirectory()

    private func label(_ arguments: String...) throws -> Command.Result {
        try Command(["label"] + arguments, in: directory.path).wait()
    }

    /// The longest isoform of titin has 35,213 residues.
    @Test func titin() throws {
        let sequence = String(
            String(repeating: "MTTQAPTFTQPLQSVVVLEGSTATFEAHISGFPVPEVSWFRDGQ", count: 801).prefix(35_213))
        _ = directory.write(Array(">titin\n\(sequence)\n".utf8), to: "in.fa")
        let result = try label("in.fa")
        let lines = result.text.split(separator: "\n")
        #expect(result.status == 0 && lines.count == 3 && lines[1] == sequence && lines[2].utf8.count == 35_213)
        #expect(Set(lines[2]).isSubset(of: "HEC") && Set(lines[2]).count > 1)
    }

    @Test func aHeaderOfAMegabyteAndOfAHundred() throws {
        for size in [1_000_000, 100_000_000] {
            let text = [UInt8](repeating: UInt8(ascii: "h"), count: size)
            _ = directory.write(Array(">a ".utf8) + text + Array("\nMK\n".utf8), to: "in.fa")
            #expect(try label("in.fa", "-o", "out.ss").status == 0)
            let bytes = try #require(directory.bytes(of: "out.ss"))
            #expect(bytes.count == size + 10 && bytes[3..<size + 3] == text[...])
        }
    }

    @Test func aLineOfAHundredMegabytes() throws {
        _ = directory.write(
            Array(">a\n".utf8) + [UInt8](repeating: UInt8(ascii: "A"), count: 100_000_000), to: "in.fa")
        let result = try Command(["inspect", "in.fa"], in: directory.path).wait()
        #expect(result.status == 0 && result.text.contains("100,000,000"), "\(result.text)")
    }

    /// Line ends, a byte order mark and a missing last line end do not show in the output.
    @Test(arguments: [
        ">a\u{E9} \u{3B1}\nMK\nVV\n>b\nAC\n", ">a\u{E9} \u{3B1}\nMK\nVV\n>b\nAC",
        ">a\u{E9} \u{3B1}\r\nMK\r\nVV\r\n>b\r\nAC\r\n",
        "\u{FEFF}>a\u{E9} \u{3B1}\nMK\nVV\n>b\nAC\n", "\u{FEFF}>a\u{E9} \u{3B1}\r\nMKVV\r\n\r\n>b\r\nAC",
    ])
    func endsOfLinesAndMarks(text: String) throws {
        _ = directory.write(Array(">a\u{E9} \u{3B1}\nMKVV\n>b\nAC\n".utf8), to: "plain.fa")
        _ = directory.write(Array(text.utf8), to: "in.fa")
        let (plain, result) = (try label("plain.fa"), try label("in.fa"))
        #expect(result.status == 0 && result.output == plain.output)
        #expect(Array(result.output.prefix(8)) == Array(">a\u{E9} \u{3B1}\n".utf8.prefix(8)))
    }

    /// UTF-8, Latin-1, and bytes that are neither.
    @Test func headersAreKeptByteForByte() throws {
        for header in [Array("\u{3B1} \u{1F9EC}".utf8), [0xE9, 0x20, 0xFC], [0xFF, 0xFE, 0x80, 0x09, 0xC3]] {
            _ = directory.write([0x3E] + header + Array("\nMK\n".utf8), to: "in.fa")
            let result = try label("in.fa")
            #expect(result.status == 0 && Array(result.output.prefix(header.count + 2)) == [0x3E] + header + [0x0A])
        }
    }

    /// Memory for many records from a pipe is that for a few: only an 8-byte hash per id is added.
    @Test func manyRecordsOfAPipeTakeNoMoreMemory() throws {
        struct Manifest: Decodable {
            var records: Int
            var peakMegabytes: Int
        }
        let megabytes = try [140_000, 200_000].map { count in
            let command =
                "seq \(count) | sed 's/.*/>c&\\nM/' | \(Command.path) label --threads 1 --manifest m.json -o out.ss"
            #expect(shell("cd \(directory.path) && \(command)"))
            let bytes = try #require(directory.bytes(of: "m.json"))
            let manifest = try JSONDecoder().decode(Manifest.self, from: Data(bytes))
            #expect(manifest.records == count)
            return manifest.peakMegabytes
        }
        #expect(megabytes[1] < megabytes[0] + 30, "\(megabytes)")
    }
}
