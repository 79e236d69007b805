import Foundation
import StrandBytes
import TestSupport
import Testing

/// One detection for every verb: what can be used is used, and said; the rest is named, with what takes it.
@Suite struct DetectionTests {
    let directory = TemporaryDirectory()

    private func file(_ name: String, _ text: String) -> String {
        _ = directory.write(Array(text.utf8), to: name)
        return name
    }

    private func run(_ arguments: [String], input: String = "", status: Int32 = 0) throws -> Command.Result {
        let result = try Command(arguments, input: Data(input.utf8), in: directory.path).wait()
        #expect(result.status == status, "\(arguments): \(result.errors)")
        return result
    }

    private func refuses(_ arguments: String..., with message: String) throws {
        let before = directory.names
        let result = try run(arguments, status: 1)
        #expect(result.errors == "strand: error: \(message)\n")
        #expect(result.output.isEmpty && directory.names == before)
    }

    private static let dssp = """
        ==== Secondary Structure Definition by the program DSSP, NKI version 4.0
          #  RESIDUE AA STRUCTURE BP1 BP2  ACC
            1    1 A M
            2    2 A K  H
            3    3 A T  P

        """
    private static let labelled = ">a first\nMKTAYIAKQR\nCCHHHHHHCC\n"

    // MARK: label

    /// The sequences of labelled FASTA, an output of its own too, are labelled; from a pipe as well.
    @Test func labelTakesTheSequencesOfLabelledFASTA() throws {
        _ = file("own.ssfa", Self.labelled + ">b\nMKV\nC--\n")
        let plain = try run(["label", file("in.fa", ">a first\nMKTAYIAKQR\n>b\nMKV\n")])
        let said = "strand: repaired: 2 records of labelled FASTA taken without its labels\n"
        for (arguments, input) in [(["label", "own.ssfa"], ""), (["label"], Self.labelled + ">b\nMKV\nC--\n")] {
            let result = try run(arguments, input: input)
            #expect(result.output == plain.output && result.errors == said)
        }
        let again = try run(["label"], input: plain.text)
        #expect(again.output == plain.output && again.errors == said)
        _ = file("short.ssfa", ">a\nMKTAYIAKQR\nCCHHHHHHC\n" + Self.labelled)
        try refuses(
            "label", "short.ssfa", "-o", "out",
            with: "short.ssfa:3: record a: 9 labels for 10 residues; give one label a residue, '-' where there is none")
        let skipped = try run(["label", "--on-error", "skip", "short.ssfa", "-o", "out"], status: 3)
        #expect(skipped.errors.contains("strand: 1 record left out\n"))
        #expect(String(decoding: directory.bytes(of: "out") ?? [], as: UTF8.self).hasPrefix(">a first\nMKTAYIAKQR\n"))
    }

