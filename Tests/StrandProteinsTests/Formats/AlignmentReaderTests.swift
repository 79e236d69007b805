import StrandBytes
import StrandProteins
import Testing

@Suite struct AlignmentReaderTests {
    private func chains(_ text: String, query: String? = nil) throws -> [ProfiledChain] {
        var reader = ProfileReader(.memory(Array(text.utf8), name: "x"), query: query)
        return try reader.all()
    }

    private func problem(_ text: String, query: String? = nil) -> String {
        do {
            _ = try chains(text, query: query)
            return "none"
        } catch { return "\(error)" }
    }

    /// Amino acids of a column with their frequencies in thousandths.
    private func column(_ chain: ProfiledChain, _ residue: Int) -> [String: Int] {
        var found: [String: Int] = [:]
        for (index, letter) in ResidueProfile.aminoAcids.enumerated() {
            let share = chain.profile.frequencies[20 * residue + index]
            if share > 0 { found[String(Unicode.Scalar(letter))] = Int((1000 * share).rounded()) }
        }
        return found
    }

    /// Weights by hand (Henikoff & Henikoff 1994), and by tools/train/data/alignments.py: 0.2121, 0.2686, 0.3033, 0.2160.
    private func checkExample(_ chain: ProfiledChain) {
        #expect(chain.sequence == Array("MKVLWAALGTC".utf8))
        #expect(chain.profile.depth == 4)
        #expect(column(chain, 0) == ["M": 1000])
        #expect(column(chain, 1) == ["K": 731, "R": 269])
        #expect(column(chain, 4) == ["F": 216, "W": 515, "Y": 269])
        #expect(column(chain, 5) == ["A": 428, "D": 303, "S": 269])
        #expect(chain.profile.gaps.map { Int((1000 * $0).rounded()) } == [303, 0, 0, 0, 0, 0, 0, 0, 0, 216, 216])
    }

    @Test(arguments: [
        // A3M: an insertion in lower case.
        ">chain one\nMKVLWAALGTC\n>r1\nMRVLYSALeGTC\n>r2\n-KILWDGMGSC\n>r3\nMKILFAALG--\n",
        // A2M: dots fill the column; a row on several lines.
        ">chain one\nMKVLWAAL.GTC\n>r1\nMRVLYS\nALeGTC\n>r2\n-KILWDGM.GSC\n>r3\nMKILFAAL.G--\n",
        // Aligned FASTA, all in upper case, and with soft-masked residues.
        ">chain one\r\nMKVLWAAL-GTC\r\n>r1\r\nMRVLYSALEGTC\r\n>r2\r\n-KILWDGM-GSC\r\n>r3\r\nMKILFAAL-G--\r\n",
        ">chain one\nMKVLWAAL-GTC\n>r1\nMRVLYSALEGTC\n>r2\n-KILWDgm-GSC\n>r3\nMKILFAAL-G--\n",
        // HH-suite's rows of structure and of the consensus, and a name in front.
        "#q\n>ss_pred PSIPRED\nCCCHHHHHHCC\n>ss_conf\n99999999999\n>q_consensus\nmkxLxxALGTC\n>chain one\nMKVLWAALGTC\n"
            + ">r1\nMRVLYSALeGTC\n>r2\n-KILWDGMGSC\n>r3\nMKILFAALG--\n",
        // Stockholm in two blocks.
        "# STOCKHOLM 1.0\n#=GF ID q\n\nchain MKVLWAAL\nr1 MRVLYSAL\nr2 -KILWDGM\nr3 MKILFAAL\n\n"
            + "chain .GTC\nr1 eGTC\nr2 .GSC\nr3 .G--\n#=GC RF .xxx\n//\n",
        "CLUSTAL O(1.2.4) multiple sequence alignment\n\n\nchain      MKVLWAAL-G\t9\nr1         MRVLYSALEG\t10\n"
            + "r2         -KILWDGM-G\t8\nr3         MKILFAAL-G\t9\n           *: *   :  \n\n"
            + "chain      TC\t11\nr1         TC\t12\nr2         SC\t10\nr3         --\t9\n",
    ])
    func oneAlignmentInEachFormatHasTheSameProfile(text: String) throws {
        if text.contains("#=GC") {
            // The reference row has a column for each.
            let whole = text.replacing("#=GC RF .xxx", with: "#=GC RF xxxxxxxx.xxx")
            checkExample(try chains(whole)[0])
        } else {
            let found = try chains(text)
            #expect(found.count == 1)
            checkExample(found[0])
        }
    }

    /// Without a lower-case letter a dot is a gap, also where all rows have as many; and letters all in lower case are no
    /// insertions.
    @Test func dotsAndLowerCaseOfAlignedFASTA() throws {
        let dashes = try chains(">q\nMK-VLWAALG\n>r\nMKTVL-AALG\n")
        #expect(try chains(">q\nMK.VLWAALG\n>r\nMKTVL.AALG\n") == dashes)
        #expect(try chains(">q\nmk-vlwaalg\n>r\nmktvl-aalg\n").map(\.profile) == dashes.map(\.profile))
        #expect(dashes[0].sequence == Array("MKVLWAALG".utf8) && dashes[0].profile.depth == 2)
        #expect(column(dashes[0], 4) == ["W": 1000] && dashes[0].profile.gaps[4] > 0)
    }

