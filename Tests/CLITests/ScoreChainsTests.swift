import Foundation
import StrandEngine
import StrandProteins
import TestSupport
import Testing

/// `strand score` on chains: any format as truth, systems as files lie, ids as programs change them.
@Suite struct ScoreChainsTests {
    let directory = TemporaryDirectory()
    private static let (sequence, labels) = ("MKTAYIAKQR", "CCHHHHHHCC")

    private func file(_ name: String, _ text: String) -> String {
        if let slash = name.lastIndex(of: "/") {
            try? FileManager.default.createDirectory(
                atPath: directory(String(name[..<slash])), withIntermediateDirectories: true)
        }
        _ = directory.write(Array(text.utf8), to: name)
        return name
    }

    private func score(_ arguments: String..., input: String = "", status: Int32 = 0) throws -> Command.Result {
        let result = try Command(["score"] + arguments, input: Data(input.utf8), in: directory.path).wait()
        #expect(result.status == status, "\(arguments): \(result.errors)")
        return result
    }

    private func reports(_ arguments: String...) throws -> [ProteinReport] {
        let result = try Command(["score", "--json", "-"] + arguments, in: directory.path).wait()
        #expect(result.status == 0, "\(result.errors)")
        return try JSONDecoder().decode([ProteinReport].self, from: result.output)
    }

    private func rows(_ sequence: String, _ labels: String) -> String {
        zip(sequence, labels).enumerated().map { index, pair in
            let number = String(index + 1)
            return String(repeating: " ", count: 4 - number.count)
                + "\(number) \(pair.0) \(pair.1)"
                + "CHE".map { $0 == pair.1 ? "  0.900" : "  0.050" }.joined() + "\n"
        }.joined()
    }

    private func ss2(_ labels: String = labels, header: String? = nil, sequence: String = sequence) -> String {
        "# PSIPRED VFORMAT (PSIPRED V4.0)\n" + (header.map { "# >\($0)\n" } ?? "") + "\n" + rows(sequence, labels)
    }

    private func horiz(_ labels: String = labels, sequence: String = sequence) -> String {
        let digits = String(repeating: "9", count: labels.count)
        return "# PSIPRED HFORMAT (PSIPRED V4.0)\n\nConf: \(digits)\nPred: \(labels)\n  AA: \(sequence)\n"
    }

    init() {
        _ = file("p.ssfa", ">a\n\(Self.sequence)\n\(Self.labels)\n")
    }

    // MARK: Truth

