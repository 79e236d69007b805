import Foundation
import StrandMetrics
import StrandResearch
import TestSupport
import Testing

/// `strand demo`: the classical tasks as acceptance tests of the cell.
@Suite struct DemoTests {
    let directory = TemporaryDirectory()

    private struct Figures: Decodable {
        var experiment: LongLagExperiment
        var results: [LongLagExperiment.Result]
    }

    /// Lags of 10 and 50, two seeds: networks whose gates start open solve every task, the plain network is at chance.
    @Test func longMemory() throws {
        let result = try Command.run(
            "demo", "longlag", "--quick", "--task", "adding", "--task", "order-3", "--task", "reber", "--json",
            "figures.json", "--plot", "figures.svg", in: directory.path)
        #expect(result.status == 0, "\(result.errors)")
        let bytes = try #require(directory.bytes(of: "figures.json"))
        let figures = try JSONDecoder().decode(Figures.self, from: Data(bytes))
        #expect(figures.results.count == (2 * 2 + 1) * 5 * 2 && figures.experiment.lags == [10, 50])
        for (run, outcome) in figures.results.map({ ($0.run, $0.outcome) }) {
            #expect(!outcome.diverged && outcome.sequences <= 100_000)
            if run.network.beginsOpen || run.task == .reber && run.network.cell != .rnn {
                #expect(outcome.isSolved && outcome.testWrong <= 40, "\(run) \(outcome)")
            }
            if run.network.cell == .rnn && run.lag == 50 {
                #expect(!outcome.isSolved, "\(run) \(outcome)")
                let guess = run.task == .adding ? 0.9 * run.task.chance : 1 - 1.3 * run.task.chance
                #expect(outcome.testError > guess, "\(run) \(outcome)")
            }
        }
        // One row per network under a heading per task.
        #expect(result.text.matches(of: /\n\| LSTM, gates open \| [0-9,]+ \(2\/2\)/).count == 3)
        #expect(result.text.hasPrefix("adding (mean squared error of a constant 0.0396)\n\n| network | 10 | 50 |\n"))
        let drawn = try XMLDocumentCheck.parse(Data(try #require(directory.bytes(of: "figures.svg"))))
        // Two charts for each task that has a lag.
        #expect(drawn["svg"] == 1 + 4 && drawn["polyline"] == 4 * 5)
    }

    @Test func wrongUsage() throws {
        for arguments in [
            ["--lag", "9"], ["--seeds", "0"], ["--budget", "0"], ["--task", "other"],
        ] {
            #expect(try Command(["demo", "longlag"] + arguments).wait().status == 64, "\(arguments)")
        }
        let same = try Command(["demo", "longlag", "--json", "same", "--plot", "same"]).wait()
        #expect(same.status == 1)
        #expect(same.errors == "strand: error: same: is both the JSON and the drawing; name two files\n")
    }

    /// An unwritable output is reported before an hour of work.
    @Test func unwritable() throws {
        let result = try Command.run("demo", "longlag", "--plot", "none/a.svg", in: directory.path)
        #expect(result.status == 1 && result.text.isEmpty)
        #expect(result.errors == "strand: error: none/a.svg: cannot write: No such file or directory\n")
    }

    @Test func peepholes() throws {
        let result = try Command.run(
            "demo", "longlag", "--task", "order-3", "--lag", "50", "--cell", "peephole-lstm", "--seeds", "2",
            in: directory.path)
        #expect(result.text.contains(/\n\| LSTM with peepholes, gates open \| [0-9,]+ \(2\/2\)/))
    }

    @Test func vanishingGradients() throws {
        let result = try Command.run(
            "demo", "gradients", "--lag", "30", "--budget", "2000", "--json", "g.json", "--plot", "g.svg",
            in: directory.path)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.text.contains("| network | 1 | 5 | 10 | 20 | 29 |\n"))
        #expect(result.text.matches(of: /\n\| [^|]*, untrained \|/).count == 5)
        let bytes = try #require(directory.bytes(of: "g.json"))
        let flows = try JSONDecoder().decode([GradientFlow].self, from: Data(bytes))
        #expect(flows.count == 10 && flows.allSatisfy { $0.norms.count == 30 })
        let drawn = try XMLDocumentCheck.parse(Data(try #require(directory.bytes(of: "g.svg"))))
        #expect(drawn["svg"] == 3 && drawn["polyline"] == 10)
    }

    @Test func contextOfTheShippedModel() throws {
        _ = directory.write(
            Array(">a\nMSDKIIHLTDDSFDTDVLKADGAILVDFWAEW\nCCCCEEEEECCCCCCHHHHCCCCEEEEECCCC\n".utf8), to: "a.ssfa")
        let result = try Command.run(
            "demo", "context", "--residues", "5", "--json", "c.json", "--plot", "c.svg", "a.ssfa", in: directory.path)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors == "strand: a.ssfa: 5 residues of 1 chain\n")
        let bytes = try #require(directory.bytes(of: "c.json"))
        let points = try JSONDecoder().decode([ContextStudy.Point].self, from: Data(bytes))
        #expect(points.count == 30 && points.allSatisfy { $0.residues == 5 })
        // A window as long as the chain is the whole chain.
        let whole = points.filter { $0.window == nil || $0.window == 32 }
        #expect(Set(whole.map(\.accuracy)).count == 1)
        _ = try XMLDocumentCheck.parse(Data(try #require(directory.bytes(of: "c.svg"))))

        _ = directory.write(Array(">a\nMSD\n---\n".utf8), to: "none.ssfa")
        let none = try Command.run("demo", "context", "none.ssfa", in: directory.path)
        #expect(none.status == 1 && none.errors.hasPrefix("strand: error: none.ssfa: "))
    }
}
