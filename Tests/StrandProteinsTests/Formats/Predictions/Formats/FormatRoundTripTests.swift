import StrandProteins
import TestSupport
import Testing

/// What is written in each format that has a reader reads back.
@Suite struct FormatRoundTripTests {
    /// A format, the number of states it is read with, and the tolerance of probabilities.
    static let formats: [(PredictionFormat, StateCount, Float)] = [
        (.fasta, .three, 0), (.fasta, .eight, 0), (.tsv, .three, 0.00006), (.tsv, .eight, 0.00006),
        (.jsonl, .three, 0.00006), (.jsonl, .eight, 0.00006), (.ss2, .three, 0.0006), (.horiz, .three, 0),
        (.netsurfp, .three, 0.00006), (.netsurfp, .eight, 0.00006),
    ]

    private func records(_ count: StateCount) -> [PredictionRecord] {
        var random = SplitMix64(seed: 4)
        let headers = [
            "sp|P1|A first, \"b\"", "a,\"b\";c=%", "#x", "//", "caf\u{E9} x", "caf\u{E9} x", "a/1-5", "\"b\" c", "\"",
        ]
        let lengths = [1, 59, 60, 61, 120, 121, 1000, 2, 3]
        return zip(headers, lengths).map { randomRecord($0, length: $1, main: count, using: &random) }
    }

    @Test(arguments: formats.indices) func reads(index: Int) throws {
        let (format, count, tolerance) = Self.formats[index]
        let records = records(count)
        let chains = try chains(memory(file(format, records)), states: count)
        try #require(chains.count == records.count)
        for (chain, record) in zip(chains, records) {
            #expect(chain.id == record.id && chain.labels == record.labels && chain.sequence == record.sequence)
            if ![.tsv, .netsurfp].contains(format) { #expect(chain.header == record.header) }
            for (column, state) in chain.states.enumerated() {
                let own = try #require(record.states.firstIndex(of: state))
                for residue in chain.labels.indices {
                    let found = chain.probabilities[residue * chain.states.count + column]
                    let written = record.probabilities[residue * record.states.count + own]
                    #expect(abs(found - written) <= tolerance)
                }
            }
            #expect(
                chain.states.isEmpty == (tolerance == 0)
                    && (chain.states.isEmpty || chain.states.count == count.rawValue))
        }
    }

    /// An id in another encoding is the same text in all of them.
    @Test func latin1() throws {
        var random = SplitMix64(seed: 5)
        let record = randomRecord("x", length: 3, main: .three, using: &random)
        let header: [UInt8] = [0xE9, 0x20, 0xE9]
        let latin1 = PredictionRecord(
            header: header, sequence: record.sequence, main: record.main, other: record.other)
        for format in [PredictionFormat.fasta, .tsv, .jsonl, .ss2, .horiz, .netsurfp] {
            let chains = try chains(memory(file(format, [latin1])))
            #expect(chains.map(\.id) == ["\u{E9}"], "\(format)")
            if [.fasta, .ss2, .horiz].contains(format) { #expect(chains[0].header == header) }
        }
    }
}
