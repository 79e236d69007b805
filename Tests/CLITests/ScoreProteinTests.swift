import Foundation
import StrandEngine
import StrandMetrics
import TestSupport
import Testing

/// `strand score` on predictions of secondary structure.
@Suite struct ScoreProteinTests {
    let directory = TemporaryDirectory()

    private struct Report: Decodable {
        struct Figure: Decodable {
            var value: Double
        }
        struct States: Decodable {
            var accuracy: Figure
            var sov99: Figure
            var sovRefine: Figure
        }
        struct Comparison: Decodable {
            var measure: String
            var first: String
            var second: String
            var difference: Figure
            var wins: Int
            var losses: Int
        }
        var model: String
        var chains: Int
        var labelledResidues: Int
        var reduction: String?
        var threeStates: States
        var eightStates: States?
        var comparisons: [Comparison]
    }

    private func file(_ name: String, _ text: String) -> String { directory.write(Array(text.utf8), to: name) }

    private func reports(_ arguments: String...) throws -> (reports: [Report], errors: String) {
        let result = try Command(["score"] + arguments + ["--json", "-"], in: directory.path).wait()
        #expect(result.status == 0, "\(result.errors)")
        return (try JSONDecoder().decode([Report].self, from: result.output), result.errors)
    }

    init() {
        _ = file("truth.ssfa", ">a first\nMKTAYIAK\nCHHHGEE-\n>b\nGSHM\nTTEE\n")
        _ = file("mine.ssfa", ">b\nGSHM\nTTEE\n>a\nmkTAYIAK\nCHHHHEEE\n")
    }

    /// Every format with the same labels gives the same figures.
    @Test func everyFormatIsScored() throws {
        let three = "CHHHHEEECCEE"
        let sequence = "MKTAYIAKGSHM"
        _ = file("t.ssfa", ">x\n\(sequence)\n\(three)\n")
        let letters = Array(zip(sequence, three))
        func rows(_ row: (Int, Character, Character) -> String) -> String {
            letters.enumerated().map { row($0.offset + 1, $0.element.0, $0.element.1) }.joined(separator: "\n") + "\n"
        }
        _ = file(
            "x.ss2",
            "# PSIPRED VFORMAT (PSIPRED V4.0)\n\n"
                + rows {
                    "   \($0) \($1) \($2)   0.\($2 == "C" ? 8 : 1)00  0.\($2 == "H" ? 8 : 1)00  0.\($2 == "E" ? 8 : 1)00"
                })
        _ = file(
            "x.horiz",
            "# PSIPRED HFORMAT (PSIPRED V4.0)\n\nConf: 888888888888\nPred: \(three)\n  AA: \(sequence)\n              10\n"
        )
        _ = file(
            "n.csv",
            "id,seq,n,rsa,asa,q3,p[q3_H],p[q3_E],p[q3_C]\n"
                + rows {
                    "x,\($1),\($0),0.1,10,\($2),\($2 == "H" ? 0.8 : 0.1),\($2 == "E" ? 0.8 : 0.1),\($2 == "C" ? 0.8 : 0.1)"
                })
        _ = file("x.jsonl", "{\"id\":\"x\",\"labels\":\"\(three)\"}\n")
        for name in ["t.ssfa", "x.ss2", "x.horiz", "n.csv", "x.jsonl"] {
            let (reports, errors) = try reports("t.ssfa", name)
            let report = try #require(reports.first)
            #expect(errors.isEmpty && report.model == name)
            #expect(report.threeStates.accuracy.value == 1 && report.threeStates.sov99.value == 1, "\(name)")
            #expect(report.eightStates == nil)
        }
    }

    /// By hand: in chain a, C HHH H(G) EE are counted and right in three states; in eight, G is mistaken for H.
    @Test func figuresAndReductions() throws {
        let report = try #require(try reports("truth.ssfa", "mine.ssfa").reports.first)
        #expect(report.chains == 2 && report.labelledResidues == 11 && report.reduction == "HGI/EB")
        #expect(report.threeStates.accuracy.value == 1)
        #expect(report.eightStates?.accuracy.value == 10.0 / 11)
        let strict = try #require(try reports("truth.ssfa", "mine.ssfa", "--reduction", "H/E").reports.first)
        #expect(strict.threeStates.accuracy.value == 10.0 / 11 && strict.reduction == "H/E")
        let unmasked = try #require(try reports("truth.ssfa", "mine.ssfa", "--unmasked").reports.first)
        #expect(unmasked.labelledResidues == 12 && unmasked.threeStates.accuracy.value == 11.0 / 12)
    }

