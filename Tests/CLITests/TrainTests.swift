import Foundation
import StrandMetrics
import TestSupport
import Testing

/// `strand train protein` on small data, and its models.
@Suite struct TrainTests {
    let directory = TemporaryDirectory()

    /// Chains whose labels follow from the residues two steps before and after: a helix between A's, a strand between V's.
    private func chains(_ count: Int, seed: UInt64, states: [Character]) -> String {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { index in
            let residues = (0..<Int.random(in: 5...40, using: &generator)).map { _ in
                "AVGK".randomElement(using: &generator)!
            }
            let labels = residues.indices.map { position -> Character in
                let before = position >= 2 ? residues[position - 2] : "-"
                let after = position + 2 < residues.count ? residues[position + 2] : "-"
                return before == "A" && after == "A" ? states[0] : before == "V" || after == "V" ? states[1] : states[2]
            }
            return ">chain\(index)\n\(String(residues))\n\(String(labels))\n"
        }.joined()
    }

    init() {
        _ = directory.write(Array(chains(300, seed: 1, states: ["H", "E", "T"]).utf8), to: "train.ssfa")
        _ = directory.write(Array(chains(100, seed: 2, states: ["H", "E", "C"]).utf8), to: "more.ssfa")
        _ = directory.write(Array(chains(50, seed: 3, states: ["H", "E", "T"]).utf8), to: "valid.ssfa")
    }

    private func train(_ more: String...) throws -> Command { try train(more) }

    private func train(_ more: [String]) throws -> Command {
        try Command(
            [
                "train", "protein", "--train", "train.ssfa", "--train-3state", "more.ssfa", "--validation",
                "valid.ssfa",
                "--hidden", "20", "--layers", "1", "--batch-rows", "500", "--rate", "0.01", "--warmup", "10",
                "--dropout",
                "0.1", "--residue-dropout", "0",
            ] + more, in: directory.path)
    }

