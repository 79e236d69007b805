import StrandBytes
import StrandProteins
import TestSupport
import Testing

/// Strand's own formats as predictions, and rules common to all formats.
@Suite struct PredictedChainTests {
    static let record = PredictionRecord(
        header: Array("a first".utf8), sequence: Array("MkV".utf8), labels: Array("CHE".utf8),
        states: Array("HEC".utf8), probabilities: [0, 0, 1, 0.75, 0.25, 0, 0.25, 0.5, 0.25])
    static let other = PredictionRecord(
        header: Array("b".utf8), sequence: Array("W*".utf8), labels: Array("LL".utf8), states: Array("HEC".utf8),
        probabilities: [0, 0, 1, 0.5, 0, 0.5])

    private func file(_ format: PredictionFormat, _ records: [PredictionRecord]) -> [UInt8] {
        format.preamble(states: Self.record.states) + records.flatMap { format.bytes(of: $0) }
    }

    @Test(arguments: [PredictionFormat.tsv, .jsonl])
    func whatIsWrittenReadsBack(format: PredictionFormat) throws {
        let records = [Self.record, Self.record, Self.other, Self.record]
        let bytes = file(format, records)
        let text = String(decoding: bytes, as: UTF8.self)
        let layouts = [
            text, String(text.dropLast()), text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text, "\n" + text + "\n\n",
        ]
        for source in layouts.map(memory) + [memory(Gzip.compress(bytes))] {
            var reader = ChainReader(source)
            let chains = try allChains(&reader)
            #expect(reader.format?.rawValue == format.rawValue)
            #expect(chains.map(\.id) == ["a", "a", "b", "a"])
            for (chain, record) in zip(chains, records) {
                #expect(chain.header == (format == .jsonl ? record.header : Array(record.id.utf8)))
                #expect(chain.sequence == record.sequence && chain.labels == record.labels)
                #expect(chain.states == record.states && chain.probabilities == record.probabilities)
            }
        }
    }

    /// As pandas, R and spreadsheets save it again.
    @Test(arguments: [",", ";"]) func tablesWithOtherSeparators(separator: String) throws {
        let table = String(decoding: file(.tsv, [Self.record, Self.other]), as: UTF8.self)
        let rows = table.split(separator: "\n").enumerated().map { number, row in
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
            // R's write.csv adds the number of the row, and puts text in quotation marks.
            return
                (["\"\(number == 0 ? "" : "\(number)")\""]
                + cells.enumerated().map { [0, 2].contains($0) || number == 0 ? "\"\($1)\"" : "\($1)" })
                .joined(separator: separator)
        }
        var reader = ChainReader(memory(rows.joined(separator: "\n") + "\n"))
        let chains = try allChains(&reader)
        #expect(reader.format == .tsv && chains.map(\.id) == ["a", "b"])
        #expect(chains.map(\.labels) == [Self.record.labels, Self.other.labels])
        #expect(chains.map(\.probabilities) == [Self.record.probabilities, Self.other.probabilities])
    }

    @Test func labelledFASTA() throws {
        let text = ">a first\r\nMk*\r\n_L-\r\n\r\n>b\nW\n?"
        for source in [memory(text), memory(Gzip.compress(Array(text.utf8)))] {
            var reader = ChainReader(source)
            #expect(
                try allChains(&reader) == [
                    LabelledChain(
                        id: "a", header: Array("a first".utf8), sequence: Array("Mk".utf8), labels: Array("_L".utf8)),
                    LabelledChain(id: "b", sequence: Array("W".utf8), labels: Array("?".utf8)),
                ])
            #expect(reader.format == .labelledFASTA && reader.takeRepairs().trailingStops == 1)
        }
    }

    @Test func columnsAreFoundByName() throws {
        let table = "P(C)\tstate\tnote\tposition\tid\n.5\t \tx\t1\tq\"\n1e-3\tL\t\t2\tq\"\n"
        #expect(
            try chains(table) == [
                LabelledChain(
                    id: "q\"", sequence: nil, labels: Array(" L".utf8), states: Array("C".utf8),
                    probabilities: [0.5, 0.001])
            ])
    }

    @Test func onlyIDAndLabelsAreNeeded() throws {
        let lines = """
            {"labels":"H_ ","id":"x","score":[1,{"a":2}],"sequence":null}

            {"id":"","labels":"\\u0048","header":"> h"}
            """
        #expect(
            try chains(lines) == [
                LabelledChain(id: "x", sequence: nil, labels: Array("H_ ".utf8)),
                LabelledChain(id: "", header: Array("> h".utf8), sequence: nil, labels: Array("H".utf8)),
            ])
    }

    @Test func formatsAreToldByContent() throws {
        let starts: [(String, ChainFormat?)] = [
            (" \n>x", .fasta), ("{\"id\":1,\"labels\":", .jsonl), ("{", nil), ("{\"text\":\"\",\"label\":1", nil),
            ("input,dssp3,dssp8,disorder,cb513_mask\n", .table), ("\"pdb_id\";\"seq\";\"sst3\"", .table),
            ("sequence,x,y", nil), ("# PSIPRED VFORMAT (S4PRED V1.2.4)", .ss2),
            ("\u{FEFF}# PSIPRED HFORMAT", .horiz), ("id\tposition\tstate\r\n", .tsv), ("id, seq, n, q8", .netsurfp),
            ("id,position,state", .tsv), ("id\tn\tq3", nil), ("# PSIPRED", nil), ("  1 M C", nil), ("", nil),
            (" \u{A0}\u{FEFF}>x", .fasta),
        ]
        for (text, format) in starts { #expect(try ChainFormat(detecting: Array(text.utf8)) == format, "\(text)") }
    }

    @Test func nothingIsReadBeforeTheFirstCall() {
        var reader = ChainReader(.file("/no/such"))
        #expect(reader.format == nil && reader.takeRepairs().isEmpty)
    }
}
