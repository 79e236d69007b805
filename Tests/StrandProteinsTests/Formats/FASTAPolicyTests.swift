import StrandProteins
import TestSupport
import Testing

@Suite struct FASTAPolicyTests {
    private func repairs(_ sequence: String, ungap: Bool = false) throws -> (sequence: String, repairs: String) {
        let (records, repairs) = try readFASTA(memory(">a\n\(sequence)\n"), ungap: ungap)
        return (String(decoding: records[0].sequence, as: UTF8.self), repairs.description)
    }

    @Test(arguments: [
        ("ACDEFGHIKLMNPQRSTVWYX", "no repairs"),
        ("mkvX", "no repairs"),
        ("MKV*", "1 trailing '*' stripped"),
        ("MKV*\n**\n", "3 trailing '*' stripped"),
        ("M*KV", "1 inner '*' read as X"),
        ("M*\nK**V*", "1 trailing '*' stripped, 3 inner '*' read as X"),
        ("MKU", "1 unknown letter (U) read as X"),
        ("UuMBZJO", "6 unknown letters (B, J, O, U, Z) read as X"),
        ("MKV \t\nL ", "3 trailing blanks stripped"),
        ("MK* ", "1 trailing '*' stripped, 1 trailing blank stripped"),
    ])
    func keptAndCounted(sequence: String, expected: String) throws {
        let kept = sequence.filter { !$0.isWhitespace }
        let end = kept.lastIndex { $0 != "*" }!
        let result = try repairs(sequence)
        #expect(result.sequence == kept[...end])
        #expect(result.repairs == expected)
    }

    @Test(arguments: [
        ("M-K.V", "MKV", "2 gaps removed"), ("MK*--\n-", "MK", "1 trailing '*' stripped, 3 gaps removed"),
        ("M-*K", "M*K", "1 inner '*' read as X, 1 gap removed"),
    ])
    func ungapped(sequence: String, kept: String, expected: String) throws {
        let result = try repairs(sequence, ungap: true)
        #expect(result.sequence == kept)
        #expect(result.repairs == expected)
    }

    @Test func repairsAddUpOverRecordsAndReaders() throws {
        let (records, repairs) = try readFASTA(memory(">a\nMU*\n>b\n*B*\n"))
        #expect(records == [fasta("a", "MU"), fasta("b", "*B")])
        #expect(repairs.trailingStops == 2 && repairs.innerStops == 1)
        #expect(repairs.unknownLetters == ["U": 1, "B": 1])
        var total = try readFASTA(memory(">c\nU-M \n"), ungap: true).repairs
        total += repairs
        #expect(
            total.description
                == "2 trailing '*' stripped, 1 inner '*' read as X, 3 unknown letters (B, U) read as X, 1 gap removed, "
                + "1 trailing blank stripped")
        #expect(!total.isEmpty && SequenceRepairs().isEmpty)
    }

    @Test func everyByteIsEitherKeptOrRefused() {
        let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz*".utf8)
        for byte in UInt8.min...UInt8.max where byte != UInt8(ascii: "\n") {
            let bytes = Array(">a\nM".utf8) + [byte] + Array("K\n".utf8)
            let records = try? readFASTA(memory(bytes)).records
            #expect((records != nil) == letters.contains(byte), "byte \(byte)")
            #expect(records == nil || records![0].sequence[1] == byte, "byte \(byte)")
        }
    }
}