    @Test func theTruthMayHaveAnyFormat() throws {
        var dssp =
            "==== Secondary Structure Definition by the program DSSP, NKI version 4.0\n  #  RESIDUE AA STRUCTURE\n"
        for (index, (residue, label)) in zip(Self.sequence, Self.labels).enumerated() {
            let number = String(repeating: " ", count: index < 9 ? 4 : 3) + "\(index + 1)"
            dssp += "\(number)\(number) A \(residue)  \(label == "C" ? " " : String(label))\n"
        }
        let cells = zip(Self.sequence, Self.labels).enumerated().map { ($0.offset + 1, $0.element.0, $0.element.1) }
        let netsurfp = "id,seq,n,q3,q8\n" + cells.map { "a,\($0.1),\($0.0),\($0.2),\($0.2)\n" }.joined()
        let table = "id\tposition\tstate\n" + cells.map { "a\t\($0.0)\t\($0.2)\n" }.joined()
        for (name, text) in [
            ("a.ss2", ss2()), ("a.horiz", horiz()), ("n.csv", netsurfp), ("p.tsv", table),
            ("t.csv", "name,sequence,ss3\na,\(Self.sequence),\(Self.labels)\n"),
            ("f.jsonl", "{\"id\":\"a\",\"sequence\":\"\(Self.sequence)\",\"label\":\"\(Self.labels)\"}\n"),
            ("l.jsonl", "{\"id\":\"a\",\"labels\":\"\(Self.labels)\"}\n"),
        ] {
            let report = try #require(try reports(file(name, text), "p.ssfa").first)
            #expect(report.threeStates?.accuracy.value == 1 && report.labelledResidues == 10, "\(name)")
            #expect(report.file == name && report.model == "p.ssfa")
            // NetSurfP's table has eight states beside three, whichever of them occur.
            #expect((report.reduction == nil) == (name != "n.csv"))
        }
        // Without a line HEADER the file's name is the entry's.
        _ = file("truth.dssp", dssp)
        let result = try score("truth.dssp", "p.ssfa")
        #expect(result.errors == "strand: p.ssfa: 1 chain found by the sequence (truth-A: a)\n")
        #expect(result.text.contains("Q3          100.00 %"))
        _ = file("q.ssfa", ">truth-A\n\(Self.sequence)\n\(Self.labels)\n")
        #expect(try score("truth.dssp", "q.ssfa").errors.isEmpty)
        // A prediction of the whole chain has residues that DSSP did not see.
        _ = file("w.ssfa", ">truth-A\nGSH\(Self.sequence)GG\nHHH\(Self.labels)HH\n")
        let whole = try score("truth.dssp", "w.ssfa")
        #expect(
            whole.errors == "strand: w.ssfa: 1 chain with residues that DSSP's own format lacks: these are left out "
                + "(truth-A)\n")
        #expect(whole.text.contains("1 chain, 10 residues") && whole.text.contains("Q3          100.00 %"))
        let piped = try score("-", "p.ssfa", input: ">a\n\(Self.sequence)\n\(Self.labels)\n")
        #expect(piped.text.contains("Q3          100.00 %"))
    }

    /// No truth of proteins is measured as handwriting.
    @Test(arguments: [
        (
            ">a\nMKTAYIAKQR\nCCHHHHHHC\n",
            "t:3: record a: 9 labels for 10 residues; give one label a residue, '-' where there is none"
        ),
        (
            ">a\nMKTAYIAKQR\nCCHHHHHHCC\n1111111100\n",
            "t:4: record a: a fourth line as long as the labels, such as a mask; a labelled record has three: header, "
                + "sequence, labels"
        ),
        (
            ">a\nMKTAYIAKQR\n",
            "t: is FASTA without labels; a labelled record has three lines: header, sequence, labels; 'strand label' "
                + "predicts labels"
        ),
        (
            ">a\nMKTAYIAKQRMKTAYIAKQR\nMKTAYIA\n>b\nMKT\n",
            "t: is FASTA without labels; a labelled record has three lines: header, sequence, labels; 'strand label' "
                + "predicts labels"
        ),
        (
            "\u{FEFF}\u{FEFF}>a\nMKTAYIAKQR\nCCHHHHHHCC\n",
            "t:1: byte order mark (U+FEFF) at column 1; remove it"
        ),
        (
            ">a\nCCHHHHHHCCHHHEEEECCC\n",
            "t: is labels without sequences; put each below its sequence: header, sequence, labels"
        ),
    ])
    func aFaultyTruthIsNamed(text: String, message: String) throws {
        let result = try score(file("t", text), "p.ssfa", status: 1)
        #expect(result.errors == "strand: error: \(message)\n" && result.output.isEmpty)
    }

    @Test func textsAndChainsAreNotCompared() throws {
        let result = try score(file("t.txt", "a sheet of ink\n"), "p.ssfa", status: 1)
        #expect(
            result.errors == "strand: error: p.ssfa: is labelled FASTA, and texts, as the truth has them, is needed; "
                + "'strand score' and 'strand evaluate' measure on it\n")
        let swapped = try score("p.ssfa", "t.txt", status: 1)
        #expect(swapped.errors.hasPrefix("strand: error: t.txt: no known format of chains with labels; give "))
    }

    // MARK: Systems

    /// PSIPRED leaves `.ss`, `.ss2` and `.horiz` of a chain: one system.
    @Test func psipredsOwnFolder() throws {
        _ = file("run/a.ss", rows(Self.sequence, Self.labels))
        _ = file("run/a.ss2", ss2())
        _ = file("run/a.horiz", horiz())
        _ = file("run/a.fasta", ">a\n\(Self.sequence)\n")
        let result = try score("p.ssfa", "run")
        #expect(
            result.errors == """
                strand: run: 2 files left out, not of chains with labels (a.fasta, a.ss)
                strand: run: 1 file left out, .horiz beside .ss2 (a.horiz)

                """)
        #expect(result.text.hasPrefix("p.ssfa  (run)\n  1 chain, 10 residues"))
        let files = try score("p.ssfa", "run/a.horiz", "run/a.ss2")
        #expect(files.errors.contains("strand: a.ss2: 1 file left out, .horiz beside .ss2 (a.horiz)\n"))
        #expect(files.text.hasPrefix("p.ssfa  (a.ss2)\n"))
        _ = file("none/a.ss", rows(Self.sequence, Self.labels))
        #expect(
            try score("p.ssfa", "none", status: 1).errors.hasPrefix(
                "strand: error: none: no file of chains with labels in this folder; put some there: "))
    }

    @Test func systemsAsTheirFilesLie() throws {
        _ = file("t.ssfa", ">a\n\(Self.sequence)\n\(Self.labels)\n>b\nMKV\nHHC\n")
        // Several chains in a file: each file is a system.
        let both = ss2(header: "a") + ss2("HHC", header: "b", sequence: "MKV")
        _ = file("mine.ss2", both)
        _ = file("theirs.ss2", both.replacing(" K H ", with: " K C "))
        #expect(try reports("t.ssfa", "mine.ss2", "theirs.ss2").map(\.model) == ["mine.ss2", "theirs.ss2"])
        // A chain in a file: together one system, or one a folder, or one each.
        for folder in ["x", "y"] {
            _ = file("\(folder)/a.ss2", ss2())
            _ = file("\(folder)/b.ss2", ss2("HHC", sequence: "MKV"))
        }
        #expect(try reports("t.ssfa", "x/a.ss2", "x/b.ss2").map(\.model) == ["2 PSIPRED files"])
        #expect(try reports("t.ssfa", "x/a.ss2", "y/b.ss2").map(\.model) == ["2 PSIPRED files"])
        #expect(try reports("t.ssfa", "y/a.ss2", "y/b.ss2", "x/b.ss2", "x/a.ss2").map(\.model) == ["x", "y"])
        _ = file("one.ss2", ss2(header: "a"))
        _ = file("two.ss2", ss2(header: "a"))
        #expect(try reports("p.ssfa", "one.ss2", "two.ss2").map(\.model) == ["one.ss2", "two.ss2"])
    }

    /// Systems of one name are told apart by their paths, in every output.
    @Test func whichSystemIsWhich() throws {
        for folder in ["x", "y"] { _ = file("\(folder)/p.ssfa", ">a\n\(Self.sequence)\n\(Self.labels)\n") }
        #expect(try reports("p.ssfa", "x/p.ssfa", "y/p.ssfa").map(\.model) == ["x/p.ssfa", "y/p.ssfa"])
        #expect(try reports("p.ssfa", "x/p.ssfa", "x/p.ssfa").map(\.model) == ["x/p.ssfa (1)", "x/p.ssfa (2)"])
        let result = try score("p.ssfa", "x/p.ssfa", "y/p.ssfa", "--markdown", "--report", "r.html")
        #expect(result.text.hasPrefix("| set | predicted by | chains |"))
        #expect(result.text.contains("| p | x/p.ssfa | 1 | 10 of 10 |") && result.text.contains("| p | y/p.ssfa | 1 |"))
        let page = String(decoding: directory.bytes(of: "r.html") ?? [], as: UTF8.self)
        #expect(page.contains("<h2>p.ssfa: x/p.ssfa</h2>") && page.contains("<h2>p.ssfa: y/p.ssfa</h2>"))
        #expect(page.contains("Three states: truth as labelled."))
    }

    // MARK: Ids

    /// PSIPRED's files have the names of chains without bars; S4PRED's are in upper case without hyphens.
    @Test func idsAsProgramsChangeThem() throws {
        _ = file("t.ssfa", ">sp|P1|A\n\(Self.sequence)\n\(Self.labels)\n>1abc-A\nMKV\nHHC\n>c\nMK\nHH\n")
        _ = file("s/sp_P1_A.ss2", ss2())
        _ = file("s/1ABCA.ss2", ss2("HHC", sequence: "MKV"))
        let result = try score("t.ssfa", "s", "--json", "f.json", "--report", "r.html")
        #expect(
            result.errors == """
                strand: s: 2 chains found by another form of the id (1abc-A: 1ABCA, sp|P1|A: sp_P1_A)
                strand: s: 1 chain without a prediction: all wrong (c)

                """)
        #expect(result.text.hasPrefix("t.ssfa  (s)\n  2 of 3 chains predicted, the others wrong, 15 residues"))
        #expect(try score("t.ssfa", "s", "--markdown").text.contains("| t | s | 2 of 3 | 15 of 15 |"))
        let json = Data(directory.bytes(of: "f.json") ?? [])
        let report = try #require(try JSONDecoder().decode([ProteinReport].self, from: json).first)
        #expect(report.prediction?.predictedChains == 2 && report.prediction?.trueChains == 3)
        #expect(report.prediction?.foundByOtherID == 2)
        #expect(String(decoding: directory.bytes(of: "r.html") ?? [], as: UTF8.self).contains(">2 of 3</td>"))
        let common = try score("t.ssfa", "s", "--common")
        #expect(common.text.hasPrefix("t.ssfa  (s)\n  2 of 3 chains predicted by all, 13 residues"))
    }

    @Test func noChainMatched() throws {
        _ = file("t.ssfa", ">x1\n\(Self.sequence)\n\(Self.labels)\n>x2\nMKV\nHHC\n")
        for arguments in [[], ["--common"], ["--json", "f.json"], ["--markdown", "--report", "r.html"]] {
            let result = try Command(["score", "t.ssfa", "p.ssfa"] + arguments, in: directory.path).wait()
            #expect(result.status == 1 && result.output.isEmpty)
            #expect(
                result.errors == "strand: error: p.ssfa: no chain of the truth is among the predictions: ids there are "
                    + "such as 'x1', here such as 'a'; give the same chains the same ids\n")
        }
        #expect(directory.names == ["p.ssfa", "t.ssfa"])
    }
}
