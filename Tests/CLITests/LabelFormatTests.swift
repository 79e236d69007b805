import Foundation
import StrandBytes
import StrandEngine
import StrandProteins
import TestSupport
import Testing

/// `strand label --format`.
@Suite struct LabelFormatTests {
    let fasta = ">sp|P1|A first chain\nMSDKIIHLTDDSFDTDVLKADGAILVDFWAEWCGPCKMIAPILDEIADEYQGKLTVAKLN\nIDQNP\n>b\nACDEF\n"

    private func label(_ arguments: String...) throws -> Command.Result {
        try Command(["label"] + arguments, input: Data(fasta.utf8)).wait()
    }

    private func chains(_ format: String, states: StateCount) throws -> [LabelledChain] {
        let result = try label("--format", format, "--states", "\(states.rawValue)")
        #expect(result.status == 0 && result.errors.isEmpty)
        var reader = ChainReader(.memory(Array(result.output), name: format), states: states)
        var chains: [LabelledChain] = []
        while let chain = try reader.next() { chains.append(chain) }
        return chains
    }

    @Test(arguments: [
        ("fasta", 3), ("tsv", 3), ("ss2", 3), ("horiz", 3), ("netsurfp", 3), ("fasta", 8), ("tsv", 8), ("netsurfp", 8),
    ])
    func formatsAgree(format: String, states: Int) throws {
        let count = try #require(StateCount(rawValue: states))
        let expected = try chains("jsonl", states: count)
        let found = try chains(format, states: count)
        try #require(expected.count == 2 && found.count == 2)
        for (one, other) in zip(found, expected) {
            #expect(one.id == other.id && one.labels == other.labels && one.sequence == other.sequence)
            for (column, state) in one.states.enumerated() {
                let match = try #require(other.states.firstIndex(of: state))
                for residue in one.labels.indices {
                    let difference =
                        one.probabilities[residue * one.states.count + column]
                        - other.probabilities[residue * other.states.count + match]
                    #expect(abs(difference) < 0.00061)
                }
            }
        }
    }

