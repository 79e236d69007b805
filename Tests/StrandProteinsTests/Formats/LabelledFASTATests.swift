import StrandBytes
import StrandProteins
import TestSupport
import Testing

@Suite struct LabelledFASTATests {
    static let two = [labelled("a first", "MKV", "HH-"), labelled("b", "lLA", "CEC")]

    @Test(arguments: [
        ">a first\nMKV\nHH-\n>b\nlLA\nCEC\n", ">a first\nMKV\nHH-\n>b\nlLA\nCEC",
        ">a first\r\nMKV\r\nHH-\r\n>b\r\nlLA\r\nCEC\r\n", "\u{FEFF}\n>a first\nMKV\nHH-\n\n \n>b\nlLA\nCEC\n\n",
    ])
    func layouts(text: String) throws {
        let packed = Gzip.compress(Array(text.utf8))
        for chunkSize in [1, 4, 1000] {
            #expect(try readLabelled(memory(text), chunkSize: chunkSize).records == Self.two)
            #expect(try readLabelled(memory(packed), chunkSize: chunkSize).records == Self.two)
        }
    }

    @Test func concatenatedMembers() throws {
        let members = [">a first\nMKV\nH", "H-\n>b\nlLA\nCEC\n"].map { Gzip.compress(Array($0.utf8)) }
        #expect(try readLabelled(memory(members[0] + members[1])).records == Self.two)
    }

    @Test func trailingStopGoesWithItsLabel() throws {
        let (records, repairs) = try readLabelled(memory(">a\nM*UV**\nHHEEC-\n"))
        #expect(records == [labelled("a", "M*UV", "HHEE")])
        #expect(
            repairs.description
                == "2 trailing '*' stripped, 1 inner '*' read as X, 1 unknown letter (U) read as X")
    }

    @Test func trailingBlanksAreCounted() throws {
        let (records, repairs) = try readLabelled(memory(">a\nMK \nHH\t \n"))
        #expect(records == [labelled("a", "MK", "HH")])
        #expect(repairs.trailingBlanks == 3)
    }

    @Test func anyPrintableLabel() throws {
        let record = labelled("a", "MKVL", "1?x-")
        #expect(try readLabelled(memory(">a\nMKVL\n1?x-\n"), alphabet: nil).records == [record])
        #expect(throws: FormatError.self) { try readLabelled(memory(">a\nM\n\u{7F}\n"), alphabet: nil) }
    }

    @Test(arguments: ["m", "m.gz"])
    func writerRoundTrip(name: String) throws {
        var writer = try LabelledFASTAWriter(.memory(name: name))
        for record in Self.two { try writer.write(record) }
        try writer.flush()
        let bytes = try writer.finish()
        #expect(try readLabelled(memory(bytes)).records == Self.two)
        if name == "m" { #expect(bytes == Array(">a first\nMKV\nHH-\n>b\nlLA\nCEC\n".utf8)) }
    }

    @Test func randomRecords() throws {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<100 {
            let records = (0..<Int.random(in: 1...5, using: &generator)).map { index in
                randomRecord(index, using: &generator)
            }
            var plain = try LabelledFASTAWriter(.memory(name: "m"))
            for record in records { try plain.write(record) }
            let bytes = try plain.finish()
            for bytes in [bytes, Gzip.compress(bytes)] {
                let chunkSize = [1, 3, 1 << 17].randomElement(using: &generator)!
                #expect(try readLabelled(memory(bytes), chunkSize: chunkSize).records == records)
            }
        }
    }

    private func randomRecord(_ index: Int, using generator: inout SplitMix64) -> LabelledFASTARecord {
        let residues = 0..<Int.random(in: 1...300, using: &generator)
        return LabelledFASTARecord(
            header: Array("r\(index)".utf8),
            sequence: residues.map { _ in "ACDXbu".utf8.randomElement(using: &generator)! },
            labels: residues.map { _ in "HGIEBTSC-".utf8.randomElement(using: &generator)! })
    }
}
