import StrandBytes
import StrandProteins
import Testing

/// Profiles of one alignment (KVW, RVY, KIW, KIF) as the tools wrote them.
@Suite struct ProfileReaderTests {
    private func chains(_ text: String, name: String = "tiny.pssm") throws -> [ProfiledChain] {
        var reader = ProfileReader(.memory(Array(text.utf8), name: name))
        return try reader.all()
    }

    private func problem(_ text: String) -> String {
        do {
            _ = try chains(text, name: "x")
            return "none"
        } catch { return "\(error)" }
    }

    /// Frequencies of at least 2 % of a residue, in percent.
    private func column(_ chain: ProfiledChain, _ residue: Int) -> [String: Int] {
        var found: [String: Int] = [:]
        for (index, letter) in ResidueProfile.aminoAcids.enumerated() {
            let share = chain.profile.frequencies[20 * residue + index]
            if share >= 0.02 { found[String(Unicode.Scalar(letter))] = Int((100 * share).rounded()) }
        }
        return found
    }

    /// hhmake 3.3.0
    private static let hhm = """
        HHsearch 1.5
        NAME  tiny
        FAM   
        LENG  3 match states, 3 columns in multiple alignment

        FILT  4 out of 4 sequences passed filter (-id 100 -cov 0 -qid 0 -qsc -20 -diff 100)
        NEFF  2.2 
        SEQ
        >Consensus
        kvx
        >tiny
        KVW
        >r1
        RVY
        >r2
        KIW
        >r3
        KIF
        #
        NULL   3706\t5728\t4211\t4064\t4839\t3729\t4763\t4308\t4069\t3323\t5509\t4640\t4464\t4937\t4285\t4423\t3815\t3783\t6325\t4665\t
        HMM    A\tC\tD\tE\tF\tG\tH\tI\tK\tL\tM\tN\tP\tQ\tR\tS\tT\tV\tW\tY\t
               M->M\tM->I\tM->D\tI->M\tI->I\tD->M\tD->D\tNeff\tNeff_I\tNeff_D
               0\t*\t*\t0\t*\t0\t*\t*\t*\t*\t
        K 1    *\t*\t*\t*\t*\t*\t*\t*\t646\t*\t*\t*\t*\t*\t1470\t*\t*\t*\t*\t*\t1
               0\t*\t*\t*\t*\t*\t*\t2242\t0\t0\t

        V 2    *\t*\t*\t*\t*\t*\t*\t1170\t*\t*\t*\t*\t*\t*\t*\t*\t*\t848\t*\t*\t2
               0\t*\t*\t*\t*\t*\t*\t2242\t0\t0\t

        W 3    *\t*\t*\t*\t2000\t*\t*\t*\t*\t*\t*\t*\t*\t*\t*\t*\t*\t*\t1363\t1470\t3
               0\t*\t*\t0\t*\t*\t*\t2242\t0\t0\t

        //

        """

