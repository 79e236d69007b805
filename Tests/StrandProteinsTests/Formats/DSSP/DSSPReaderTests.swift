import StrandBytes
import TestSupport
import Testing

@Suite struct DSSPReaderTests {
    private static let chains = [labelled("1aki-A", "KVFCCX", "CBHGIC"), labelled("1aki-B", "MC", "TS")]

    private var file: ClassicDSSP {
        var file = ClassicDSSP()
        file.add("A", "KVF", " BH")
        file.addBreak("!", number: 4)
        file.add("A", "abX", "GIP", from: 5)
        file.addBreak("!*", number: 8)
        file.add("B", "Mz", "TS", from: 9)
        return file
    }

    @Test func chainsBreaksAndStates() throws {
        let text = file.text
        let layouts = [
            text, String(text.dropLast()), text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text, text + "\n\n",
        ]
        for source in layouts.map(memory) + [memory(Gzip.compress(Array(text.utf8)))] {
            let structure = try Structure(source)
            #expect(structure.chains == Self.chains)
            #expect(structure.breaks == 1 && structure.polyproline == 1 && structure.modified == 0)
        }
    }

    @Test func rowsOfARealFile() throws {
        var text = ClassicDSSP().text
        text += """
                1    1 A K              0   0   92      0, 0.0    39,-2.6     0, 0.0     2,-0.6   0.000 360.0 360.0
                2    2 A V  B     -A   39   0A  96     37,-0.2     2,-0.3    38,-0.1    37,-0.2  -0.933 360.0-145.4
                3   15 A a  H  <5S+     0   0   45     -4,-1.8    -1,-0.3    -5,-0.2    -2,-0.2   0.312 119.8-108.3
                4        !*             0   0    0      0, 0.0     0, 0.0     0, 0.0     0, 0.0   0.000 360.0 360.0
                5   -1AB G  E     -     0   0   35     -2,-0.3     4,-2.6     1,-0.1     5,-0.2  -0.515  30.6-110.5

            """
        #expect(try Structure(text).chains == [labelled("1aki-A", "KVC", "CBH"), labelled("1aki-B", "G", "E")])
    }

    @Test func chainsWithoutABreakBetweenThem() throws {
        var file = ClassicDSSP()
        file.add("A", "K", "H")
        file.addBreak("!", number: 2)
        file.add("B", "V", "E", from: 3)
        file.add(" ", "F", " ", from: 4)
        let structure = try Structure(file.text)
        #expect(
            structure.chains == [
                labelled("1aki-A", "K", "H"), labelled("1aki-B", "V", "E"), labelled("1aki", "F", "C"),
            ]
        )
        #expect(structure.breaks == 0)
    }

    @Test func filesOneAfterTheOther() throws {
        var other = ClassicDSSP(entry: "PDB_00001CBS")
        other.add("A", "W", "E")
        #expect(try Structure(file.text + other.text).chains == Self.chains + [labelled("pdb_00001cbs-A", "W", "E")])
    }

    @Test(arguments: [("/x/AF-P1.v2.dssp.gz", "AF-P1.v2"), ("<stdin>", "stdin")])
    func theFileNamesAnEntryWithoutAnID(name: String, id: String) throws {
        var file = ClassicDSSP(entry: nil)
        file.add("A", "K", "H")
        let structure = try Structure(.memory(Array(file.text.utf8), name: name))
        #expect(structure.chains == [labelled("\(id)-A", "K", "H")])
    }

    @Test func chainsOfSeveralLetters() throws {
        var file = ClassicDSSP(headingEnd: "           CHAIN AUTHCHAIN")
        file.add("A", "KV", "HH", end: "                A        AAA")
        file.add("A", "F", " ", from: 3, end: "                B        AAB")
        #expect(try Structure(file.text).chains == [labelled("1aki-AAA", "KV", "HH"), labelled("1aki-AAB", "F", "C")])
    }

    @Test func numbersWiderThanTheirColumn() throws {
        var file = ClassicDSSP()
        file.add("A", "KV", "HE", from: 99_998)
        file.text += "100000   12 A W  B\n100001        !*\n100002   13 B F  T\n"
        #expect(try Structure(file.text).chains == [labelled("1aki-A", "KVW", "HEB"), labelled("1aki-B", "F", "T")])
    }

    @Test func aCutTableIsRefused() throws {
        var file = ClassicDSSP(total: 3)
        file.add("A", "KV", "HH", end: " 1.0")
        var whole = file
        whole.add("A", "F", " ", from: 3, end: " 1.0")
        #expect(try Structure(whole.text).chains == [labelled("1aki-A", "KVF", "HHC")])
        // Two entries in a file: the first is cut.
        for text in [file.text, file.text + whole.text] {
            #expect(
                message { () throws(FormatError) in _ = try Structure(text) }?.hasSuffix(
                    "record 1aki: the file ends where residue 3 of 3 is expected; is it whole?") == true)
        }
        #expect(
            message { () throws(FormatError) in _ = try Structure(String(whole.text.dropLast(90))) }
                == "test:7: record 1aki: the file ends where the rest of a residue's row is expected; is it whole?")
        #expect(
            message { () throws(FormatError) in _ = try Structure(String(file.text.dropLast(90))) }
                == "test:6: record 1aki: the file ends where the rest of a residue's row is expected; is it whole?")
    }

    @Test func faultsNameTheLine() {
        let start = ClassicDSSP().text
        let cases: [(String, String)] = [
            (ClassicDSSP.first, "test: no line '#  RESIDUE AA'; is it the right file?"),
            (start, "test: no residues of a protein; is it the right file?"),
            (start + "    1        !*\n", "test: no residues of a protein; is it the right file?"),
            (
                start + "    1    1 A K  H\n    2    2 A\n    3    3 A K  H\n",
                "test:6: record 1aki: '    2    2 A' where the row of a residue is expected; fix or remove it"
            ),
            (
                start + "    x    1 A K  H\n",
                "test:5: record 1aki: '    x    1 A K  H' where the row of a residue is expected; fix or remove it"
            ),
            (
                start + "    1    1 A 4  H\n",
                "test:5: record 1aki: '4' where the letter of a residue in column 14 is expected; fix or remove it"
            ),
            (
                start + "    1    1 A K  Q\n",
                "test:5: record 1aki: 'Q' where a state of DSSP (HBEGITSP or none) in column 17 is expected; "
                    + "fix or remove it"
            ),
            (
                ClassicDSSP(entry: "1\0K").text + "    1    1 A K  H\n",
                "test:5: record 1\u{FFFD}K: '1\u{FFFD}K-A' where the name of a chain, a line of text, is expected; "
                    + "fix or remove it"
            ),
        ]
        for (text, expected) in cases {
            #expect(message { () throws(FormatError) in _ = try Structure(text) } == expected)
        }
        let cut = Array(Gzip.compress(Array(file.text.utf8)).dropLast(9))
        #expect(
            message { () throws(FormatError) in _ = try Structure(memory(cut)) }
                == "test: gzip data end too early; fetch or compress the file again")
    }
}
