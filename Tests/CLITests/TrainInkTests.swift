import Foundation
import TestSupport
import Testing

/// `strand train ink` and `strand train text` on small data, and their models.
@Suite struct TrainInkTests {
    let directory = TemporaryDirectory()

    /// Bars and hooks in a row: l and v.
    private func ink(_ writer: String, _ texts: [String], offset: Double) -> String {
        texts.enumerated().map { index, text in
            let strokes = text.enumerated().map { position, character in
                let x = Double(position) * 20 + offset
                return character == "l" ? "[[\(x),0],[\(x),30]]" : "[[\(x),0],[\(x + 6),30],[\(x + 12),0]]"
            }
            return
                "{\"id\":\"\(writer)\(index)\",\"writer\":\"\(writer)\",\"text\":\"\(text)\",\"strokes\":[\(strokes.joined(separator: ","))]}\n"
        }.joined()
    }

    init() {
        let texts = ["l", "v", "lv", "vl", "llv", "vvl", "lvl", "vlv"]
        let junk = "{\"id\":\"x\",\"text\":\"ä\",\"strokes\":[[[0,0],[1,1]]]}\n{\"id\":\"y\",\"strokes\":[[[0,0]]]}\n"
        _ = directory.write(
            Array((ink("a", texts, offset: 0) + ink("b", texts, offset: 3) + junk).utf8), to: "train.jsonl")
        _ = directory.write(Array(ink("c", texts.reversed(), offset: 1).utf8), to: "valid.jsonl")
    }

    private func train(_ more: String...) throws -> Command.Result {
        try Command(
            [
                "train", "ink", "--train", "train.jsonl", "--validation", "valid.jsonl", "--dropout", "0", "--rate",
                "0.02",
            ]
                + ["--warmup", "5", "--batch-rows", "200", "--average", "0.9"] + more, in: directory.path
        ).wait()
    }

    @Test func trainedModelReadsAndIsMeasured() throws {
        let result = try train(
            "--layers", "1", "--hidden", "16", "--alphabet", "lv", "--epochs", "60", "--name", "toy", "-o",
            "m.safetensors")
        #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
        #expect(result.errors.contains("strand: left out: 1 training sample without text"))
        #expect(result.errors.contains("strand: left out: 1 training sample with characters outside the alphabet"))
        let figures = try Command.run(
            "evaluate", "--model", "m.safetensors", "--markdown", "valid.jsonl", in: directory.path)
        #expect(figures.text.contains("| valid.jsonl | 8 | 1 | 18 | 0.0 "), "\(figures.text)")
        let card = try Command.run("inspect", "m.safetensors", in: directory.path).text
        #expect(card.hasPrefix("m.safetensors: ink model 'toy'") && card.contains("train: train.jsonl, 18 samples"))

        for cell in ["gru", "mgu", "rnn", "peephole-lstm"] {
            let other = try train(
                "--layers", "1", "--hidden", "16", "--alphabet", "lv", "--epochs", "60", "--cell", cell, "-o",
                "\(cell).safetensors")
            #expect(other.status == 0, "\(other.errors)")
            let figures = try Command.run(
                "evaluate", "--model", "\(cell).safetensors", "--markdown", "valid.jsonl", in: directory.path)
            #expect(figures.text.contains("| valid.jsonl | 8 | 1 | 18 | 0.0 "), "\(cell) \(figures.text)")
        }

        // Training continues from it: the sizes are the model's own.
        let tuned = try train("--from", "m.safetensors", "--epochs", "2", "-o", "tuned.safetensors")
        #expect(tuned.status == 0, "\(tuned.errors)")
        let tunedCard = try Command.run("inspect", "tuned.safetensors", in: directory.path).text
        #expect(
            tunedCard.contains("1 bidirectional LSTM layer of 16 units") && tunedCard.contains("start: m.safetensors"))
        #expect(try train("--from", "m.safetensors", "--alphabet", "lv", "-o", "x").status == 64)
        // An ink model labels no proteins.
        let wrong = try Command.run("label", "--model", "m.safetensors", input: ">a\nACD\n", in: directory.path)
        #expect(wrong.status == 1 && wrong.errors.contains("is a model for 'ink', not for 'protein'"))
    }

    /// Stopped after an epoch and resumed, training gives the bytes of an uninterrupted run.
    @Test func resumedTrainingIsTheSame() throws {
        let options = ["--layers", "1", "--hidden", "8", "--alphabet", "lv"]
        func run(_ more: [String]) throws -> Command.Result {
            try Command(
                ["train", "ink", "--train", "train.jsonl", "--validation", "valid.jsonl", "--batch-rows", "200"]
                    + options
                    + more, in: directory.path
            ).wait()
        }
        let files = ["--name", "n", "--epochs", "6"]
        #expect(try run(files + ["-o", "whole.safetensors"]).status == 0)
        let interrupted = try Command(
            ["train", "ink", "--train", "train.jsonl", "--validation", "valid.jsonl", "--batch-rows", "200"] + options
                + files + ["--checkpoint", "c.safetensors", "-o", "part.safetensors"], in: directory.path
        ).wait()
        #expect(interrupted.status == 0)
        #expect(interrupted.errors.contains(/strand: the rate rises over \d steps?, not 200: this training has \d+\n/))
        // The checkpoint is of the end: resuming has nothing to do and gives the same model.
        #expect(try run(files + ["--checkpoint", "c.safetensors", "--resume", "-o", "on.safetensors"]).status == 0)
        #expect(directory.bytes(of: "whole.safetensors") == directory.bytes(of: "part.safetensors"))
        #expect(directory.bytes(of: "whole.safetensors") == directory.bytes(of: "on.safetensors"))
        #expect(directory.bytes(of: "whole.safetensors") != nil)
    }

    @Test func languageModelOfTextsChangesReadings() throws {
        _ = directory.write(Array("llv\nvvl\n\nä\n".utf8), to: "text.txt")
        let made = try Command.run(
            "train", "text", "text.txt", "valid.jsonl", "--order", "3", "--validation", "valid.jsonl", "-o",
            "lm.safetensors", in: directory.path)
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.errors.contains("left out: 1 line with characters outside the alphabet"))
        #expect(made.errors.contains("valid.jsonl: ") && made.errors.contains(" bits a character"))
        let card = try Command.run("inspect", "lm.safetensors", in: directory.path).text
        #expect(card.hasPrefix("lm.safetensors: text model of ") && card.contains("of up to 3 characters"))
        let read = try Command.run("read", "--lm-model", "lm.safetensors", "valid.jsonl", in: directory.path)
        #expect(read.status == 0 && read.text.split(separator: "\n", omittingEmptySubsequences: false).count == 9)
        let wrong = try Command.run("read", "--model", "lm.safetensors", "valid.jsonl", in: directory.path)
        #expect(wrong.status == 1 && wrong.errors.contains("is a model for 'text', not for 'ink'"))
        let nothing = try Command.run("train", "text", "-o", "x", input: "", in: directory.path)
        #expect(nothing.status == 64)
    }
}