    /// hmmbuild 3.3.2
    private static let hmm = """
        HMMER3/f [3.3.2 | Nov 2020]
        NAME  tiny
        LENG  3
        ALPH  amino
        RF    no
        MM    no
        CONS  yes
        CS    no
        MAP   yes
        NSEQ  4
        EFFN  4.000000
        CKSUM 492825577
        STATS LOCAL MSV       -4.6340  0.89459
        STATS LOCAL VITERBI   -4.5700  0.89459
        STATS LOCAL FORWARD   -1.6317  0.89459
        HMM          A        C        D        E        F        G        H        I        K        L        M        N        P        Q        R        S        T        V        W        Y   
                    m->m     m->i     m->d     i->m     i->i     d->m     d->d
          COMPO   4.34430  5.68895  5.46918  4.74305  2.41960  5.06996  4.65343  2.03149  1.77468  3.60023  4.88354  4.80570  5.33875  4.36301  2.24523  4.64538  4.50513  1.82775  2.29805  2.14677
                  2.68618  4.42225  2.77519  2.73123  3.46354  2.40513  3.72494  3.29354  2.67741  2.69355  4.24690  2.90347  2.73739  3.18146  2.89801  2.37887  2.77519  2.98518  4.58477  3.61503
                  0.00858  5.15864  5.88099  0.61958  0.77255  0.00000        *
              1   4.29404  6.22561  5.14945  3.99655  5.97007  4.72805  4.37357  5.14588  0.68010  4.40176  5.32369  4.23527  5.01356  3.49855  1.16029  4.25358  4.33503  4.86335  6.28550  5.29773      1 K - - -
                  2.68618  4.42225  2.77519  2.73123  3.46354  2.40513  3.72494  3.29354  2.67741  2.69355  4.24690  2.90347  2.73739  3.18146  2.89801  2.37887  2.77519  2.98518  4.58477  3.61503
                  0.00858  5.15864  5.88099  0.61958  0.77255  0.48576  0.95510
              2   3.99196  5.15355  6.16675  5.75583  4.65470  5.73978  6.73645  0.95575  5.75342  3.00160  4.33249  5.93314  5.92850  6.06671  5.96768  5.23127  4.26107  0.75075  6.94464  5.67974      2 v - - -
                  2.68618  4.42225  2.77519  2.73123  3.46354  2.40513  3.72494  3.29354  2.67741  2.69355  4.24690  2.90347  2.73739  3.18146  2.89801  2.37887  2.77519  2.98518  4.58477  3.61503
                  0.00858  5.15864  5.88099  0.61958  0.77255  0.48576  0.95510
              3   5.41195  6.20260  6.09565  6.13583  1.35700  5.74776  4.25679  4.93639  5.89179  4.00220  5.42296  5.21803  5.98076  5.42495  5.60997  5.16805  5.58683  4.90548  1.19538  1.06066      3 y - - -
                  2.68618  4.42225  2.77519  2.73123  3.46354  2.40513  3.72494  3.29354  2.67741  2.69355  4.24690  2.90347  2.73739  3.18146  2.89801  2.37887  2.77519  2.98518  4.58477  3.61503
                  0.00578  5.15585        *  0.61958  0.77255  0.00000        *
        //

        """

    /// psiblast 2.12.0+, with a last row of a column that no relative covers
    private static let pssm = """

        Last position-specific scoring matrix computed, weighted observed percentages rounded down, information per position, and relative weight of gapless real matches to pseudocounts
                   A  R  N  D  C  Q  E  G  H  I  L  K  M  F  P  S  T  W  Y  V   A   R   N   D   C   Q   E   G   H   I   L   K   M   F   P   S   T   W   Y   V
            1 K   -1  4  0 -1 -4  1  1 -2 -1 -3 -3  5 -2 -3 -2  0 -1 -3 -2 -3    0  36   0   0   0   0   0   0   0   0   0  64   0   0   0   0   0   0   0   0  0.54 0.01
            2 V   -1 -3 -4 -4 -1 -3 -3 -4 -4  4  1 -3  1 -1 -3 -2  0 -3 -1  4    0   0   0   0   0   0   0   0   0  44   0   0   0   0   0   0   0   0   0  56  0.36 0.01
            3 W   -3 -3 -3 -4 -3 -2 -3 -3  0 -2 -1 -3 -1  4 -4 -3 -2  9  5 -2    0   0   0   0   0   0   0   0   0   0   0   0   0  25   0   0   0  39  36   0  1.08 0.01
            4 M   -1 -2 -2 -3 -2  0 -2 -3 -2  1  2 -2  6  0 -3 -2 -1 -2 -1  1    0   0   0   0   0   0   0   0   0   0   0   0   0   0   0   0   0   0   0   0  0.00 0.00

                              K         Lambda
        PSI Ungapped         0.1746     0.3214
        PSI Gapped           0.0534     0.2670

        """

    /// mmseqs profile2pssm 14-7e284
    private static let mmseqs = """
        Query profile of sequence 0
        Pos\tCns\tA\tC\tD\tE\tF\tG\tH\tI\tK\tL\tM\tN\tP\tQ\tR\tS\tT\tV\tW\tY
        0\tK\t-1\t-3\t0\t0\t-6\t-1\t-1\t-5\t6\t-4\t-2\t0\t0\t1\t5\t0\t-1\t-5\t-6\t-5
        1\tV\t-1\t0\t-3\t-4\t-2\t-3\t-4\t5\t-5\t0\t0\t-4\t-3\t-4\t-5\t-3\t-1\t5\t-5\t-3
        2\tW\t-3\t-2\t-4\t-3\t5\t-3\t0\t-3\t-4\t-1\t-1\t-3\t-4\t-3\t-4\t-3\t-3\t-3\t11\t7

        """

