import StrandBytes
import StrandProteins
import TestSupport
import Testing

@Suite struct MMCIFReaderTests {
    /// A protein of five residues, of which the fourth lacks an atom and the fifth all, a nucleic acid between.
    static let structure = """
        data_1ABC
        # comment
        _entry.id   1ABC
        loop_
        _entity_poly.entity_id
        _entity_poly.pdbx_seq_one_letter_code
        _entity_poly.type
        1
        ;KVX
        loop_ FG
        ;
        'polypeptide(L)' 2 "a'b 'c" polydeoxyribonucleotide
        loop_
        _pdbx_poly_seq_scheme.asym_id
        _pdbx_poly_seq_scheme.entity_id
        _pdbx_poly_seq_scheme.seq_id
        _pdbx_poly_seq_scheme.mon_id
        _pdbx_poly_seq_scheme.pdb_strand_id
        _pdbx_poly_seq_scheme.hetero
        A 1 1 LYS Heavy n
        A 1 2 VAL Heavy n # a residue
        A 1 3 MSE Heavy y
        A 1 3 MET Heavy y
        A 1 4 PHE Heavy n
        A 1 5 GLY Heavy n
        B 2 1 DA  B n
        loop_
        _atom_site.label_atom_id
        _atom_site.label_asym_id
        _atom_site.label_seq_id
        _atom_site.auth_asym_id
        _atom_site.pdbx_PDB_model_num
        N A 1 Heavy 1 CA A 1 Heavy 1 C A 1 Heavy 1 O A 1 Heavy 1
        N A 2 Heavy 1 CA A 2 Heavy 1 C A 2 Heavy 1 O A 2 Heavy 1
        N A 3 Heavy 1 CA A 3 Heavy 1 C A 3 Heavy 1 O A 3 Heavy 1 CB A 3 Heavy 1
        N A 4 Heavy 1 CA A 4 Heavy 1 C A 4 Heavy 1 N1 B 1 B 1 O HOH . W 1
        O A 4 Heavy 2

        """

    private static let ranges = """
        loop_
        _struct_conf_type.id
        _struct_conf_type.criteria
        STRN DSSP
        loop_
        _struct_conf.conf_type_id
        _struct_conf.beg_label_asym_id
        _struct_conf.beg_label_seq_id
        _struct_conf.end_label_asym_id
        _struct_conf.end_label_seq_id

        """

    private static let summary = """
        loop_
        _dssp_struct_summary.label_asym_id
        _dssp_struct_summary.label_seq_id
        _dssp_struct_summary.secondary_structure

        """

    private func labels(_ text: String) throws(FormatError) -> String {
        let structure = try Structure(Self.structure + text)
        #expect(structure.chains.map(\.id) == ["1abc-Heavy"])
        #expect(structure.chains[0].sequence == Array("KVXFG".utf8))
        #expect(structure.modified == 1)
        return String(decoding: structure.chains[0].labels, as: UTF8.self)
    }

    @Test func rangesOfStates() throws {
        #expect(try labels(Self.ranges + "STRN A 1 A 1\nHELX_LH_PP_P A 2 A 3\n") == "BCC--")
        #expect(try labels(Self.ranges + "STRN A 1 A 2 TURN_TY1_P A 3 A 3\n") == "EET--")
        #expect(try labels(Self.ranges + "HELX_RH_AL_P A 1 A 1 HELX_RH_3T_P A 2 A 2 BEND A 3 A 5\n") == "HGS--")
        // Values of dictionaries may come in either case (CIF 1.1).
        #expect(try labels(Self.ranges + "helx_rh_al_p A 1 A 1 Strn A 2 A 3\n") == "HEE--")
        let upper = Self.structure.replacing("'polypeptide(L)'", with: "'POLYPEPTIDE(L)'")
        #expect(try Structure(upper + Self.summary + "A 1 H\n").chains.count == 1)
        #expect(try labels(Self.ranges + "HELX_RH_PI_P A 1 A 1 OTHER A 2 A 2\n") == "ICC--")
    }

    @Test func withoutRangesAllIsCoil() throws {
        #expect(try labels("_software.name dssp\n") == "CCC--")
        #expect(try labels("loop_\n_software.name\nXDS DSSP\n") == "CCC--")
    }

    @Test func summaryOfStates() throws {
        #expect(try labels(Self.summary + "A 1 B\nA 2 .\nA 3 P\nA 4 ?\n") == "BCCC-")
        // It is more precise than the ranges.
        #expect(try labels(Self.ranges + "STRN A 1 A 2\n" + Self.summary + "A 1 B A 2 B\n") == "BB---")
    }

    @Test func layouts() throws {
        let text = Self.structure + Self.summary + "A 1 H"
        for text in [text + "\n", text, text.replacing("\n", with: "\r\n"), "# first\n\n" + text] {
            #expect(try Structure(text).chains == [labelled("1abc-Heavy", "KVXFG", "H----")])
            #expect(try Structure(memory(Gzip.compress(Array(text.utf8)))).chains.count == 1)
        }
    }

    @Test func severalBlocksAndPolyproline() throws {
        let block = Self.structure.replacing("Heavy", with: "A") + Self.summary + "A 1 P A 2 H\n"
        let structure = try Structure(block + block.replacing("1ABC", with: "AF-P1"))
        #expect(structure.chains == [labelled("1abc-A", "KVXFG", "CH---"), labelled("AF-P1-A", "KVXFG", "CH---")])
        #expect(structure.polyproline == 2 && structure.modified == 2 && structure.breaks == 0)
    }

