import Foundation
import StrandBytes
import StrandNetwork
import TestSupport
import Testing

/// Bad input: one line on standard error with the location, the problem and a remedy; status 1; no output file.
@Suite struct BadInputTests {
    let directory = TemporaryDirectory()

    /// A file, and the error of `strand label`.
    static let fasta: [(name: String, bytes: [UInt8], message: String)] = [
        ("empty.fa", [], "empty.fa: no records; a '>' header and a sequence are expected"),
        (
            "record.fa", Array(">a\nACD\n>b x\n>c\nACD\n".utf8),
            "record.fa:3: record b: header without a sequence; add the sequence or remove the record"
        ),
        (
            "text.fa", Array("ACDEF\n>a\nACD\n".utf8),
            "text.fa:1: 'A' before the first '>' header; is this FASTA?"
        ),
        (
            "digit.fa", Array(">a\nACD\n>b\nACD\nAC7D\n".utf8),
            "digit.fa:5: record b: '7' at column 3 of the sequence; only letters and '*' are accepted"
        ),
        (
            "gap.fa", Array(">a\nAC-D\n".utf8),
            "gap.fa:2: record a: gap '-' at column 3 of the sequence; use --ungap to remove gaps, or --alignments for an alignment"
        ),
        (
            "binary.fa", Array(">a\n".utf8) + [65, 0, 66],
            "binary.fa:2: record a: byte 0x00 at column 2 is not text; is the file of the right kind?"
        ),
        (
            "elf.fa", [0x7F, 0x45, 0x4C, 0x46, 2, 1],
            "elf.fa:1: byte 0x7F at column 1 is not text; is the file of the right kind?"
        ),
        (
            "cut.fa.gz",
            Array(
                Gzip.compress(Array(repeating: Array(">a\nACDEFGHIKL\n".utf8), count: 99).flatMap { $0 }).dropLast(20)),
            "cut.fa.gz: gzip data end too early; fetch or compress the file again"
        ),
    ]

    @Test(arguments: fasta.indices) func label(index: Int) throws {
        let test = Self.fasta[index]
        _ = directory.write(test.bytes, to: test.name)
        try expect(["label", test.name, "-o", "out.ss"], fails: test.message)
        // The same through a pipe, which has its own name.
        let piped = try Command(["label", "-o", "out.ss"], input: Data(test.bytes), in: directory.path).wait()
        #expect(piped.errors == "strand: error: <stdin>\(test.message.dropFirst(test.name.count))\n")
        #expect(piped.status == 1)
    }

    static let labelled: [(text: String, message: String)] = [
        (
            ">a\nACD\nHH\n",
            "in.ssfa:3: record a: 2 labels for 3 residues; give one label a residue, '-' where there is none"
        ),
        (
            ">a\nACD\nHHZ\n",
            "in.ssfa:3: record a: label 'Z' at column 3 is not one of HGIEBTSC-L_P; "
                + "is this plain FASTA? a labelled record has three lines"
        ),
        (">a\nACD\n---\n", "in.ssfa: no residue has a label; there is nothing to measure"),
        (
            ">a\nACD\n>b\nACD\n",
            "in.ssfa: is FASTA without labels; a labelled record has three lines: header, sequence, labels; "
                + "'strand label' predicts labels"
        ),
        (
            "",
            "in.ssfa: no chains; give labelled FASTA, Strand's tsv or jsonl, PSIPRED's .ss2 or .horiz, NetSurfP's CSV, "
                + "a table of sequences and labels, DSSP's own format or mmCIF"
        ),
    ]

    @Test(arguments: labelled.indices) func evaluate(index: Int) throws {
        _ = directory.write(Array(Self.labelled[index].text.utf8), to: "in.ssfa")
        try expect(["evaluate", "in.ssfa", "--json", "out.json"], fails: Self.labelled[index].message)
    }

