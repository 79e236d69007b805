import Foundation
import StrandMetrics
import StrandProteins
import TestSupport
import Testing

/// Labels of any letters, from training to scoring: the data say what they are.
@Suite struct OtherLabelsTests {
    let directory = TemporaryDirectory()

    /// Chains whose tryptophans are labelled W, the rest N.
    private func chains(_ count: Int, seed: UInt64) -> String {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { number in
            let sequence = (0..<40).map { _ in "ACDEFGHIKLMNPQRSTVWY".randomElement(using: &random)! }
            let labels = sequence.map { $0 == "W" ? "W" : "N" }.joined()
            return ">c\(number)\n\(String(sequence))\n\(labels)\n"
        }.joined()
    }

    private func run(_ arguments: String..., status: Int32 = 0) throws -> Command.Result {
        let result = try Command(arguments, in: directory.path).wait()
        #expect(result.status == status, "\(arguments): \(result.errors)")
        return result
    }

    @Test func trainLabelEvaluateScore() throws {
        _ = directory.write(Array(chains(60, seed: 1).utf8), to: "train.ssfa")
        _ = directory.write(Array(chains(10, seed: 2).utf8), to: "valid.ssfa")
        let trained = try run(
            "train", "protein", "--train", "train.ssfa", "--validation", "valid.ssfa", "--hidden", "16", "--layers",
            "1",
            "--epochs", "30", "--batch-rows", "200", "--warmup", "5", "--threads", "1", "-o", "m.safetensors")
        #expect(trained.errors.contains("strand: labels: NW\n") && trained.errors.contains("validation MCC "))
        #expect(try run("inspect", "m.safetensors").text.contains("labels     NW"))

        let labelled = try run("label", "--model", "m.safetensors", "--format", "tsv", "valid.ssfa.fa", status: 1)
        #expect(labelled.errors.contains("no such file"))
        let fasta = chains(10, seed: 2).split(separator: "\n").enumerated().filter { $0.offset % 3 != 2 }.map(\.element)
        _ = directory.write(Array((fasta.joined(separator: "\n") + "\n").utf8), to: "valid.fa")
        let table = try run("label", "--model", "m.safetensors", "--format", "tsv", "valid.fa", "-o", "p.tsv")
        #expect(table.errors.isEmpty)
        let first = String(decoding: try #require(directory.bytes(of: "p.tsv")), as: UTF8.self).split(separator: "\n")[
            0]
        #expect(first == "id\tposition\tresidue\tstate\tP(N)\tP(W)")

        let evaluated = try run("evaluate", "--model", "m.safetensors", "--json", "e.json", "valid.ssfa")
        let scored = try run("score", "--json", "s.json", "valid.ssfa", "p.tsv")
        #expect(evaluated.text.contains("Q2          100.00 %") && scored.text.contains("Q2          100.00 %"))
        for name in ["e.json", "s.json"] {
            let reports = try JSONDecoder().decode(
                [ProteinReport].self, from: Data(try #require(directory.bytes(of: name))))
            #expect(
                reports[0].labels?.accuracy.value == 1 && reports[0].threeStates == nil && reports[0].reduction == nil)
            #expect(reports[0].labels?.states.map(\.state) == ["N", "W"])
        }
        _ = try run("calibrate", "--model", "m.safetensors", "-o", "c.safetensors", "valid.ssfa")
        _ = try run("evaluate", "--model", "m.safetensors", "--report", "r.html", "valid.ssfa")
    }

    @Test func whatDoesNotFitIsRefused() throws {
        _ = directory.write(Array(chains(4, seed: 1).utf8), to: "a.ssfa")
        _ = directory.write(Array(">a\nMKV\nHEC\n".utf8), to: "b.ssfa")
        let few = ["--hidden", "4", "--layers", "1", "--epochs", "1", "-o", "m.safetensors"]
        func train(_ arguments: [String], status: Int32) throws -> String {
            let result = try Command(["train", "protein"] + arguments + few, in: directory.path).wait()
            #expect(result.status == status, "\(result.errors)")
            return result.errors
        }
        let files = ["--train", "a.ssfa", "--validation"]
        #expect(
            try train(files + ["b.ssfa"], status: 1).contains(
                "b.ssfa:3: record a: label 'H' at column 1 is not one of NW-"))
        #expect(
            try train(files + ["a.ssfa", "--labels", "N"], status: 64).contains(
                "--labels N: give 2 to 32 different letters"))
        #expect(
            try train(files + ["a.ssfa", "--labels", "NX"], status: 1).contains("label 'W' at column"))
        _ = try train(files + ["a.ssfa"], status: 0)
        let ss2 = try run("label", "--model", "m.safetensors", "--format", "ss2", "b.ssfa", status: 64)
        #expect(ss2.errors.contains("'--format ss2' shows the states of DSSP: this model has NW"))
        let states = try run("label", "--model", "m.safetensors", "--states", "8", "b.ssfa", status: 64)
        #expect(states.errors.contains("'--states' is for the states of DSSP: this model has NW"))
    }

    /// The second shipped model of proteins. Ends of chains are the most disordered of an enzyme.
    @Test func disorder() throws {
        let result = try run("label", "--task", "disorder", TestFiles.path("data/examples/proteins.fasta"))
        let lines = result.text.split(separator: "\n", omittingEmptySubsequences: false)
        for index in stride(from: 0, to: lines.count - 3, by: 3) {
            #expect(lines[index + 1].count == lines[index + 2].count && lines[index + 2].allSatisfy("DO".contains))
        }
        #expect(lines[2].contains("O"))
        #expect(ShippedProteinModel.disorder.model.labels.text == "DO")
        // Runs of letters that are not DSSP's are regions, whatever they mean.
        let features = try run(
            "label", "--task", "disorder", "--format", "gff3", TestFiles.path("data/examples/proteins.fasta")
        )
        .text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t") }
        #expect(!features.isEmpty && features.allSatisfy { $0[2] == "polypeptide_region" && $0[8].hasPrefix("state=") })
        let both = try run("label", "--task", "disorder", "--model", "x", status: 64)
        #expect(both.errors.contains("--task and --model: give one of them"))
    }
}