    @Test func emissionsOfHHSuiteAreThousandthsOfBits() throws {
        let found = try chains(Self.hhm)
        #expect(found.map(\.id) == ["tiny"])
        #expect(found[0].sequence == Array("KVW".utf8))
        #expect(found[0].profile.depth == 4)
        #expect(column(found[0], 0) == ["K": 64, "R": 36])
        #expect(column(found[0], 1) == ["I": 44, "V": 56])
        #expect(column(found[0], 2) == ["F": 25, "W": 39, "Y": 36])
        #expect(found[0].profile.frequencies[1] == 0)
    }

    @Test func emissionsOfHMMERAreNaturalLogarithmsAndTheChainIsTheConsensus() throws {
        let found = try chains(Self.hmm)
        #expect(found.map(\.id) == ["tiny"])
        #expect(found[0].sequence == Array("KVY".utf8))
        #expect(found[0].profile.depth == 4)
        #expect(column(found[0], 0) == ["K": 51, "Q": 3, "R": 31])
        #expect(column(found[0], 2) == ["F": 26, "W": 30, "Y": 35])
    }

    @Test func percentagesOfPSIBLASTAreTakenAndScoresWhereThereAreNone() throws {
        let found = try chains(Self.pssm, name: "folder/tiny.pssm.gz")
        #expect(found.map(\.id) == ["tiny"])
        #expect(found[0].sequence == Array("KVWM".utf8))
        #expect(found[0].profile.depth == nil)
        #expect(column(found[0], 0) == ["K": 64, "R": 36])
        #expect(column(found[0], 2) == ["F": 25, "W": 39, "Y": 36])
        // background x exp(0.3176 s): L 0.09019 x e^(0.3176 x 2) = 0.170, M 0.02243 x e^(0.3176 x 6) = 0.151, 0.935 in all.
        #expect(column(found[0], 3)["L"] == 18)
        #expect(column(found[0], 3)["M"] == 16)
    }

    @Test func scoresOfMMseqsAreHalfBitsFromPositionZero() throws {
        let found = try chains(Self.mmseqs + Self.mmseqs.replacing("sequence 0", with: "sequence 17"))
        #expect(found.map(\.id) == ["0", "17"])
        #expect(found[0].sequence == Array("KVW".utf8))
        // K 0.05744 x 2^3 = 0.460 and R 0.05129 x 2^2.5 = 0.290, of 1.332 in all.
        #expect(column(found[0], 0)["K"] == 34)
        #expect(column(found[0], 0)["R"] == 22)
    }

    @Test func severalModelsInAFileAndOneThatIsFaulty() throws {
        let second = Self.hmm.replacing("NAME  tiny", with: "NAME  second")
        #expect(try chains(Self.hmm + second).map(\.id) == ["tiny", "second"])
        var reader = ProfileReader(
            .memory(Array((Self.hmm.replacing("LENG  3", with: "LENG  4") + second).utf8), name: "x"))
        #expect(throws: FormatError.self) { try reader.next() }
        try reader.skipRecord()
        #expect(try reader.next()?.id == "second")
    }

    @Test func whatIsWrongIsSaid() {
        #expect(
            problem(Self.hmm.replacing("ALPH  amino", with: "ALPH  DNA"))
                == "x:4: record tiny: alphabet 'DNA', not that of the 20 amino acids")
        #expect(
            problem(Self.hhm.replacing("LENG  3", with: "LENG  7")).hasSuffix(
                "record tiny: the profile ends after 3 of 7 residues; is the file cut?"))
        #expect(
            problem(Self.hhm.replacing("646", with: "nan")).hasSuffix(
                "record tiny: the profile of residue 1 has no usable numbers; make it anew"))
        #expect(
            problem(Self.hhm.replacing("\n//", with: "")).hasSuffix(
                "record tiny: the profile ends after 3 of 3 residues; is the file cut?"))
        #expect(
            problem(Self.mmseqs.replacing("\n1\tV", with: "\n7\tV"))
                == "x:4: a row of the profile is not a position that counts from 0, a residue and 20 scores")
        #expect(problem("not a profile\n").hasPrefix("x: no known format of alignments or profiles; give A3M"))
    }
}