    @Test func sequencesOfEntities() throws {
        let text = """
            data_
            loop_
            _entity_poly_seq.entity_id
            _entity_poly_seq.num
            _entity_poly_seq.mon_id
            1 1 TRP 1 2 TYR
            loop_
            _struct_asym.id
            _struct_asym.entity_id
            C 1 D 1 E 2
            loop_
            _atom_site.label_asym_id
            _atom_site.label_seq_id
            _atom_site.auth_asym_id
            C 1 X

            """
        let structure = try Structure(.memory(Array((text + Self.summary + "C 1 E D 2 S").utf8), name: "d/x.y.cif.gz"))
        #expect(structure.chains == [labelled("x.y-X", "WY", "E-"), labelled("x.y-D", "WY", "-S")])
    }

    @Test func faultsSayWhatIsWrong() {
        let mkdssp = "test: record 1abc: no states of DSSP; add them with 'mkdssp --output-format mmcif IN OUT'"
        let scheme = "data_x\nloop_\n_pdbx_poly_seq_scheme.asym_id\n_pdbx_poly_seq_scheme.seq_id\n"
        let cases: [(String, String)] = [
            (Self.structure, mkdssp),
            (Self.structure + "_struct_conf.conf_type_id HELX_P\n", mkdssp),
            (Self.structure + "_struct_conf.conf_type_id HELX_P\n_software.name DSSP\n", mkdssp),
            ("data_1ABC\n", "test: record 1abc: no line '_pdbx_poly_seq_scheme'; is it the right file?"),
            (scheme + "A 1\n_software.name dssp\n", "test: record x: no residues of a protein; is it the right file?"),
            (
                Self.structure.replacing("_atom_site", with: "_other") + "_software.name dssp\n",
                "test: record 1abc: no line '_atom_site'; is it the right file?"
            ),
            (scheme + "A 1 A 3\n", "test:5: record x: '3' where residue 2 of chain A is expected; fix or remove it"),
            (scheme + "A .\n", "test:5: record x: '' where the number of a residue is expected; fix or remove it"),
            (
                scheme + "A 1000001\n",
                "test:5: record x: '1000001' where residue 1 of chain A is expected; fix or remove it"
            ),
            (
                Self.structure + Self.summary + "A 1 Q\n",
                "test:42: record 1ABC: 'Q' where a state of DSSP (HBEGITSP or none) is expected; fix or remove it"
            ),
            (
                Self.structure + Self.ranges + "STRN A 2 A 1\n",
                "test:48: record 1ABC: '1' where a number from 2 on is expected; fix or remove it"
            ),
            (
                Self.structure + Self.ranges + "STRN A 2 A 6\n",
                "test: record 1abc: '6' where one of the 5 residues of chain A is expected; fix or remove it"
            ),
        ]
        for (text, expected) in cases {
            #expect(message { () throws(FormatError) in _ = try Structure(text) } == expected)
        }
    }

    /// Such records could not be written as FASTA.
    @Test(arguments: ["one\ntwo", "one\rtwo", "one\0two"]) func namesThatAreNoLineOfText(name: String) {
        let text = Self.structure.replacing("1ABC\nloop_", with: "\n;\(name)\n;\nloop_") + Self.summary + "A 1 H\n"
        #expect(
            message { () throws(FormatError) in _ = try Structure(text) }
                == "test: record one\u{FFFD}two: 'one\u{FFFD}two-Heavy' where the name of a chain, a line of text, "
                + "is expected; fix or remove it")
    }

    @Test func faultsOfCIF() {
        let loop = "data_x\nloop_\n_software.name\n_software.version\n"
        let cases: [(String, String)] = [
            (
                loop + "a 1 b\n",
                "test:5: record x: the file ends where value 2 of a row of '_software' is expected; is it whole?"
            ),
            (
                loop + "a 1 b\n_x.y 1\n",
                "test:6: record x: '_x.y' where value 2 of a row of '_software' is expected; fix or remove it"
            ),
            ("data_x\na\n", "test:2: record x: 'a' where the name of a value is expected; fix or remove it"),
            (
                "data_x\nloop_\nloop_\n",
                "test:3: record x: 'loop_' where 'loop_' and names behind it is expected; fix or remove it"
            ),
            ("data_x\n_a.b\n", "test:2: record x: the file ends where a value of '_a.b' is expected; is it whole?"),
            ("data_x\n_a.b _c.d\n", "test:2: record x: '_c.d' where a value of '_a.b' is expected; fix or remove it"),
            (
                "data_x\n_a.b 'c\n",
                "test:2: ''c' where a value with both quotation marks is expected; fix or remove it"
            ),
            ("data_x\n_a.b\n;c\n", "test:3: the file ends where the ';' that ends a text is expected; is it whole?"),
            (
                "data_x\nsave_x\n",
                "test:2: 'save_x' where a name, a value, 'loop_' or 'data_' is expected; fix or remove it"
            ),
        ]
        for (text, expected) in cases {
            #expect(message { () throws(FormatError) in _ = try Structure(text) } == expected)
        }
        let cut = Array(Gzip.compress(Array(Self.structure.utf8)).dropLast(9))
        #expect(
            message { () throws(FormatError) in _ = try Structure(memory(cut)) }
                == "test: gzip data end too early; fetch or compress the file again")
    }

    @Test func formatsAreToldByContent() throws {
        let starts: [(String, ChainFormat?)] = [
            (ClassicDSSP.first, .dssp), ("**** SECONDARY STRUCTURE DEFINITION BY THE PROGRAM DSSP, VERSION", .dssp),
            ("#\\#CIF_1.1\n\nDATA_x\n", .mmcif), ("data_\r\n", .mmcif), ("==== something\n", nil), ("", nil),
        ]
        for (text, format) in starts { #expect(try ChainFormat(detecting: Array(text.utf8)) == format, "\(text)") }
    }
}
