import StrandBytes
import TestSupport
import Testing

@Suite struct ByteReaderLookAheadTests {
    @Test(arguments: [1, 3, 1000], [false, true]) func whatIsLookedAtIsReadLater(chunkSize: Int, isGzip: Bool) throws {
        let bytes = Array("0123456789".utf8)
        var reader = ByteReader(memory(isGzip ? Gzip.compress(bytes) : bytes), chunkSize: chunkSize)
        #expect(Array(try reader.lookAhead(4)) == Array(bytes[..<4]))
        #expect(Array(try reader.lookAhead(2)) == Array(bytes[..<2]))
        var buffer: [UInt8] = [0, 0, 0]
        #expect(try reader.read(into: &buffer, at: 1) == 2)
        #expect(buffer == [0, 48, 49])
        #expect(Array(try reader.lookAhead(99)) == Array(bytes[2...]))
        #expect(try reader.readAll(limit: 8) == Array(bytes[2...]))
        #expect(try reader.lookAhead(1).isEmpty)
    }

    @Test func moreThanTheLimitIsNotRead() throws {
        var reader = ByteReader(memory([UInt8](repeating: 7, count: 1000)), chunkSize: 10)
        #expect(try reader.readAll(limit: 999) == nil)
    }
}