    @Test func trainedModelLabelsAndIsMeasured() throws {
        let result = try train("--epochs", "25", "-o", "m.safetensors", "--log", "log.jsonl", "--threads", "2").wait()
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(result.errors.contains("strand: train: train.ssfa, 300 chains, "))
        #expect(result.errors.contains("strand: epoch 25 of 25: loss "))

        struct Entry: Decodable {
            var epoch: Int
            var loss: Double
            var validation: [String: Double]
        }
        let log = try #require(directory.bytes(of: "log.jsonl"))
        let entries = try log.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Entry.self, from: Data($0))
        }
        #expect(entries.map(\.epoch) == Array(1...25))
        #expect(try #require(entries.last).loss < 0.5 * entries[0].loss)

        let evaluated = try Command.run(
            "evaluate", "--model", "m.safetensors", "--json", "-", "valid.ssfa", in: directory.path)
        let report = try #require(
            try JSONSerialization.jsonObject(with: evaluated.output) as? [[String: Any]]
        ).first
        let eight = try #require(report?["eightStates"] as? [String: Any])
        let accuracy = try #require(eight["accuracy"] as? [String: Double])
        let value = try #require(accuracy["value"])
        #expect(value > 0.95)
        #expect(try #require(accuracy["lower"]) <= value && value <= (try #require(accuracy["upper"])))
        #expect(report?["chains"] as? Int == 50 && report?["reduction"] as? String == "HGI/EB")
        #expect(abs(value - (try #require(entries.map { $0.validation["Q8"] ?? 0 }.max()))) < 0.02)

        let shown = try Command.run("inspect", "m.safetensors", in: directory.path)
        #expect(shown.text.hasPrefix("m.safetensors: protein model 'm', format version 1\n"))
        #expect(shown.text.contains("  data       train: train.ssfa, 300 chains, "))
        #expect(shown.text.contains("  tensor     lstm.weight_ih_l0 80 x 21\n"))
        #expect(
            try Command.run("label", "--model", "m.safetensors", input: ">a\nAVGKA\n", in: directory.path).status == 0)
    }

    /// Labels depend on residues on both sides, so a forward network alone cannot know them.
    @Test(arguments: ["lstm", "peephole-lstm", "gru", "mgu", "rnn"]) func anyCell(_ cell: String) throws {
        let titles = ["lstm": "LSTM", "peephole-lstm": "LSTM with peepholes", "gru": "GRU", "mgu": "MGU", "rnn": "RNN"]
        func accuracy(_ more: String...) throws -> (value: Double, card: String) {
            let result = try train(["--epochs", "25", "--cell", cell, "-o", "m.safetensors"] + more).wait()
            #expect(result.status == 0, "\(result.errors)")
            let evaluated = try Command.run(
                "evaluate", "--model", "m.safetensors", "--json", "-", "valid.ssfa", in: directory.path)
            let report = try JSONSerialization.jsonObject(with: evaluated.output) as? [[String: Any]]
            let figures = report?.first?["eightStates"] as? [String: Any]
            let value = (figures?["accuracy"] as? [String: Double])?["value"]
            return (try #require(value), try Command.run("inspect", "m.safetensors", in: directory.path).text)
        }
        let both = try accuracy("--longest-lag", "8")
        #expect(both.value > 0.9, "\(both.value)")
        #expect(both.card.contains("1 bidirectional \(titles[cell] ?? "") layer of 20 units a direction, "))
        let forward = try accuracy("--unidirectional")
        #expect((0.4..<0.85).contains(forward.value), "\(forward.value)")
        #expect(forward.card.contains("1 forward \(titles[cell] ?? "") layer of 20 units, "))
    }

    @Test func killedTrainingGoesOnToTheSameModel() throws {
        let whole = try train("--epochs", "40", "-o", "m.safetensors", "--checkpoint", "whole.safetensors").wait()
        #expect(whole.status == 0)
        let expected = try #require(directory.bytes(of: "m.safetensors"))

        let killed = try train(
            "--epochs", "40", "-o", "m.safetensors", "--checkpoint", "cut.safetensors", "--log", "cut.jsonl")
        while (directory.bytes(of: "cut.jsonl") ?? []).count < 300 || directory.bytes(of: "cut.safetensors") == nil {
            usleep(1000)
        }
        killed.kill()
        #expect(killed.wait().status == SIGKILL, "the training ended before it was killed: make it longer")
        // Only the checkpoint is named: it holds all other options.
        let resumed = try Command(
            [
                "train", "protein", "--train", "train.ssfa", "--train-3state", "more.ssfa", "--validation",
                "valid.ssfa",
                "-o", "m.safetensors", "--checkpoint", "cut.safetensors", "--resume", "--threads", "2",
            ], in: directory.path
        ).wait()
        #expect(resumed.status == 0)
        #expect(directory.bytes(of: "m.safetensors") == expected)

        let other = try Command(
            [
                "train", "protein", "--train", "train.ssfa", "--validation", "valid.ssfa", "-o", "n.safetensors",
                "--checkpoint", "cut.safetensors", "--resume",
            ], in: directory.path
        ).wait()
        #expect(other.status == 1 && directory.bytes(of: "n.safetensors") == nil)
        #expect(
            other.errors.hasSuffix(
                "strand: error: cut.safetensors: has metadata 'strand.notes' that cannot be used: it was made from other data\n"
            ))
    }

    @Test func studentOfTeachers() throws {
        for seed in ["1", "2"] {
            let teacher = try train("--epochs", "8", "--seed", seed, "-o", "teacher\(seed).safetensors").wait()
            #expect(teacher.status == 0)
        }
        let student = try train(
            "--epochs", "8", "--teacher", "teacher1.safetensors", "--teacher", "teacher2.safetensors", "--soft-share",
            "0.7", "-o", "student.safetensors"
        ).wait()
        #expect(student.status == 0)
        let shown = try Command.run("inspect", "student.safetensors", in: directory.path).text
        #expect(shown.contains("  data       teacher: teacher2.safetensors, sha256 "))
        #expect(shown.contains("soft share 0.7"))

        let refused = try train("--teacher", "teacher1.safetensors", "-o", "none.safetensors").wait()
        #expect(refused.status == 64 && refused.errors.hasPrefix("Error: --teacher needs a --soft-share above 0"))
    }

    /// Chains with soft labels in a folder, then fine-tuning; what was used is in the model files.
    @Test func softLabelsAndFineTuning() throws {
        let record: (String, [[UInt8]]) = (
            "AVAVGKAA", (0..<8).map { $0 < 4 ? [9, 1, 0, 0, 0, 0, 0, 0] : [0, 0, 0, 0, 0, 0, 0, 1] }
        )
        let labels = TemporaryDirectory()
        for name in ["1", "2"] {
            _ = labels.write(SoftLabels.file([record, record]), to: "\(name).safetensors")
        }
        let student = try train(
            "--epochs", "3", "--train-soft", labels.path, "--labelled-share", "0.9", "-o", "student.safetensors"
        ).wait()
        #expect(student.status == 0, "\(student.errors)")
        #expect(student.errors.contains("strand: train (soft labels): 2 files, 4 chains, 32 residues"))
        var shown = try Command.run("inspect", "student.safetensors", in: directory.path).text
        #expect(
            shown.contains(
                "  data       train (soft labels): \(labels.path.dropFirst(5)), 4 chains, 32 residues, sha256 "))
        #expect(shown.contains("labelled share 0.9"))
        let tune = [
            "train", "protein", "--train", "train.ssfa", "--validation", "valid.ssfa", "--from", "student.safetensors",
        ]
        let tuned = try Command(
            tune + ["--epochs", "1", "--rate", "1e-9", "-o", "tuned.safetensors"], in: directory.path
        ).wait()
        #expect(tuned.status == 0, "\(tuned.errors)")
        shown = try Command.run("inspect", "tuned.safetensors", in: directory.path).text
        #expect(shown.contains("  data       start: student.safetensors, sha256 ") && shown.contains("20 units"))
        // Hardly trained, it is as good as what it started from.
        let q8 = { (log: String) in log.split(separator: "Q8 ").last?.prefix(5) }
        #expect(q8(student.errors) == q8(tuned.errors))
        let other = try Command(tune + ["--hidden", "9", "-o", "other.safetensors"], in: directory.path).wait()
        #expect(other.status == 64 && other.errors.hasPrefix("Error: --from: the network is that of the model"))
        let hints = try train(
            "--train-soft", labels.path, "--hint-weight", "0.5", "-o", "other.safetensors"
        ).wait()
        #expect(hints.status == 64 && hints.errors.contains("--hint-weight: the files of --train-soft have no hints"))
        let alone = try train("--labelled-share", "0.5", "-o", "other.safetensors").wait()
        #expect(alone.status == 64 && alone.errors.hasPrefix("Error: --labelled-share is of --train-soft: give both"))
    }

    @Test func validationChainsInTheTrainingDataAreTold() throws {
        let result = try Command(
            [
                "train", "protein", "--train", "valid.ssfa", "--validation", "valid.ssfa", "--epochs", "1", "--hidden",
                "4", "-o", "m.safetensors",
            ], in: directory.path
        ).wait()
        #expect(result.errors.contains("strand: warning: 50 validation chains are in the training data too"))
    }

    // MARK: What must not be lost

    /// Ctrl-C ends the step and keeps the state; the resumed training makes the same model.
    @Test func interruptedTrainingKeepsItsState() throws {
        #expect(try train("--epochs", "30", "-o", "whole.safetensors", "--name", "m").wait().status == 0)
        let files = [
            "--epochs", "30", "-o", "m.safetensors", "--name", "m", "--checkpoint", "c.safetensors", "--log", "l.jsonl",
        ]
        let command = try train(files)
        directory.wait(for: "c.safetensors")
        command.interrupt()
        let stopped = command.wait()
        #expect(stopped.status == 130 && directory.bytes(of: "m.safetensors") == nil)
        let last = stopped.errors.split(separator: "\n").last ?? ""
        let words =
            /strand: stopped after step [\d,]+, [\d.]+ % of the training; c.safetensors keeps its state; the same command with --resume goes on/
        #expect(last.wholeMatch(of: words) != nil, "\(last)")

        // A new training would lose it.
        _ = directory.write(Array("of another kind\n".utf8), to: "notes")
        let again = try train(files).wait()
        let ways = "go on with --checkpoint and --resume, or remove it or name another file to start anew\n"
        #expect(again.status == 1)
        #expect(
            again.errors.wholeMatch(
                of: try Regex("strand: error: c.safetensors: holds \\d+ epochs? of a training; \(ways)")) != nil,
            "\(again.errors)")
        let log = try train(["-o", "n.safetensors", "--log", "l.jsonl"]).wait()
        #expect(log.status == 1 && log.errors.hasPrefix("strand: error: l.jsonl: holds ") && log.errors.hasSuffix(ways))
        for option in ["--log", "--checkpoint"] {
            let foreign = try train(["-o", "n.safetensors", option, "notes"]).wait()
            #expect(foreign.errors == "strand: error: notes: exists and is not of a training; name another file\n")
        }
        #expect(try train(files + ["--resume"]).wait().status == 0)
        #expect(directory.bytes(of: "m.safetensors") == directory.bytes(of: "whole.safetensors"))
    }

    @Test func interruptionWithoutACheckpointIsSaid() throws {
        let command = try train("--epochs", "1000", "-o", "m.safetensors", "--log", "l.jsonl")
        while (directory.bytes(of: "l.jsonl") ?? []).isEmpty { usleep(1000) }
        command.interrupt()
        let result = command.wait()
        #expect(result.status == 130 && result.errors.hasSuffix(" % of the training; no checkpoint keeps its state\n"))
    }

    /// Options that contradict the checkpoint are named; none of them is ignored.
    @Test func contradictionsOfACheckpoint() throws {
        let kept = ["-o", "m.safetensors", "--checkpoint", "c.safetensors"]
        #expect(try train(kept + ["--epochs", "2"]).wait().status == 0)
        func resume(_ options: String...) throws -> Command.Result {
            try Command(
                [
                    "train", "protein", "--train", "train.ssfa", "--train-3state", "more.ssfa", "--validation",
                    "valid.ssfa", "--resume",
                ] + kept + options, in: directory.path
            ).wait()
        }
        #expect(try resume("--hidden", "20", "--epochs", "2", "--rate", "0.01").status == 0)
        let refused = try resume(
            "--hidden", "256", "--rate", "0.003", "--cell", "gru", "--unidirectional", "--patience", "3",
            "--residue-dropout", "0.1", "--epochs", "2")
        #expect(refused.status == 64)
        #expect(
            refused.errors.hasPrefix(
                "Error: '--resume': c.safetensors was made with other options: --hidden 256 (it has 20), "
                    + "--cell gru (it has lstm), --unidirectional (it reads both ways), --rate 0.003 (it has 0.01), "
                    + "--patience 3 (it has none), --residue-dropout 0.1 (it has 0.0); leave them out\n"),
            "\(refused.errors)")
    }

    @Test func aTrainingWithinItsWarmupIsTold() throws {
        let result = try train("--epochs", "1", "--warmup", "500", "-o", "m.safetensors").wait()
        #expect(
            result.errors.contains(
                /strand: warning: the rate rises over 500 steps and this training has \d+: it ends before the rate is 0.01\n/
            ))
        #expect(try !train("--epochs", "1", "-o", "m.safetensors").wait().errors.contains("warning: the rate"))
    }
}