    @Test func lettersOfOtherProgramsAreCoil() throws {
        _ = file("l.ssfa", ">a\nMKTAYIAK\nLHHHHEE_\n>b\nGSHM\nPPEE\n")
        #expect(try #require(try reports("truth.ssfa", "l.ssfa").reports.first).threeStates.accuracy.value == 1)
        _ = file("z.ssfa", ">a\nMKTAYIAK\nLHHHZEE_\n>b\nGSHM\nPPEE\n")
        let refused = try Command.run("score", "truth.ssfa", "z.ssfa", in: directory.path)
        #expect(refused.status == 1)
        #expect(
            refused.errors.hasPrefix(
                "strand: error: z.ssfa:3: record a: label 'Z' at column 5 is not one of HGIEBTSC-L_P;"))
    }

    @Test func systemsAreComparedInPairs() throws {
        _ = file("worse.ssfa", ">a\nMKTAYIAK\nCCCCCCCC\n>b\nGSHM\nCCEE\n")
        let (reports, _) = try reports("truth.ssfa", "mine.ssfa", "worse.ssfa")
        #expect(reports.map(\.model) == ["mine.ssfa", "worse.ssfa"] && reports[1].comparisons.isEmpty)
        let comparison = try #require(reports[0].comparisons.first)
        #expect(comparison.measure == "Q3" && comparison.first == "mine.ssfa" && comparison.second == "worse.ssfa")
        #expect(abs(comparison.difference.value - 6.0 / 11) < 1e-12 && comparison.wins == 1 && comparison.losses == 0)
        let text = try Command.run("score", "truth.ssfa", "mine.ssfa", "worse.ssfa", in: directory.path).text
        #expect(text.contains("Q3: mine.ssfa minus worse.ssfa 54.55 points"))
    }

    @Test func mismatchesAreReported() throws {
        _ = file("part.ssfa", ">b\nGSHM\nTTEE\n>c\nGG\nCC\n")
        let (reports, errors) = try reports("truth.ssfa", "part.ssfa")
        #expect(errors.contains("part.ssfa: 1 chain without a prediction: all wrong (a)"))
        #expect(errors.contains("part.ssfa: 1 chain not among the true ones: left out (c)"))
        #expect(reports.first?.threeStates.accuracy.value == 4.0 / 11)
        let common = try self.reports("truth.ssfa", "part.ssfa", "mine.ssfa", "--common")
        #expect(common.reports.map(\.chains) == [1, 1] && common.errors.contains("1 chain left out for every system"))

        _ = file("short.ssfa", ">a\nMKTAYIA\nCHHHHEE\n>b\nGSHM\nTTEE\n")
        let short = try Command.run("score", "truth.ssfa", "short.ssfa", in: directory.path)
        #expect(short.status == 1 && short.errors.contains("record a: 7 residues predicted, 8 in the true chain"))
        _ = file("other.ssfa", ">a\nMKTAYIXK\nCHHHHEEE\n>b\nGWHM\nTTEE\n")
        let other = try Command.run("score", "truth.ssfa", "other.ssfa", in: directory.path)
        #expect(other.status == 1 && other.errors.contains("record b: residue 2 is 'W' here and 'S' in the true chain"))
        #expect(try self.reports("truth.ssfa", "other.ssfa", "--common").reports.first?.chains == 1)
    }

    @Test func foldersAndPSIPREDFilesAreOneSystem() throws {
        for (id, rows) in [("a", "MKTAYIAK/CHHHHEEE"), ("b", "GSHM/CCEE")] {
            let parts = rows.split(separator: "/")
            let body = zip(parts[0], parts[1]).enumerated().map {
                "   \($0.offset + 1) \($0.element.0) \($0.element.1)   0.333  0.333  0.333\n"
            }
            let text = "# PSIPRED VFORMAT (PSIPRED V4.0)\n\n" + body.joined()
            try FileManager.default.createDirectory(atPath: directory("p"), withIntermediateDirectories: true)
            _ = file("p/\(id).ss2", text)
            _ = file("\(id).ss2", text)
        }
        for arguments in [["truth.ssfa", "p"], ["truth.ssfa", "a.ss2", "b.ss2"]] {
            let result = try Command(["score"] + arguments + ["--json", "-"], in: directory.path).wait()
            let reports = try JSONDecoder().decode([Report].self, from: result.output)
            #expect(reports.count == 1 && reports[0].threeStates.accuracy.value == 1)
            #expect(["p", "2 PSIPRED files"].contains(reports[0].model))
        }
    }

    @Test func idsMustDiffer() throws {
        _ = file("twice.ssfa", ">a\nMK\nCC\n>a\nMK\nCC\n")
        for files in [("twice.ssfa", "mine.ssfa"), ("truth.ssfa", "twice.ssfa")] {
            let result = try Command.run("score", files.0, files.1, in: directory.path)
            #expect(result.status == 1)
            #expect(
                result.errors == "strand: error: twice.ssfa: record a: two records have this id; give each its own\n")
        }
    }

    /// The output of `label` gets the scores that `evaluate` reports.
    @Test func scoringLabelsEqualsEvaluating() throws {
        let structures = TestFiles.path("data/examples/structures.ssfa")
        let lines = try String(contentsOfFile: structures, encoding: .utf8).split(separator: "\n")
        let fasta = stride(from: 0, to: lines.count, by: 3).map { "\(lines[$0])\n\(lines[$0 + 1])\n" }.joined()
        _ = file("in.fa", fasta)
        #expect(try Command.run("label", "in.fa", "-o", "out.ssfa", in: directory.path).status == 0)
        let scored = try #require(try reports(structures, "out.ssfa").reports.first)
        let result = try Command.run("evaluate", structures, "--json", "-")
        let evaluated = try #require(try JSONDecoder().decode([Report].self, from: result.output).first)
        #expect(scored.threeStates.accuracy.value == evaluated.threeStates.accuracy.value)
        #expect(scored.threeStates.sov99.value == evaluated.threeStates.sov99.value)
        #expect(scored.threeStates.sovRefine.value == evaluated.threeStates.sovRefine.value)
    }
}