    @Test func everyResidueOfTheQueryIsKept() throws {
        // The query has an insertion (A3M with match columns of its own) and a gap.
        let chain = try chains(">q\nMKaV-LW\n>r\nMRVGLW\n")[0]
        #expect(chain.sequence == Array("MKAVLW".utf8))
        #expect(column(chain, 2) == ["A": 1000])
        #expect(column(chain, 1) == ["K": 500, "R": 500])
        #expect(chain.profile.gaps == [0, 0, 1, 0, 0, 0].map { $0 == 1 ? chain.profile.gaps[2] : 0 })
    }

    @Test func anotherRowCanBeTheQuery() throws {
        let text = ">q/1-4 first\nMKVL\n>tr|R1|X/2-5\nMR-L\n"
        #expect(try chains(text, query: "tr|R1|X")[0].sequence == Array("MRL".utf8))
        #expect(problem(text, query: "s") == "x: no row 's'; name one of the alignment's")
    }

    @Test func manyAlignmentsInAFile() throws {
        let marked = "#a\n>a\nMK\n>r\nMR\n#b\n>b\nWWW\n"
        #expect(try chains(marked).map(\.id) == ["a", "b"])
        // Entries of a database of MMseqs2 or ColabFold end with NUL.
        let database = ">a\nMK\n>r\nMR\n\0>b\nWWW\n\0"
        #expect(try chains(database).map(\.id) == ["a", "b"])
        #expect(try chains(database).map(\.profile.depth) == [2, 1])
        let stockholm = "# STOCKHOLM 1.0\na MK\n//\n# STOCKHOLM 1.0\nb/3-5 WWW\n//\n"
        #expect(try chains(stockholm).map(\.id) == ["a", "b/3-5"])
    }

    @Test func afterAFaultyAlignmentTheNextIsRead() throws {
        let text = "#a\n>a\nMK\n>r\nM\n#b\n>b\nWWW\n#c\n>c\n---\n#d\n>d\nYY\n"
        var reader = ProfileReader(.memory(Array(text.utf8), name: "x"))
        var (ids, errors): ([String], [String]) = ([], [])
        while true {
            do throws(FormatError) {
                guard let chain = try reader.next() else { break }
                ids.append(chain.id)
            } catch {
                #expect(error.problem.isOfRecord)
                errors.append("\(error)")
                try reader.skipRecord()
            }
        }
        #expect(ids == ["b", "d"])
        #expect(
            errors == [
                "x:4: record r: a row of 1 columns where those before have 2; is the file cut, or not an alignment?",
                "x:10: record c: no residue in the row that the profile is made for; put the chain first, or name it",
            ])
    }

    @Test(arguments: [
        (
            "",
            "x: no alignment; give A3M, A2M, aligned FASTA, Stockholm, Clustal, HH-suite's .hhm, HMMER's .hmm, PSI-BLAST's "
                + "ASCII PSSM, or a table of 'mmseqs profile2pssm'"
        ),
        (">q\nMKV\n>r\nMK1\n", "x:3: record r: '1' at column 3 of a row; only letters, '*', '-' and '.' are accepted"),
        (">q\nMKV\n>r\n>s\nMKV\n", "x:3: record r: a row without a letter; remove it"),
        (
            "#61,50\t1,1\n>101\t102\nMKV\n",
            "x:1: several chains joined to one row, as for complexes; give an alignment a chain"
        ),
        (
            ">q\n***\n",
            "x:1: record q: no residue in the row that the profile is made for; put the chain first, or name it"
        ),
        ("# STOCKHOLM 1.0\na MK\n", "x:2: the alignment has no end ('//'); is the file cut?"),
        (
            "# STOCKHOLM 1.0\na MK\nb M\n//\n",
            "x:4: a row of 1 columns where those before have 2; is the file cut, or not an alignment?"
        ),
        ("CLUSTAL W\n\na MK extra words\n", "x:3: a row of the profile is not a name and letters"),
    ])
    func whatIsWrongIsSaid(text: String, expected: String) {
        #expect(problem(text) == expected)
    }

    @Test func aStopAtTheEndIsNoResidueAndOneInsideIsUnknown() throws {
        let chain = try chains(">q\nMK*V*\n>r\nMKAV*\n")[0]
        #expect(chain.sequence == Array("MK*V".utf8))
        #expect(column(chain, 2) == ["A": 1000])
    }

    @Test func manyRowsAreThinnedEvenly() throws {
        var text = ">q\nMK\n"
        for row in 0..<40_000 { text += ">r\(row)\n\(row < 20_000 ? "MR" : "MW")\n" }
        let chain = try chains(text)[0]
        #expect(chain.profile.depth == 40_001)
        let found = column(chain, 1)
        #expect(found.keys.sorted() == ["K", "R", "W"])
        // Weights of a row are shared by those that are equal to it.
        #expect(abs((found["R"] ?? 0) - (found["W"] ?? 0)) <= 2)
    }

    @Test func neffIsOneAloneAndGrowsWithTheColumns() throws {
        #expect(try chains(">q\nMKVLW\n")[0].profile.neff == [1, 1, 1, 1, 1])
        let two = try chains(">q\nMKVLW\n>r\nWLVKM\n")[0].profile.neff
        // Four of five columns have an entropy of ln 2.
        for value in two { #expect(abs(value - 1.7411) < 1e-3) }
    }
}
