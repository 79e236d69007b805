import StrandProteins
import TestSupport
import Testing

@Suite struct FASTAWriterTests {
    private func written(_ records: [FASTARecord], width: Int, to name: String = "m") throws -> [UInt8] {
        var writer = try FASTAWriter(.memory(name: name), width: width)
        for record in records { try writer.write(record) }
        return try writer.finish()
    }

    @Test(arguments: [
        (0, ">a b\nMKVLL\n"), (1, ">a b\nM\nK\nV\nL\nL\n"), (2, ">a b\nMK\nVL\nL\n"), (5, ">a b\nMKVLL\n"),
        (60, ">a b\nMKVLL\n"),
    ])
    func wraps(width: Int, expected: String) throws {
        #expect(try written([fasta("a b", "MKVLL")], width: width) == Array(expected.utf8))
    }

    @Test func wrapsAtSixtyByDefault() throws {
        var writer = try FASTAWriter(.memory(name: "m"))
        try writer.write(fasta("a", String(repeating: "M", count: 61)))
        #expect(try writer.finish() == Array((">a\n" + String(repeating: "M", count: 60) + "\nM\n").utf8))
    }

    @Test(arguments: [0, 1, 7, 60])
    func roundTrip(width: Int) throws {
        let records = [fasta("a  x\t", "mkV*LX"), fasta("", "M"), fasta("é|1/2", String(repeating: "MKVL", count: 99))]
        for name in ["m", "m.gz"] {
            #expect(try readFASTA(memory(written(records, width: width, to: name))).records == records)
        }
    }

    @Test func filesAppearWhole() throws {
        let directory = TemporaryDirectory()
        var writer = try FASTAWriter(.file(directory("out.fa.gz")))
        try writer.write(fasta("a", "MKV"))
        try writer.flush()
        #expect(!directory.names.contains("out.fa.gz"))
        try writer.finish()
        #expect(try readFASTA(.file(directory("out.fa.gz"))).records == [fasta("a", "MKV")])
    }

    @Test func headerOfTwoLinesIsOurFault() async {
        await #expect(processExitsWith: .failure) {
            var writer = try FASTAWriter(.memory(name: "m"))
            try writer.write(FASTARecord(header: [10], sequence: [77]))
        }
    }
}
