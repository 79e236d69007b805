import Foundation
import StrandBytes
import StrandEngine
import StrandMetrics
import TestSupport
import Testing

/// `strand score`, and `strand evaluate` on ink.
@Suite struct ScoreTests {
    let directory = TemporaryDirectory()

    private func file(_ name: String, _ text: String) -> String { directory.write(Array(text.utf8), to: name) }

    private struct Report: Decodable {
        struct Rate: Decodable {
            var value: Double
            var substitutions: Int
            var deletions: Int
            var insertions: Int
            var reference: Int
        }
        var samples: Int
        var writers: Int?
        var characters: Rate
        var words: Rate
    }

    private func reports(_ arguments: String...) throws -> (reports: [Report], errors: String) {
        let result = try Command(arguments + ["--json", "-"]).wait()
        #expect(result.status == 0)
        return (try JSONDecoder().decode([Report].self, from: result.output), result.errors)
    }

    @Test func plainLinesAreComparedLineByLine() throws {
        let (reports, errors) = try reports(
            "score", file("t.txt", "a sheet of ink\nhello\n"), file("r.txt", "a sheet or ink\nhllo\n"))
        let report = try #require(reports.first)
        #expect(errors.isEmpty && report.samples == 2 && report.writers == nil)
        #expect(report.characters.substitutions == 1 && report.characters.deletions == 1)
        #expect(report.characters.reference == 19 && abs(report.characters.value - 2.0 / 19) < 1e-12)
        #expect(report.words.substitutions == 2 && report.words.reference == 5)
    }

    @Test func tablesAndJSONAreMatchedByID() throws {
        let truth = file(
            "t.jsonl",
            "{\"id\":\"a\",\"text\":\"abc\",\"writer\":\"w\"}\n{\"id\":\"b\",\"text\":\"de\",\"writer\":\"w\"}\n")
        let table = file("r.tsv", "id\trank\ttext\nc\t1\tzz\na\t1\tabc\na\t2\tabd\n")
        let (reports, errors) = try reports("score", truth, table)
        let report = try #require(reports.first)
        #expect(report.writers == 1 && report.characters.deletions == 2 && report.characters.value == 0.4)
        #expect(errors.contains("1 text without a reading: counted as deletions (b)"))
        #expect(errors.contains("1 text without a true text: left out (c)"))
    }

    @Test func idsMustDiffer() throws {
        let twice = file("t.tsv", "id\ttext\na\tx\na\ty\n")
        let result = try Command.run("score", twice, twice)
        #expect(result.status == 1)
        #expect(result.errors == "strand: error: \(twice): record a: two records have this id; give each its own\n")
    }

    @Test func evaluationOfInkEqualsReadingAndScoring() throws {
        let ink = TestFiles.path("data/examples/handwriting.jsonl.gz")
        let table = directory("r.tsv")
        #expect(try Command.run("read", "--format", "tsv", "-o", table, ink).status == 0)
        let scored = try #require(try reports("score", ink, table).reports.first)
        let evaluated = try #require(try reports("evaluate", ink).reports.first)
        #expect(scored.samples == 6 && scored.writers == 2)
        #expect(scored.characters.value == evaluated.characters.value && scored.words.value == evaluated.words.value)
        let text = try Command.run("evaluate", ink).text
        #expect(text.contains("6 samples of 2 writers") && text.contains("CER") && text.contains("WER"))
        #expect(try Command.run("evaluate", "--markdown", ink).text.hasPrefix("| set | samples | writers |"))
    }

    /// Characters the model cannot read count as errors, and a message says so.
    @Test func foreignCharactersCountAsErrors() throws {
        let ink = file("i.jsonl", "{\"id\":\"a\",\"text\":\"äö\",\"strokes\":[[[0,0],[0,9]]]}\n")
        let (reports, errors) = try reports("evaluate", ink)
        #expect(errors.contains("1 sample with characters the model cannot read: errors"))
        #expect((reports.first?.characters.value ?? 0) >= 1)
    }

    @Test func whatCannotBeMeasuredIsRefused() throws {
        let silent = file("s.jsonl", "{\"id\":\"a\",\"strokes\":[[[0,0],[0,9]]]}\n")
        let result = try Command.run("evaluate", silent)
        #expect(
            result.status == 1 && result.errors.contains(" has a text; give ink with its text")
                || result.errors.contains("its one sample has no text"))
        let mixed = try Command.run("evaluate", silent, TestFiles.path("data/examples/structures.ssfa"))
        #expect(mixed.status == 64)
    }
}
