import Foundation
import TestSupport
import Testing

/// Data without anything to learn from, to select a model on or to fit a temperature on: an error before the work, no file.
@Suite struct NothingUsableTests {
    let directory = TemporaryDirectory()

    private static let stroke = "[[0,0],[1,5],[3,30]]"

    private func ink(_ name: String, _ samples: (text: String?, strokes: String)...) -> String {
        let lines = samples.enumerated().map { index, sample in
            "{\"id\":\"s\(index)\"\(sample.text.map { ",\"text\":\"\($0)\"" } ?? ""),\"strokes\":[\(sample.strokes)]}\n"
        }
        _ = directory.write(Array(lines.joined().utf8), to: name)
        return name
    }

    private func chains(_ name: String, _ text: String) -> String {
        _ = directory.write(Array(text.utf8), to: name)
        return name
    }

    private func train(_ kind: String, _ train: String, _ validation: String, status: Int32) throws -> String {
        let result = try Command(
            [
                "train", kind, "--train", train, "--validation", validation, "--layers", "1", "--hidden", "8",
                "--epochs", "1", "--checkpoint", "c.safetensors", "--log", "l.jsonl", "-o", "m.safetensors",
            ], in: directory.path
        ).wait()
        #expect(result.status == status, "\(result.errors)")
        return result.errors
    }

    @Test func trainingOnInk() throws {
        let usable = ink("ok.jsonl", ("l", Self.stroke))
        let advice = "; give ink with its text, in the alphabet's characters and no longer than the ink\n"
        for (name, sample) in [
            ("silent.jsonl", (nil, Self.stroke)), ("empty.jsonl", ("", Self.stroke)), ("blank.jsonl", ("l", "")),
        ] as [(String, (String?, String))] {
            let file = ink(name, sample)
            let before = directory.names
            let toLearn = try train("ink", file, usable, status: 1)
            #expect(toLearn.hasSuffix("strand: error: \(name): no sample to learn from\(advice)"))
            let toSelect = try train("ink", usable, file, status: 1)
            #expect(toSelect.hasSuffix("strand: error: \(name): no sample to select a model on\(advice)"))
            #expect(directory.names == before)
        }
        #expect(
            try train("ink", ink("foreign.jsonl", ("ä", Self.stroke)), usable, status: 1).contains(
                "left out: 1 training sample with characters outside the alphabet\nstrand: error: foreign.jsonl: no sample"
            ))
    }

    @Test func trainingOnChains() throws {
        let none = chains("u.ssfa", ">a\nACD\n---\n")
        let some = chains("l.ssfa", ">a\nACDEF\nHHEGT\n")
        let before = directory.names
        #expect(
            try train("protein", none, some, status: 1)
                == "strand: error: u.ssfa: no residue has a label; there is nothing to learn from\n")
        #expect(
            try train("protein", some, none, status: 1)
                == "strand: error: u.ssfa: no residue has a label; there is nothing to select a model on\n")
        #expect(directory.names == before)
    }

    /// Samples without ink, or with too little for their text, are said, not stumbled over.
    @Test func temperaturesOfInk() throws {
        let mixed = ink(
            "mixed.jsonl", ("l", Self.stroke), ("l", ""), ("l", "[]"), ("llllllllllllllllllll", Self.stroke))
        #expect(try train("ink", mixed, mixed, status: 0).contains("strand: temperature fitted on 1 of 4 samples: "))
        func calibrate(_ file: String, status: Int32) throws -> String {
            let result = try Command.run(
                "calibrate", "--model", "m.safetensors", "-o", "n.safetensors", file, in: directory.path)
            #expect(result.status == status)
            return result.errors
        }
        let said = try calibrate(mixed, status: 0)
        #expect(
            said.hasPrefix(
                "strand: temperature fitted on 1 of 4 samples: the others have no text that the model can write, or too "
                    + "little ink for it\nstrand: temperature "))
        try FileManager.default.removeItem(atPath: directory("n.safetensors"))
        #expect(
            try calibrate(ink("blank.jsonl", ("l", "")), status: 1)
                == "strand: error: blank.jsonl: no sample to fit the temperature on; give ink with its text, in the "
                + "alphabet's characters and no longer than the ink\n")
        #expect(directory.bytes(of: "n.safetensors") == nil)
    }

    /// Chains of three states among those of eight are said, and are not in Q8.
    @Test func threeStatesAmongEight() throws {
        let mixed = chains("mixed.ssfa", ">a\nACDEF\nHGEST\n>b\nACDEF\nHHECC\n")
        let said = try train("protein", mixed, mixed, status: 0)
        #expect(
            said.contains("strand: mixed.ssfa: 1 of 2 chains has labels of three states: learned as labels of eight\n"))
        #expect(said.contains("strand: mixed.ssfa: 1 of 2 chains has labels of three states: left out of Q8\n"))
        #expect(said.contains(/validation Q3 [0-9.]+ %, Q8 [0-9.]+ %/))
        let three = chains("three.ssfa", ">a\nACDEF\nHHECC\n")
        try FileManager.default.removeItem(atPath: directory("c.safetensors"))
        try FileManager.default.removeItem(atPath: directory("l.jsonl"))
        #expect(try train("protein", mixed, three, status: 0).contains(/validation Q3 [0-9.]+ % \(best/))

        let text = try Command.run("evaluate", "mixed.ssfa", in: directory.path).text
        #expect(text.contains("\n  Q8 over 1 of 2 chains: only these have eight states\n"))
        // Five residues count, in the rows of the eight states.
        let figures = text.split(separator: "  Q8   ")[1].split(separator: "    mean ")[0]
        let rows = figures.matches(of: #/\n    [HGIEBTSC] +(\d+) /#)
        #expect(rows.reduce(0) { $0 + (Int($1.1) ?? 0) } == 5, "\(text)")
        let markdown = try Command.run("evaluate", "--markdown", "mixed.ssfa", in: directory.path).text
        #expect(markdown.hasSuffix("\n\n- mixed.ssfa: Q8 over 1 of 2 chains: only these have eight states\n"))
        let all = try Command.run("evaluate", "--labels", "8", "mixed.ssfa", in: directory.path).text
        #expect(all.contains("Q8") && !all.contains("Q8 over"))
        let scored = try Command.run("score", "mixed.ssfa", "mixed.ssfa", in: directory.path).text
        #expect(scored.contains("\n  Q8 over 1 of 2 chains: only these have eight states\n"))
    }
}
