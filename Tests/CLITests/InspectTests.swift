import Foundation
import StrandMetrics
import TestSupport
import Testing

@Suite struct InspectTests {
    let directory = TemporaryDirectory()

    @Test func fasta() throws {
        _ = directory.write(Array(">a\nACDac\n>a\nACDAC*\n>b\nXUW\n".utf8), to: "in.fa")
        let result = try Command.run("inspect", "in.fa", in: directory.path)
        #expect(
            result.text == """
                in.fa: FASTA, 3 records, 13 residues
                  lengths    3 to 5, median 5, mean 4
                  letters    A 30.77  C 30.77  D 15.38  U 7.69  W 7.69  X 7.69  (%)
                  note       reading repairs: 1 trailing '*' stripped, 1 unknown letter (U) read as X
                  note       2 lower-case residues, read as upper-case
                  note       1 id used more than once

                """)
    }

    @Test func labelledFASTA() throws {
        _ = directory.write(Array(">a\nACDE\nHHC-\n>b\nACDE\n----\n".utf8), to: "in.ssfa")
        let result = try Command.run("inspect", "in.ssfa", in: directory.path)
        #expect(
            result.text == """
                in.ssfa: labelled FASTA, 2 records, 8 residues
                  lengths    4 to 4, median 4, mean 4
                  letters    A 25.00  C 25.00  D 25.00  E 25.00  (%)
                  labels     - 62.50  C 12.50  H 25.00  (%)
                  note       1 record with the sequence of another
                  note       1 chain without any label

                """)
    }

    @Test func gatesAlongAChain() throws {
        let chain = String(repeating: "MSDKIIHLTDDSFDTDVLKADGAILVDFWAEW", count: 3)
        _ = directory.write(Array(">a<b\n\(chain)\n>c\nAC\n".utf8), to: "in.fa")
        let result = try Command.run("inspect", "--gates", "in.fa", "-o", "gates.svg", in: directory.path)
        #expect(result.status == 0 && result.text.isEmpty && result.errors.isEmpty, "\(result.errors)")
        let picture = try #require(directory.bytes(of: "gates.svg"))
        let counts = try XMLDocumentCheck.parse(Data(picture))
        let text = String(decoding: picture, as: UTF8.self)
        #expect(text.contains("a&lt;b: forget gates of strand-protein"))
        // Three layers, two directions: one heading each; the chain's letters.
        #expect(text.matches(of: /layer [123], (forward|backward): half of the units/).count == 6)
        #expect(text.matches(of: /class="letter"/).count == 96)
        #expect((counts["path"] ?? 0) > 6 * 4 && counts["svg"] == 1)

        let inputs = try Command.run("inspect", "--gates", "in.fa", "--gate", "input", in: directory.path)
        #expect(inputs.status == 0 && inputs.text.contains("a&lt;b: input gates of "))
        #expect(inputs.text.contains("half of the units let through more than 0."))

        let none = try Command.run("inspect", "--gates", "in.fa", "--gate", "reset", "-o", "x.svg", in: directory.path)
        #expect(none.status == 1 && directory.bytes(of: "x.svg") == nil)
        #expect(
            none.errors == "strand: error: shipped model: has metadata 'network' that cannot be used: "
                + "it is made of LSTM units, which have no reset gate\n")
        _ = directory.write([], to: "empty.fa")
        let empty = try Command.run("inspect", "--gates", "empty.fa", "-o", "x.svg", in: directory.path)
        #expect(empty.status == 1 && empty.errors.hasPrefix("strand: error: empty.fa: "))
        #expect(try Command.run("inspect", "-o", "x.svg", in: directory.path).status == 64)
        #expect(try Command.run("inspect", "--gates", "in.fa", "a", "b", in: directory.path).status == 64)
    }

    @Test func shippedModel() throws {
        let result = try Command.run("inspect")
        #expect(result.status == 0 && result.text.contains("  labels     HGIEBTSC, decoder softmax"))
    }
}
