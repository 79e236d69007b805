import Foundation
import TestSupport
import Testing

/// What `strand score` and `strand evaluate` take for texts, and what they leave out.
@Suite struct ScoreTextTests {
    let directory = TemporaryDirectory()

    private func file(_ name: String, _ text: String) -> String { directory.write(Array(text.utf8), to: name) }

    private func score(_ arguments: String..., status: Int32 = 0) throws -> (text: String, errors: String) {
        let result = try Command(["score"] + arguments, in: directory.path).wait()
        #expect(result.status == status, "\(result.errors)")
        return (result.text, result.errors)
    }

    @Test(arguments: [
        ("t.csv", "id,text\na,\"one, two\"\nb,three\n"),
        ("t.csv", "\u{FEFF}text;id;split\n\"one, two\";a;x\nthree;b;x\n"),
        ("t.tsv", "id\ttext\na\tone, two\nb\tthree\n"),
        ("t.json", "[{\"id\":\"a\",\"text\":\"one, two\"},\n{\"id\":\"b\",\"text\":\"three\"}]"),
        ("t.json", "{\n  \"id\": \"a\",\n  \"text\": \"one, two\"\n}\n{\n  \"id\": \"b\",\n  \"text\": \"three\"\n}\n"),
        ("t.csv", "sample,writer,text,stroke,x,y\na,w,\"one, two\",0,1,2\nb,w,three,0,1,2\n"),
        (
            "t.inkml",
            "<ink><traceGroup xml:id=\"a\"><annotation type=\"truth\">one, two</annotation><trace>1 1</trace></traceGroup>"
                + "<traceGroup xml:id=\"b\"><annotation type=\"truth\">three</annotation><trace>1 1</trace></traceGroup></ink>"
        ),
    ]) func textsAreMatchedByIDInEveryFormat(name: String, truth: String) throws {
        let readings = file("r.csv", "id,text\nb,three\na,\"one, two\"\n")
        let (text, errors) = try score(file(name, truth), readings)
        #expect(text.contains("CER                 0.00 %") && text.contains("2 samples"), "\(text)")
        #expect(errors.isEmpty, "\(errors)")
    }

    /// A cell that starts with a quotation mark is quoted, in tables of tabs too; other marks are text.
    @Test func quotationFollowsRFC4180() throws {
        let truth = file("t.tsv", "id\ttext\na\tsay \"hi\"\nb\t5\" pipe\nc\t\\frac\n")
        let readings = file("r.tsv", "id\ttext\na\t\"say \"\"hi\"\"\"\nb\t5\" pipe\nc\t\\frac\n")
        #expect(try score(truth, readings).text.contains("CER                 0.00 %"))
    }

    @Test func linesOfTextWithCommasStayLines() throws {
        let truth = file("t.txt", "Dear Jennifer, hello\n[unclear] yes\n")
        #expect(try score(truth, truth).text.contains("2 samples, 33 characters"))
    }

