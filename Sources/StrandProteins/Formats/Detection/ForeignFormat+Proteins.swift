import StrandBytes

extension ForeignFormat {
    private static let fasta = "make FASTA of it, as 'seqret' of EMBOSS does"
    private static let alignment = "label it as an alignment, or make FASTA of it, as 'seqret' of EMBOSS does"
    private static let profile = "label it as a profile, or give the sequences themselves"
    private static let dssp = "run 'mkdssp' on the structure instead"
    private static let ss2 = "give its labels as labelled FASTA or PSIPRED's .ss2"

    /// Formats of sequences, structures and predictions that programs for proteins write.
    static let ofProteins: [Row] = [
        (ForeignFormat("a GenBank entry", fasta), [.text("LOCUS   ")]),
        (ForeignFormat("an entry of EMBL or UniProt", fasta), [.text("ID   ")]),
        (
            ForeignFormat("a PDB file, which has no states of DSSP", "add them with 'mkdssp'"),
            [
                "HEADER    ", "ATOM  ", "HETATM", "CRYST1", "MODEL     ", "REMARK ", "TITLE     ", "COMPND    ",
                "SEQRES ",
            ].map(Sign.text)
        ),
        (ForeignFormat("the output of STRIDE", dssp), [.text("REM  ------"), .text("ASG  "), .text("CHN  ")]),
        (ForeignFormat("the table of SPIDER (.spd3)", ss2), [.lines { startsTable($0, ["AA", "SS", "ASA"]) }]),
        (
            ForeignFormat("the table of RaptorX (.ss3, .ss8)", ss2),
            [.text("#DeepConCNF"), .text("#RaptorX"), .text("#AcconPred"), .text("#DeepCNF")]
        ),
        (
            ForeignFormat("the table of reprof or PROFphd", ss2),
            [.text("##General"), .text("# Perl-RDB"), .lines { startsTable($0, ["No", "AA", "PHEL"]) }]
        ),
        (
            ForeignFormat("PSIPRED's .ss, a step on the way to .ss2", "give the .ss2 beside it"),
            [.lines { isRowOfPSIPRED($0[0]) }]
        ),
        (ForeignFormat("an alignment (Stockholm)", alignment), [.text("# STOCKHOLM")]),
        (ForeignFormat("an alignment (Clustal)", alignment), [.text("CLUSTAL"), .text("MUSCLE ("), .text("PROBCONS")]),
        (
            ForeignFormat("an alignment (MSF)", fasta),
            [.text("!!AA_MULTIPLE_ALIGNMENT"), .text("PileUp"), .text("MSF:")]
        ),
        (ForeignFormat("an alignment (NEXUS)", fasta), [.text("#NEXUS")]),
        (ForeignFormat("a profile HMM", profile), [.text("HMMER3/"), .text("HMMER2.")]),
        (
            ForeignFormat("a matrix of PSI-BLAST", profile),
            [.text("Last position-specific scoring matrix")]
        ),
        (ForeignFormat("features (GFF)", "give the sequences or labels themselves"), [.text("##gff-version")]),
        (
            ForeignFormat("annotations of Jalview", "give the sequences or labels themselves"),
            [.text("JALVIEW_ANNOTATION")]
        ),
        (ForeignFormat("FASTQ, reads with qualities", "make FASTA of it, as 'seqtk seq -A' does"), [.lines(isFASTQ)]),
        (ForeignFormat("alignments of reads (SAM)", "make FASTA of them, as 'samtools fasta' does"), [.lines(isSAM)]),
    ]

    /// Whether a line names these columns one after another, perhaps after a `#`.
    private static func startsTable(_ lines: [ArraySlice<UInt8>], _ names: [String]) -> Bool {
        lines.contains { line in
            let words = line.drop { $0 == UInt8(ascii: "#") || $0.isBlank }.words
            return words.count >= names.count && zip(words, names).allSatisfy { $0.elementsEqual($1.utf8) }
        }
    }

    /// A row of index, residue, state and three probabilities.
    private static func isRowOfPSIPRED(_ line: ArraySlice<UInt8>) -> Bool {
        let words = line.words
        return words.count == 6 && Int(digits: words[0]) != nil && words[1].count == 1 && words[2].count == 1
            && words[3...].allSatisfy { Double(decimal: $0) != nil }
    }

    /// `@` and a name, the read, `+`.
    private static func isFASTQ(_ lines: [ArraySlice<UInt8>]) -> Bool {
        guard lines[0].first == UInt8(ascii: "@"), lines.count > 2 else { return false }
        return lines[2].first == UInt8(ascii: "+")
    }

    private static func isSAM(_ lines: [ArraySlice<UInt8>]) -> Bool {
        ["@HD\t", "@SQ\t", "@PG\t", "@RG\t"].contains { lines[0].starts(with: $0.utf8) }
    }
}
