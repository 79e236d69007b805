import Foundation
import TestSupport
import Testing

/// Texts as other programs lay them out.
@Suite struct ScoreTextLayoutTests {
    let directory = TemporaryDirectory()

    private func file(_ name: String, _ text: String) -> String { directory.write(Array(text.utf8), to: name) }

    private func score(_ arguments: String..., status: Int32 = 0) throws -> (text: String, errors: String) {
        let result = try Command(["score"] + arguments, in: directory.path).wait()
        #expect(result.status == status, "\(result.errors)")
        return (result.text, result.errors)
    }

    /// sclite's transcripts have the id behind the text; the order of the lines does not matter.
    @Test func transcriptsAreMatchedByID() throws {
        let truth = file("t.trn", ";; made by hand\nhello (big) world (spk1-utt1)\n(spk1-utt2)\nfoo (spk2_u3)\n\n")
        let readings = file("r.trn", "foo (spk2_u3)\nhello (big) world (spk1-utt1)\n (spk1-utt2)\n")
        let (text, errors) = try score(truth, readings)
        #expect(text.contains("  3 samples, 20 characters; ") && text.contains("CER                 0.00 %"), "\(text)")
        #expect(errors.isEmpty)
        // By content too, and against another format.
        let table = file("r.tsv", "id\ttext\nspk2_u3\tfoo\nspk1-utt1\thello (big) world\n")
        let (part, missing) = try score(file("t.txt", "hello (big) world (spk1-utt1)\nfoo (spk2_u3)\n"), table)
        #expect(part.contains("CER                 0.00 %") && missing.isEmpty)
        // Words in parentheses are no ids, and the layout can be said.
        let lines = file("l.txt", "see (below)\nsee (above)\n")
        #expect(try score(lines, lines).text.contains("2 samples, 22 characters"))
        #expect(try score("--format", "lines", truth, truth).text.contains("5 samples"))
        #expect(try score("--format", "trn", lines, lines).text.contains("2 samples, 6 characters"))
        let cut = file("c.trn", "one (a1)\ntwo\n")
        #expect(
            try score("--format", "trn", cut, cut, status: 1).errors
                == "strand: error: \(cut):2: no id in parentheses ends 'two', as in other lines; add it; or say with "
                + "--format lines that lines are text\n")
    }

    @Test func rowsWithoutNamesOfColumnsAreNamed() throws {
        let table = file("t.csv", "a,hello\nb,\"x, y\"\n")
        #expect(
            try score(table, table, status: 1).errors
                == "strand: error: \(table): each line is a row of a table ('a,hello'), or seems to; name its columns in the "
                + "first row (id, text); or say with --format lines that lines are text\n")
        #expect(try score("--format", "lines", table, table).text.contains("2 samples"))
        for text in ["yes, sir\nno, sir\n", "a,b\na,c\n", "a,b\n", "a,b\ntwo words,b\n"] {
            let lines = file("l.txt", text)
            #expect(try score(lines, lines).text.contains("CER                 0.00 %"))
        }
    }

    /// Nothing but empty readings is all deletions, in every format.
    @Test func emptyReadingsAreReadings() throws {
        let truth = file("t.jsonl", "{\"id\":\"a\",\"text\":\"xx\"}\n{\"id\":\"b\",\"text\":\"yy\"}\n")
        var figures: [String] = []
        for (name, text) in [
            ("r.jsonl", "{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"b\",\"text\":\"\"}\n"),
            ("r.tsv", "id\trank\tprobability\ttext\na\t1\t0.5\t\nb\t1\t0.5\t\n"), ("o.tsv", "id\ttext\na\t\nb\t\n"),
            ("r.csv", "id,text\na,\"\"\nb,\n"),
        ] {
            let (table, errors) = try score(truth, file(name, text))
            figures.append(table.split(separator: "\n").dropFirst().joined(separator: "\n"))
            #expect(errors.isEmpty)
        }
        #expect(figures[0].contains("CER                 100.00 %") && Set(figures).count == 1)
        let ink = file("i.jsonl", "{\"id\":\"a\",\"strokes\":[[[1,2]]]}\n")
        #expect(try score(truth, ink, status: 1).errors.contains("its one sample has no text; give ink with its text"))
    }

    /// A single writer, or text, tells nothing of others.
    @Test func aSingleGroupHasNoInterval() throws {
        let truth = file(
            "t.jsonl", "{\"id\":\"a\",\"text\":\"xx\",\"writer\":7}\n{\"id\":\"b\",\"text\":\"yy\",\"writer\":7}\n")
        let readings = file("r.tsv", "id\ttext\na\txx\nb\tyz\n")
        let (text, _) = try score(truth, readings, truth, "--json", directory("f.json"))
        #expect(text.contains("  2 samples of 1 writer, 4 characters; no interval: of 1 writer none can be told\n"))
        #expect(text.contains("  CER                 25.00 %   1 substitution, 0 deletions, 0 insertions\n"))
        #expect(
            text.contains(
                "CER: r.tsv minus t.jsonl 25.00 points, p - (paired bootstrap); better on 0, worse on 1, p 1.000"))
        let json = String(decoding: try #require(directory.bytes(of: "f.json")), as: UTF8.self)
        #expect(json.contains("\"lower\" : null") && json.contains("\"pValue\" : null"))
        #expect(json.contains("\"interval\" : \"no interval: of 1 writer none can be told\""))
        #expect(
            try score("--markdown", truth, readings).text.hasSuffix(
                "| t.jsonl | 2 | 1 | 4 | 25.0 | 50.0 | 25.0 | 25.0 |\n\n- t.jsonl: no interval: of 1 writer none can be told\n"
            ))
        let chain = file("c.ssfa", ">a\nMKTAY\nHHGET\n")
        let scored = try score(chain, chain).text
        #expect(scored.contains("  1 chain, 5 residues, 5 labelled; "))
        #expect(scored.contains("three states: truth by HGI/EB; no interval: of 1 chain none can be told\n"))
        #expect(scored.contains("  Q3          100.00 %   mean over chains  100.00 %\n"))
    }

    /// What is below 0.001 is no tag, and names are no markup.
    @Test func pagesAreEscaped() throws {
        let lines = (0..<40).map { "line \($0)" }
        let truth = file("t.txt", lines.joined(separator: "\n") + "\n")
        let worse = file("<b>&.txt", lines.map { $0.replacing("line", with: "lime") }.joined(separator: "\n") + "\n")
        _ = try score(truth, truth, worse, "--report", directory("r.html"))
        let page = String(decoding: try #require(directory.bytes(of: "r.html")), as: UTF8.self)
        #expect(page.contains("&lt; 0.001") && !page.contains("< 0.001"))
        #expect(page.contains("&lt;b&gt;&amp;.txt") && !page.contains("<b>&.txt"))
        #expect(page.contains("first minus second [95 %]"))
    }
}
