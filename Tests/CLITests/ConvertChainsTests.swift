import Foundation
import StrandBytes
import StrandMetrics
import TestSupport
import Testing

/// Structures and predictions into labelled FASTA.
@Suite struct ConvertChainsTests {
    let directory = TemporaryDirectory()

    private static let dssp = """
        ==== Secondary Structure Definition by the program DSSP, NKI version 4.0
        HEADER    HYDROLASE                               19-MAY-97   1AKI
          #  RESIDUE AA STRUCTURE BP1 BP2  ACC
            1    1 A K  H
            2    2 A a  P
            3        !
            4    9 A F
            5        !*
            6    1 B V  E

        """
    private static let cif = """
        data_1ABC
        loop_
        _pdbx_poly_seq_scheme.asym_id
        _pdbx_poly_seq_scheme.seq_id
        _pdbx_poly_seq_scheme.mon_id
        A 1 LYS A 2 MSE A 3 GLY
        loop_
        _dssp_struct_summary.label_asym_id
        _dssp_struct_summary.label_seq_id
        _dssp_struct_summary.secondary_structure
        A 1 P A 2 E

        """
    private static let ss2 = "# PSIPRED VFORMAT (PSIPRED V4.0)\n\n   1 M H   0.001  0.972  0.000\n"

    @Test func structuresInOrder() throws {
        _ = directory.write(Gzip.compress(Array(Self.dssp.utf8)), to: "a.dssp.gz")
        _ = directory.write(Array(Self.cif.utf8), to: "b.cif")
        let result = try Command(
            ["convert", "b.cif", "a.dssp.gz", "-", "-o", "out.ssfa.gz"], input: Data(Self.dssp.utf8),
            in: directory.path
        ).wait()
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(
            result.errors == """
                strand: repaired: 1 modified residue read as X, 3 labels (P) read as C, 2 chain breaks closed up
                strand: 2 chains with the id of one before

                """)
        let chains = ">1aki-A\nKCF\nHCC\n>1aki-B\nV\nE\n"
        let written = try Command.run("convert", "out.ssfa.gz", in: directory.path)
        #expect(written.text == ">1abc-A\nKXG\nCE-\n" + chains + chains)
    }

    @Test func predictions() throws {
        let file = directory.write(Array(Self.ss2.utf8), to: "p.q.ss2")
        #expect(try Command.run("convert", file, file).text == ">p.q\nM\nH\n>p.q\nM\nH\n")
        let table = "id,seq,n,q3,q8\n>a b,W,1,H,G\n"
        #expect(try Command.run("convert", input: table).text == ">a\nW\nG\n")
        let object = "{\"id\":\"a\",\"header\":\"a first\",\"sequence\":\"mK\",\"labels\":\"L_\"}\n"
        #expect(try Command.run("convert", input: object).text == ">a first\nmK\nCC\n")
        let fasta = try Command.run("convert", input: ">a first\nmK*\nL_-\n")
        #expect(fasta.text == ">a first\nmK\nCC\n")
        #expect(fasta.errors == "strand: repaired: 1 trailing '*' stripped, 2 labels (L, _) read as C\n")
        // Other labels have a meaning of their own.
        let other = try Command.run("convert", input: object.replacing("L_", with: "PX"))
        #expect(other.text == ">a first\nmK\nPX\n" && other.errors.isEmpty)
    }

    @Test(arguments: ["tsv", "jsonl"]) func labelsOfStrandItself(format: String) throws {
        let proteins = TestFiles.path("data/examples/proteins.fasta")
        let table = try Command.run("label", "--states", "8", "--format", format, proteins)
        let labelled = try Command.run("label", "--states", "8", proteins)
        let converted = try Command.run("convert", input: table.text)
        #expect(converted.errors.isEmpty)
        func withoutDescriptions(_ text: String) -> [Substring] {
            text.split(separator: "\n").map { $0.hasPrefix(">") ? $0.prefix { $0 != " " } : $0 }
        }
        #expect(withoutDescriptions(converted.text) == withoutDescriptions(labelled.text))
    }

    @Test func faults() throws {
        _ = directory.write(Array(Self.cif.replacing("_dssp_struct", with: "_other").utf8), to: "plain.cif")
        let cases: [(input: String, message: String)] = [
            ("id\tposition\tstate\na\t1\tH\n", "no residues beside the labels; give a format that has them"),
            (
                "{\"id\":\"a\",\"sequence\":\"MK\",\"labels\":\"H \"}",
                "' ' where a label at residue 2 is expected; fix or remove it"
            ),
            (
                "{\"id\":\"a\",\"sequence\":\"MK\",\"labels\":\">H\"}",
                "'>' where a label at residue 1 is expected; fix or remove it"
            ),
            ("{\"id\":\"a\",\"sequence\":\"**\",\"labels\":\"HH\"}", "a prediction without residues; remove it"),
        ]
        for (input, message) in cases {
            let result = try Command(
                ["convert", "-o", "out.ssfa"], input: Data(input.utf8), in: directory.path
            ).wait()
            #expect(result.status == 1 && result.errors == "strand: error: <stdin>: record a: \(message)\n")
        }
        let result = try Command.run("convert", "plain.cif", "-o", "out.ssfa", in: directory.path)
        #expect(
            result.errors
                == "strand: error: plain.cif: record 1abc: no states of DSSP; add them with "
                + "'mkdssp --output-format mmcif IN OUT'\n")
        #expect(directory.names == ["plain.cif"])
    }

    @Test func oneKindAtATime() throws {
        _ = directory.write(Array(Self.ss2.utf8), to: "a.ss2")
        _ = directory.write(Array("{\"strokes\":[[[1,2]]]}\n".utf8), to: "b.jsonl")
        for files in [["a.ss2", "b.jsonl"], ["b.jsonl", "a.ss2"]] {
            let result = try Command(["convert"] + files + ["-o", "out"], in: directory.path).wait()
            #expect(result.status == 64)
            #expect(
                result.errors.hasPrefix(
                    "Error: ink and proteins cannot be converted in one go: "))
        }
        let result = try Command.run("convert", "--to", "csv", "a.ss2", in: directory.path)
        #expect(result.status == 64 && result.errors.hasPrefix("Error: '--to' means nothing here: it is for ink\n"))
        #expect(directory.names == ["a.ss2", "b.jsonl"])
    }

    @Test func inspection() throws {
        _ = directory.write(Array(Self.dssp.utf8), to: "a.dssp")
        _ = directory.write(Array("id,n,q3\na,1,H\na,2,H\n".utf8), to: "b.csv")
        #expect(
            try Command.run("inspect", "a.dssp", "b.csv", in: directory.path).text == """
                a.dssp: DSSP's own format, 2 records, 4 residues
                  lengths    1 to 3, median 3, mean 2
                  letters    C 25.00  F 25.00  K 25.00  V 25.00  (%)
                  labels     C 50.00  E 25.00  H 25.00  (%)
                  note       reading repairs: 1 label (P) read as C, 1 chain break closed up
                b.csv: NetSurfP's table, 1 record, 2 residues
                  lengths    2 to 2, median 2, mean 2
                  labels     H 100.00  (%)

                """)
    }
}
