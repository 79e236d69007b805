import StrandBytes
import TestSupport
import Testing

@Suite struct GzipTests {
    static let plain = (0..<40_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 5) }
    static let truncated = "test: gzip data end too early; fetch or compress the file again"

    private func messageReading(_ bytes: [UInt8]) -> String? {
        message { () throws(FormatError) in _ = try readBytes(memory(bytes)) }
    }

    @Test(arguments: [1, 2, 17, 1 << 17])
    func roundTrip(chunkSize: Int) throws {
        #expect(try readBytes(memory(Gzip.compress(Self.plain)), chunkSize: chunkSize) == Self.plain)
        #expect(try Gzip.decompress(Gzip.compress(Self.plain)) == Self.plain)
        #expect(try Gzip.decompress(Gzip.compress([])) == [])
    }

    @Test(arguments: [1, 5, 1000])
    func membersAndPadding(chunkSize: Int) throws {
        let empty = Gzip.compress([])
        let padding = [UInt8](repeating: 0, count: 700)
        let bytes = Gzip.compress(Array("ab".utf8)) + empty + Gzip.compress(Array("cd".utf8)) + padding
        #expect(try readBytes(memory(bytes), chunkSize: chunkSize) == Array("abcd".utf8))
    }

    @Test func highlyCompressibleDataComeOutWhole() throws {
        let zeros = [UInt8](repeating: 0, count: 3_000_000)
        #expect(try Gzip.decompress(Gzip.compress(zeros)) == zeros)
    }

    @Test func everyTruncationIsAnError() {
        let bytes = Gzip.compress(Array("some text to compress".utf8))
        for count in 2..<bytes.count {
            #expect(messageReading(Array(bytes[..<count])) == Self.truncated, "after \(count) bytes")
        }
        let secondMember = bytes + bytes.dropLast(3)
        #expect(messageReading(secondMember) == Self.truncated)
    }

    @Test(arguments: [1, 100, 1 << 17])
    func whatStandsBeforeAFaultIsReadWhateverTheChunk(chunkSize: Int) {
        var bytes = Gzip.compress(Array("first\nsecond\n".utf8))
        bytes[bytes.count - 8] ^= 1
        var reader = LineReader(memory(bytes), chunkSize: chunkSize)
        var lines: [String] = []
        let fault = message { () throws(FormatError) in
            while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
        }
        #expect(lines == ["first", "second"])
        #expect(fault == "test: corrupt gzip data (incorrect data check); fetch or compress the file again")
    }

    @Test func flippedChecksum() {
        var bytes = Gzip.compress(Self.plain)
        bytes[bytes.count - 8] ^= 1
        #expect(
            messageReading(bytes)
                == "test: corrupt gzip data (incorrect data check); fetch or compress the file again")
    }

    @Test func flippedLength() {
        var bytes = Gzip.compress(Self.plain)
        bytes[bytes.count - 1] ^= 1
        #expect(
            messageReading(bytes)
                == "test: corrupt gzip data (incorrect length check); fetch or compress the file again")
    }

    @Test func everyFlippedBitOfTheDataIsAnError() {
        let bytes = Gzip.compress(Array("some text to compress, some text to compress, some text".utf8))
        // The last byte before the checksum ends with padding that no one reads.
        for index in 10..<bytes.count where index != bytes.count - 9 {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << bit
                #expect(messageReading(damaged) != nil, "byte \(index), bit \(bit)")
            }
        }
    }

    @Test func otherDataAfterTheLastMember() {
        #expect(
            messageReading(Gzip.compress([1]) + [0, 0, 7])
                == "test: corrupt gzip data (other data after the last member); fetch or compress the file again")
    }

    @Test func decompressRefusesPlainBytes() {
        #expect(throws: FormatError(file: "x", problem: .file(.corruptGzip(message: "incorrect header check")))) {
            try Gzip.decompress(Array("plain".utf8), name: "x")
        }
    }

    @Test func equalInputGivesEqualBytesWithoutTime() {
        let bytes = Gzip.compress(Self.plain)
        #expect(bytes == Gzip.compress(Self.plain))
        #expect(bytes[4..<8].allSatisfy { $0 == 0 })
        #expect(Gzip.compress(Self.plain, level: 9).count < Gzip.compress(Self.plain, level: 0).count)
    }
}
