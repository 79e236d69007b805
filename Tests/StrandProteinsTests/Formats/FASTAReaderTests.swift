import StrandBytes
import StrandProteins
import TestSupport
import Testing

@Suite struct FASTAReaderTests {
    static let two = [fasta("a first", "MKV"), fasta("b", "LLA")]

    @Test(arguments: [
        ">a first\nMKV\n>b\nLLA\n", ">a first\nMKV\n>b\nLLA", ">a first\r\nMKV\r\n>b\r\nLLA\r\n",
        "\u{FEFF}>a first\nMKV\n>b\nLLA\n", "\n\n>a first\n\nM\nKV\n\n \t\n>b\nL\n\nLA\n\n",
    ])
    func layouts(text: String) throws {
        for chunkSize in [1, 4, 1000] {
            #expect(try readFASTA(memory(text), chunkSize: chunkSize).records == Self.two)
            #expect(try readFASTA(memory(Gzip.compress(Array(text.utf8))), chunkSize: chunkSize).records == Self.two)
        }
        #expect(try readFASTA(memory(text)).repairs.isEmpty)
    }

    @Test func concatenatedMembers() throws {
        let bytes = Gzip.compress(Array(">a first\nMK".utf8)) + Gzip.compress(Array("V\n>b\nLLA".utf8))
        #expect(try readFASTA(memory(bytes)).records == Self.two)
    }

    @Test(arguments: [
        ("a first", "a"), ("sp|P1|X_Y text", "sp|P1|X_Y"), ("a\tb", "a"), (" a b", "a"), ("", ""), ("é x", "é"),
    ])
    func firstWordIsTheID(header: String, id: String) {
        #expect(fasta(header, "M").id == id)
    }

    @Test func headersAreKeptByteForByte() throws {
        let header: [UInt8] = [0x20, 0xE9, 0x01, 0x09, 0x20]
        let record = try #require(readFASTA(memory([0x3E] + header + Array("\nM\n".utf8))).records.first)
        #expect(record.header == header)
        #expect(record.id == "\u{E9}\u{1}")
    }

    @Test func nilStaysNil() throws {
        var reader = FASTAReader(memory(">a\nM"))
        #expect(try reader.next() != nil)
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
    }

    @Test func randomRecordsInRandomLayouts() throws {
        var generator = SplitMix64(seed: 2)
        for _ in 0..<100 {
            let records = (0..<Int.random(in: 1...6, using: &generator)).map { index in
                FASTARecord(header: Array("r\(index) x".utf8), sequence: randomSequence(using: &generator))
            }
            let width = Int.random(in: 0...70, using: &generator)
            let end = Bool.random(using: &generator) ? "\n" : "\r\n"
            let text = layOut(records, width: width, lineEnd: Array(end.utf8))
            for bytes in [text, Gzip.compress(text), Array(text.dropLast(end.utf8.count))] {
                let chunkSize = [1, 2, 13, 1 << 17].randomElement(using: &generator)!
                #expect(try readFASTA(memory(bytes), chunkSize: chunkSize).records == records)
            }
        }
    }

    private func randomSequence(using generator: inout SplitMix64) -> [UInt8] {
        let letters = Array("ACDEFGHIKLMNPQRSTVWYacdefghiklmnpqrstvwyXBZJUO".utf8)
        return (0..<Int.random(in: 1...200, using: &generator)).map { _ in letters.randomElement(using: &generator)! }
    }

    private func layOut(_ records: [FASTARecord], width: Int, lineEnd: [UInt8]) -> [UInt8] {
        records.flatMap { record in
            let width = width == 0 ? record.sequence.count : width
            let starts = stride(from: 0, to: record.sequence.count, by: width)
            let lines = starts.map { record.sequence[$0...].prefix(width) + lineEnd }
            return Array(">".utf8) + record.header + lineEnd + lines.joined()
        }
    }
}
