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

    @Test func shippedModel() throws {
        let result = try Command.run("inspect")
        #expect(result.status == 0 && result.text.contains("  labels     HGIEBTSC, decoder softmax"))
    }
}