    @Test func trainChecksItsDataFirst() throws {
        _ = directory.write(Array(">a\nACD\nHHX\n".utf8), to: "in.ssfa")
        try expect(
            ["train", "protein", "--train", "in.ssfa", "--validation", "in.ssfa", "-o", "out.safetensors"],
            fails: "in.ssfa:3: record a: label 'X' at column 3 is not one of HGIEBTSC-L_P; "
                + "is this plain FASTA? a labelled record has three lines")
    }

    @Test(arguments: [["label"], ["evaluate"], ["inspect"]]) func missingFileAndDirectory(verb: [String]) throws {
        try expect(verb + ["none.fa"], fails: "none.fa: no such file; check the path")
        try expect(verb + ["/tmp"], fails: "/tmp: is a directory; name a file")
    }

    @Test func outputThatCannotBeWritten() throws {
        _ = directory.write(Array(">a\nACD\n".utf8), to: "in.fa")
        try expect(["label", "in.fa", "-o", "/tmp"], fails: "/tmp: is a directory; name a file to write")
        try expect(
            ["label", "in.fa", "-o", "none/out.ss"], fails: "none/out.ss: cannot write: No such file or directory")
    }

    @Test func models() throws {
        _ = directory.write(Array(">a\nACD\n".utf8), to: "in.fa")
        let shipped = try Safetensors(path: TestFiles.shippedModel)
        func expect(_ model: Safetensors, fails message: String) throws {
            try model.write(to: directory("m.safetensors"))
            try self.expect(["label", "in.fa", "--model", "m.safetensors"], fails: "m.safetensors: \(message)")
        }
        func altered(_ key: String, _ value: Any) throws -> Safetensors {
            var model = shipped
            let text = try #require(model.metadata["strand"])
            var fields = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            fields[key] = value
            model.metadata["strand"] = String(
                decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
            return model
        }
        try expect(
            altered("version", 2), fails: "has format version 2 and this program reads 1; use a newer program")
        try expect(altered("task", "ink"), fails: "is a model for 'ink', not for 'protein'")
        try expect(
            altered("network", ["inputs": 21, "hidden": 17, "layers": 2, "labels": 8]),
            fails: "has metadata 'network' that cannot be used: the tensors have other sizes")
        try expect(
            altered("network", ["inputs": 21, "hidden": -1, "layers": 2, "labels": 8]),
            fails: "has metadata 'strand' that cannot be used: 'network' cannot be understood")
        try expect(
            altered("temperature", 0), fails: "has metadata 'temperature' that cannot be used: 0.0 is not above 0")
        try expect(
            altered("decoder", "ctc"), fails: "has metadata 'decoder' that cannot be used: 'ctc' is unknown")
        var model = shipped
        model.metadata = [:]
        try expect(model, fails: "says nothing about 'strand' in its metadata; was it made by Strand?")
        model = shipped
        model.tensors.removeAll { $0.name == "linear.bias" }
        try expect(model, fails: "has no tensor 'linear.bias', which this network needs")
        _ = directory.write(Array("not a model at all".utf8), to: "m.safetensors")
        try self.expect(
            ["label", "in.fa", "--model", "m.safetensors"],
            fails:
                "m.safetensors: is not a model file: its header claims 8029109312199880558 bytes and the file has 18; "
                + "is it a safetensors file, and whole?")
        try self.expect(
            ["label", "in.fa", "--model", "none"], fails: "none: cannot be read: no such file")
    }

    @Test func wrongUsage() throws {
        let result = try Command.run("label", "--threads", "0")
        #expect(result.status == 64 && result.errors.hasPrefix("Error: --threads 0: give 1 to 1024"))
        #expect(try Command.run("label", "--states", "5").status == 64)
        #expect(try Command.run("frobnicate").status == 64)
        #expect(try Command.run("label", environment: ["STRAND_KERNELS": "mmx"]).status == 64)
    }

    private func expect(_ arguments: [String], fails message: String) throws {
        let before = directory.names
        let result = try Command(arguments, in: directory.path).wait()
        #expect(result.errors == "strand: error: \(message)\n")
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(directory.names == before, "an output file was left")
    }
}