    @Test func nucleotidesAreWarnedOfOnce() throws {
        let genes = ">g\nATGAAAACCGCGTATATTGCGAAACAGCGTCAGATTAGC\n>h\nATGNNNACC\n"
        let warning =
            "strand: warning: nearly all letters are those of nucleotides (ACGTUN): translate genes before they are "
            + "labelled\n"
        #expect(
            try run(["label", "-", file("b.fa", genes.replacing(">", with: ">x"))], input: genes).errors == warning)
        #expect(try run(["label"], input: genes.lowercased().replacing("t", with: "u")).errors.hasSuffix(warning))
        // Few letters, or a gene among proteins, are no reason.
        for text in [">a\nGATTACA\n", genes + ">p\n" + String(repeating: "MKVLEFWYHR", count: 9) + "\n"] {
            #expect(try run(["label"], input: text).errors.isEmpty)
        }
    }

    @Test func whatLabelDoesNotTakeIsNamed() throws {
        let dssp = file("a.dssp", Self.dssp)
        try refuses(
            "label", dssp, "-o", "out",
            with: "a.dssp: is DSSP's own format, and FASTA is needed; 'strand convert' makes labelled FASTA of it, "
                + "'strand score' and 'strand evaluate' measure on it")
        try refuses(
            "label", file("n.jsonl", "{\"id\":\"a\",\"text\":\"x\",\"strokes\":[[[1,2]]]}\n"),
            with: "n.jsonl: is handwriting, and FASTA is needed; 'strand read' reads it")
        try refuses(
            "label", TestFiles.shippedModel,
            with: "\(TestFiles.shippedModel): is a model, and FASTA is needed; 'strand inspect' tells about it")
        try refuses(
            "label", file("x.fa.xz", "") + "", "none.fa",
            with: "x.fa.xz: no records; a '>' header and a sequence are expected")
        _ = directory.write([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 1], to: "x.fa.xz")
        try refuses(
            "label", "x.fa.xz", with: "x.fa.xz: is compressed with xz; unpack it with 'xz -dk x.fa.xz' first")
        try refuses(
            "label", file("w.fa", "<!DOCTYPE html>\n<p>404</p>\n"),
            with: "w.fa: is a web page (HTML); it may say why the download failed: fetch the file again")
        try refuses(
            "label", file("u.xml", "<?xml version=\"1.0\"?>\n<uniprot/>\n"),
            with: "u.xml: is XML of another kind, <uniprot>; give the data in a format named by --help")
        try refuses(
            "read", file("in.fa", ">a\nMKV\n"),
            with: "in.fa: is FASTA without labels, and ink is needed; 'strand label' predicts labels")
        try refuses(
            "audit", "--train-set", "in.fa", "n.jsonl",
            with: "n.jsonl: is handwriting, and FASTA, or chains with labels, is needed; 'strand read' reads it")
    }

    /// An input without records, or of another kind, is among the rejects like a record.
    @Test func anInputOfNoUseIsSkippedByPolicy() throws {
        _ = file("a.fa", ">a\nMKTA\n")
        _ = file("empty.fa", "")
        _ = file("blank.fa", "\n \n")
        _ = directory.write(Array("BZh91AY&SY".utf8), to: "c.fa.bz2")
        let result = try run(
            ["label", "--on-error", "skip", "a.fa", "empty.fa", "blank.fa", "c.fa.bz2", "a.fa", "-o", "out"], status: 3)
        #expect(result.errors.contains("strand: 3 records left out\n"))
        #expect(
            String(decoding: directory.bytes(of: "out.rejects.tsv") ?? [], as: UTF8.self) == """
                file\tline\trecord\treason
                empty.fa\t\t\tno records; a '>' header and a sequence are expected
                blank.fa\t\t\tno records; a '>' header and a sequence are expected
                c.fa.bz2\t\t\tis compressed with bzip2; unpack it with 'bzip2 -dk c.fa.bz2' first

                """)
        let labels = String(decoding: directory.bytes(of: "out") ?? [], as: UTF8.self)
        #expect(labels.components(separatedBy: ">a\nMKTA\n").count == 3)
        try refuses(
            "label", "a.fa", "empty.fa", "-o", "o",
            with: "empty.fa: no records; a '>' header and a sequence are expected")
    }

    // MARK: evaluate, convert, audit, inspect

    /// Structures and data sets are truth as they are.
    @Test func evaluateTakesChainsInAnyFormat() throws {
        _ = file("t.ssfa", ">a\nMKT\nCHC\n")
        let expected = try run(["evaluate", "--json", "-", "--labels", "8", "t.ssfa"]).text
        for (name, text) in [
            ("a.dssp", Self.dssp), ("f.jsonl", "{\"id\":\"a\",\"sequence\":\"MKT\",\"label\":\"CHC\"}\n"),
            ("d.csv", "id,seq,ss8\na,MKT,CHP\n"),
            ("p.tsv", "id\tposition\tresidue\tstate\na\t1\tM\tC\na\t2\tK\tH\na\t3\tT\tC\n"),
        ] {
            let result = try run(["evaluate", "--json", "-", "--labels", "8", file(name, text)])
            #expect(result.text.replacing(name, with: "t.ssfa") == expected, "\(name)")
            #expect(result.errors == (text.contains("P\n") ? "strand: \(name): repaired: 1 label (P) read as C\n" : ""))
        }
        try refuses(
            "evaluate", file("s.ss2", "# PSIPRED VFORMAT\n\n   1 M C 0 0 0\n") + "x",
            with: "s.ss2x: no such file; check the path")
        try refuses(
            "evaluate", file("o.jsonl", "{\"id\":\"a\",\"seq\":\"MKT\",\"states\":\"CHC\"}\n"),
            with: "o.jsonl:1: record a: no member \"labels\" among 'id, seq, states'; an object has \"id\", \"labels\" "
                + "and best \"sequence\"")
        try refuses(
            "evaluate", file("n.tsv", "id\tposition\tstate\na\t1\tC\n"),
            with: "n.tsv: record a: no residues beside the labels; give a format that has them")
        try refuses(
            "evaluate", TestFiles.shippedModel,
            with:
                "\(TestFiles.shippedModel): is a model, and a truth, chains with labels or ink with texts, is needed; "
                + "'strand inspect' tells about it")
    }

    /// A truth of three states has no Q8, and nothing is reduced.
    @Test func threeStatesAreTold() throws {
        _ = file("t.ssfa", Self.labelled)
        let text = try run(["evaluate", "t.ssfa"]).text
        #expect(text.contains("three states: truth as labelled, predictions by HGI/EB; ") && !text.contains("Q8"))
        let eight = try run(["evaluate", file("e.ssfa", ">a\nMKTAYIAKQR\nCCHHGHHHTC\n")]).text
        #expect(eight.contains("three states: truth by HGI/EB; ") && eight.contains("Q8"))
    }

    @Test func convertAndAuditNameWhatTheyDoNotTake() throws {
        let fasta = file("in.fa", ">a\nMKTAYIAKQR\n")
        try refuses(
            "convert", fasta, "-o", "out",
            with: "in.fa: is FASTA without labels; a labelled record has three lines: header, sequence, labels; "
                + "'strand label' predicts labels")
        try refuses(
            "convert", file("o.ss3", "#DeepConCNF_SS3: results\n\n   1 M C   0.010 0.020 0.970 \n"), "-o", "out",
            with: "o.ss3: is the table of RaptorX (.ss3, .ss8); give its labels as labelled FASTA or PSIPRED's .ss2")
        try refuses(
            "convert", file("o.stride", "REM  ------ summary ------  X\nASG  MET A    1\n"), "-o", "out",
            with: "o.stride: is the output of STRIDE; run 'mkdssp' on the structure instead")
        let dssp = file("a.dssp", Self.dssp)
        let result = try run(["audit", "--train-set", dssp, file("c.fa", ">c\nMKT\n")])
        #expect(result.errors.hasPrefix("strand: a.dssp: repaired: 1 label (P) read as C\n"))
    }

    @Test func inspectSaysWhatLooksWrong() throws {
        let text = try run(["inspect", file("g.fa", ">g\nATGAAAACCGCGTATATTGCGAAACAGCG\n")]).text
        #expect(text.contains("note       nearly all letters are those of nucleotides (ACGTUN)"))
    }

    /// The label of MyScript's JIIX is a text that was recognised.
    @Test func labelsOfInkAreNoChains() throws {
        let jiix =
            "{\"type\":\"Text\",\"label\":\"a\",\"words\":[{\"items\":[{\"X\":[1,2],\"Y\":[3,4]}]}],\"id\":\"m\"}\n"
        #expect(try run(["read", "--format", "tsv", file("a.jiix", jiix)]).text.contains("\nm\t1\t"))
        try refuses("label", "a.jiix", with: "a.jiix: is handwriting, and FASTA is needed; 'strand read' reads it")
        let chain = "{\"id\":\"a\",\"label\":\"HHH\",\"sequence\":\"MKV\",\"items\":[1]}\n"
        #expect(try run(["inspect", file("c.jsonl", chain)]).text.contains("JSON Lines of labels"))
    }

    /// What is no ink is not called so, and what is no FASTA neither.
    @Test func unknownFilesAreCalledUnknown() throws {
        let unknown = "is of no known kind, and a model, FASTA, chains with labels or ink, is needed"
        try refuses("inspect", file("g.json", "{\"a\":1,\"b\":[1,2]}\n"), with: "g.json: \(unknown)")
        try refuses("inspect", file("p.svc", "1 2 3\n100 200 1\n"), with: "p.svc: \(unknown)")
        try refuses("inspect", file("none", ""), with: "none: no records; a '>' header and a sequence are expected")
        try refuses("label", "g.json", with: "g.json:1: '{' before the first '>' header; is this FASTA?")
        try refuses("read", "g.json", with: "g.json:1: record 1: no member \"strokes\"; is this ink?")
        try refuses(
            "read", "p.svc",
            with: "p.svc: no known format of ink; if it is one, 'strand convert --from' reads it by the format's name")
        for verb in ["inspect", "read", "label", "evaluate"] {
            try refuses(
                verb, file("d.rtf", "{\\rtf1\\ansi x}\n"), with: "d.rtf: is a document in RTF; save it as plain text")
        }
    }

    /// A command that is advised names the file as a shell takes it.
    @Test func adviceNamesTheFile() throws {
        _ = directory.write(Array("BZh91AY&SY".utf8), to: "my $notes.bz2")
        try refuses(
            "read", "my $notes.bz2",
            with: "my $notes.bz2: is compressed with bzip2; unpack it with 'bzip2 -dk \"my \\$notes.bz2\"' first")
        let piped = try run(["read"], input: "BZh91AY&SY", status: 1)
        #expect(piped.errors.hasSuffix("unpack it with 'bzip2 -dk FILE' first\n"))
    }
}