    @Test func tablesWithoutTheColumnsAreRefused() throws {
        let table = file("t.csv", "filename,text\na.png,one\n")
        #expect(
            try score(table, table, status: 1).errors
                == "strand: error: \(table):1: no column 'id' in the first row; name the columns there\n")
    }

    @Test(arguments: ["{\"id\":\"b\",\"text\":null}", "{\"id\":\"b\",\"strokes\":[[[1,2]]]}"])
    func samplesWithoutTextAreLeftOut(line: String) throws {
        let truth = file("t.jsonl", "{\"id\":\"a\",\"text\":\"one\",\"strokes\":[[[1,2],[3,4]]]}\n\(line)\n")
        let (text, errors) = try score(truth, file("r.tsv", "id\ttext\na\tone\nb\tthree\n"))
        #expect(
            text.contains(
                "  1 sample (1 more without text left out), 3 characters; no interval: of 1 text none can be told\n"))
        #expect(text.contains("CER                 0.00 %"))
        #expect(errors == "strand: \(truth): 1 sample without text: left out (b)\n")
        let ink = file(
            "i.jsonl",
            "{\"id\":\"a\",\"text\":\"one\",\"strokes\":[[[1,2],[3,4]]]}\n{\"id\":\"b\",\"strokes\":[[[1,2]]]}\n")
        let evaluated = try Command.run("evaluate", ink)
        #expect(evaluated.text.contains("  1 sample (1 more without text left out), 3 characters;"))
        #expect(evaluated.errors == "strand: i.jsonl: 1 sample without text: left out\n")
    }

    @Test func emptyTextsHaveNoErrorRate() throws {
        let (text, _) = try score(file("t.txt", "\n\n"), file("r.txt", "a\nb\n"))
        #expect(
            text.contains(
                "  CER                 -  (no symbols in the true texts)   0 substitutions, 0 deletions, 2 insertions\n"
            ))
        #expect(text.contains("  2 samples, 0 characters") && !text.contains("CER                 0"))
        let json = try score("--json", "-", directory("t.txt"), directory("r.txt")).text
        #expect(json.contains("\"insertions\" : 2") && !json.contains("\"value\" : 0,\n      \"words\""))
        #expect(
            try score("--markdown", directory("t.txt"), directory("r.txt")).text.contains(
                "| 2 | - | 0 | - | - | - | - |"))
    }

    @Test func writersOnlyWhereThereAreWriters() throws {
        let truth = file(
            "t.jsonl", "{\"id\":\"a\",\"text\":\"x\",\"writer\":7}\n{\"id\":\"b\",\"text\":\"y\",\"writer\":7}\n")
        #expect(
            try score(truth, truth).text.contains(
                "2 samples of 1 writer, 2 characters; no interval: of 1 writer none can be told\n"))
        let lines = file("t.txt", "x\ny\n")
        let (text, _) = try score(lines, lines, "--json", directory("f.json"))
        #expect(text.contains("2 samples, 2 characters; [95 % interval over texts]"))
        let json = String(decoding: try #require(directory.bytes(of: "f.json")), as: UTF8.self)
        #expect(!json.contains("writer") && json.contains("bootstrap over texts"))
    }

    @Test func systemsAreNamedInEveryOutput() throws {
        let truth = file("t.txt", "ab\n")
        let (text, _) = try score(
            truth, file("x.txt", "ab\n"), file("y.txt", "a\n"), "--json", directory("f.json"), "--report",
            directory("r.html"))
        #expect(
            text.contains("t.txt  (x.txt)") && text.contains("t.txt  (y.txt)")
                && text.contains("CER: x.txt minus y.txt")
        )
        let markdown = try score("--markdown", truth, directory("x.txt"), directory("y.txt")).text
        #expect(markdown.hasPrefix("| set | read by | samples | writers |"))
        #expect(markdown.contains("\n| t.txt | x.txt | 1 | - | 2 | 0.0 |"))
        for name in ["f.json", "r.html"] {
            let output = String(decoding: try #require(directory.bytes(of: name)), as: UTF8.self)
            #expect(output.contains("x.txt") && output.contains("y.txt"))
        }
    }

    @Test func partOfTheTextsIsSaidAndNoneIsAnError() throws {
        let truth = file("t.tsv", "id\ttext\na\tone\nb\ttwo\n")
        let part = try score(truth, file("r.tsv", "id\ttext\na\tone\n"))
        #expect(part.text.contains("  readings of 1 of 2 samples, 6 characters"))
        #expect(try score("--markdown", truth, directory("r.tsv")).text.contains("| t.tsv | 1 of 2 |"))
        let other = file("o.tsv", "id\ttext\n1\tone\n2\ttwo\n")
        #expect(
            try score(truth, other, status: 1).errors
                == "strand: error: \(other): no text has the id of a true one ('1' here, 'a' in 't.tsv'); "
                + "give both files the same ids\n")
    }

    @Test func idsBeforeTextsAreNamed() throws {
        let truth = file("t.txt", "utt1 one two\nutt2 three\n")
        let readings = file("r.txt", "utt2 three\nutt1 one two\n")
        let (text, errors) = try score(truth, readings, status: 1)
        #expect(text.isEmpty)
        #expect(
            errors
                == "strand: error: \(truth): each line begins with an id ('utt1'), as in Kaldi's files, or seems to; "
                + "say with --format kaldi that they are ids, or with --format lines that they are text\n")
        #expect(try score("--format", "kaldi", truth, readings).text.contains("CER                 0.00 %"))
        // Ids of digits, a text that is empty, and a tab after the id.
        let numbers = file("n.txt", "0001 one two\n0002\n0003 three\n")
        #expect(try score(numbers, numbers, status: 1).errors.contains("each line begins with an id ('0001')"))
        let tabs = file("tabs.txt", "utt1\tone two\nutt2\tthree\n")
        #expect(try score("--format", "kaldi", tabs, readings).text.contains("CER                 0.00 %"))
        #expect(try score("--format", "lines", truth, truth).text.contains("2 samples, 22 characters"))
    }
}