    /// A row a record, of the same labels and probabilities; shards of it can be merged.
    @Test(arguments: ["3", "8"]) func summary(states: String) throws {
        let rows = try label("--states", states, "--format", "summary").text.split(separator: "\n")
            .map { $0.split(separator: "\t").map(String.init) }
        let chains = try chains("jsonl", states: try #require(StateCount(rawValue: Int(states)!)))
        let letters = states == "3" ? "HEC" : "HGIEBTSC"
        #expect(rows[0] == ["id", "length"] + letters.map { "share(\($0))" } + ["confidence", "segments"])
        for (row, chain) in zip(rows.dropFirst(), chains) {
            let length = Double(chain.labels.count)
            #expect(row[0] == chain.id && row[1] == "\(chain.labels.count)" && row.count == rows[0].count)
            for (column, letter) in letters.utf8.enumerated() {
                let share = Double(chain.labels.count { $0 == letter }) / length
                #expect(try abs(#require(Double(row[2 + column])) - share) < 0.00051)
            }
            let runs = zip(chain.labels, chain.labels.dropFirst()).count { $0 != $1 } + 1
            #expect(row.last == "\(runs)")
            let confidences = chain.labels.indices.map { residue in
                (0..<chain.states.count).map { chain.probabilities[residue * chain.states.count + $0] }.max()!
            }
            let mean = Double(confidences.reduce(0, +)) / length
            #expect(try abs(#require(Double(row[row.count - 2])) - mean) < 0.0011)
        }
        let directory = TemporaryDirectory()
        let input = directory.write(Array(fasta.utf8), to: "in.fa")
        for shard in 0..<2 {
            let run = try Command.run(
                "label", "--states", states, "--format", "summary", "--shard", "\(shard)/2", "-o",
                directory("part\(shard)"), input)
            #expect(run.status == 0)
        }
        let merged = try Command.run("merge", directory("part0"), directory("part1")).text
        #expect(merged == rows.map { $0.joined(separator: "\t") + "\n" }.joined())
    }

    /// How outputs name the shipped model, in full and in short.
    private static let maker: (text: String, short: String) = {
        let (name, sha256) = (ProteinModel.shipped.description.name, ShippedProteinModel.structure.sha256)
        return (
            "Strand \(strandVersion), model \(name), SHA-256 \(sha256)", "\(name) \(sha256.prefix(12))"
        )
    }()

    @Test func psipred() throws {
        let mark = "# PSIPRED VFORMAT (Strand \(strandVersion), \(Self.maker.short))"
        let lines = try label("--format", "ss2").text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0...2] == [mark[...], "# >sp|P1|A first chain", ""])
        #expect(lines[3].wholeMatch(of: #/   1 M [CHE]   [01]\.\d{3}(  [01]\.\d{3}){2}/#) != nil)
        #expect(lines[68...69] == [mark[...], "# >b"] && lines.count == 77)
        let blocks = try label("--format", "horiz").text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(blocks[3].wholeMatch(of: /Conf: \d{60}/) != nil && blocks[4].wholeMatch(of: /Pred: [CHE]{60}/) != nil)
        #expect(blocks[5] == "  AA: MSDKIIHLTDDSFDTDVLKADGAILVDFWAEWCGPCKMIAPILDEIADEYQGKLTVAKLN")
    }

    /// Segments are the runs of the labels.
    @Test(arguments: ["3", "8"]) func segments(states: String) throws {
        let labels = try label("--states", states).text.split(separator: "\n")
        let rows = try label("--states", states, "--format", "bed").text.split(separator: "\n").map {
            $0.split(separator: "\t")
        }
        for (id, line) in [("sp|P1|A", labels[2]), ("b", labels[5])] {
            let runs = try rows.filter { $0[0] == id }.map {
                String(repeating: String($0[3]), count: try #require(Int($0[2])) - (try #require(Int($0[1]))))
            }
            #expect(runs.joined() == line)
        }
        #expect(rows[0].joined(separator: "\t") == "# \(Self.maker.text)")
        let features = try label("--states", states, "--format", "gff3").text.split(separator: "\n")
        #expect(features[0...1] == ["##gff-version 3", "# \(Self.maker.text)"])
        #expect(features[2] == "##sequence-region sp|P1|A 1 65")
        #expect(features.contains("##sequence-region b 1 5"))
        let shown = states == "3" ? "HE" : "HGIET"
        #expect(
            features.filter { !$0.hasPrefix("#") }.count == rows.filter { $0.count == 6 && shown.contains($0[3]) }.count
        )
    }

    @Test func stockholmAndJalview() throws {
        let labels = try label().text.split(separator: "\n")
        let stockholm = try label("--format", "stockholm").text.split(separator: "\n")
        #expect(stockholm[2] == "#=GF CC \(Self.maker.text)" && stockholm[3] == "#=GS sp|P1|A DE first chain")
        #expect(stockholm[5] == "#=GR sp|P1|A SS \(labels[2])")
        #expect(stockholm.filter { $0 == "//" }.count == 2)
        let jalview = try label("--format", "jalview").text.split(separator: "\n")
        #expect(jalview.count == 8 && jalview[0...1] == ["JALVIEW_ANNOTATION", "# \(Self.maker.text)"])
        #expect(jalview[2] == "SEQUENCE_REF\tsp|P1|A")
        let symbols = labels[2].map { $0 == "C" ? "|" : "\($0)|" }.joined()
        #expect(jalview[3] == "NO_GRAPH\tSecondary structure\tH helix, E strand\t\(symbols)")
    }

    @Test func jsonNamesTheModel() throws {
        #expect(
            try label("--format", "jsonl").text.split(separator: "\n").allSatisfy {
                $0.contains(",\"model\":\"\(Self.maker.short)\",")
            })
    }

    @Test(arguments: ["ss2", "horiz", "jalview"]) func threeStatesOnly(format: String) throws {
        let result = try label("--format", format, "--states", "8")
        #expect(result.status == 64 && result.output.isEmpty)
        #expect(
            result.errors.hasPrefix(
                "Error: '--format \(format)' shows 3 states: give '--states 3', or another format\n"))
    }

    @Test func sameBytesFromAnyThreads() throws {
        for format in ["netsurfp", "gff3", "jalview"] {
            let one = try label("--format", format, "--threads", "1")
            let three = try label("--format", format, "--threads", "3")
            #expect(one.status == 0 && one.output == three.output)
        }
    }
}
