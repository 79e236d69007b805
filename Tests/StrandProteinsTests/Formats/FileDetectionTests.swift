import StrandBytes
import StrandProteins
import TestSupport
import Testing

/// What the first bytes say of a file of chains, or of a file that is none.
@Suite struct FileDetectionTests {
    private func format(_ text: String, wantsLabels: Bool = false) throws(FormatError) -> ChainFormat? {
        var bytes = ByteReader(memory(text))
        return try ChainFormat(lookingAt: &bytes, wantsLabels: wantsLabels)
    }

    private func fault(_ bytes: [UInt8]) -> String? {
        message { () throws(FormatError) in
            var reader = ByteReader(.memory(bytes, name: "test"))
            _ = try ChainFormat(lookingAt: &reader)
        }
    }

    private static let sequence = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQAPILSRVGDGTQDNLSGAEKAVQVKVKAL"

    @Test(arguments: [
        "CCHHHHHHHHHHCCCEEEEECCCCCCHHHH\nHHHHHHHCCCEEEEECCCCCCHHHHHHHHH\nCC",
        "CCHHHHHHHHHHCCCEEEEECCCCCCHHHHHHHHHHHCCCEEEEECCCCCCHHHHHHHHHCC",
    ]) func wrappedLabelsAreNamed(labels: String) {
        let lines = [0, 30, 60].map { Self.sequence.dropFirst($0).prefix(30) }.joined(separator: "\n")
        #expect(
            fault(Array(">a\n\(lines)\n\(labels)\n>b\n\(lines)\n\(labels)\n".utf8))
                == "test: is labelled FASTA whose lines are wrapped; put each sequence, and its labels, on one line")
    }

    @Test func layoutsOfFASTA() throws {
        let wrapped = Self.sequence.prefix(30) + "\n" + Self.sequence.dropFirst(30).prefix(30)
        let cases: [(text: String, format: ChainFormat, ifLabelsAreWanted: ChainFormat)] = [
            (">a\nMKTAYIAKQR\nCCHHHHHHCC\n", .labelledFASTA, .labelledFASTA),
            // A label is lost, of the first record or of any.
            (">a\nMKTAYIAKQR\nCCHHHHHHC\n", .labelledFASTA, .labelledFASTA),
            (">a\nMKTAYIAKQR\nCCH\n>b\nMKTAYIAKQR\nCCHHHHHHCC\n>c\nMKTA\nCC--\n", .labelledFASTA, .labelledFASTA),
            (">a\nMKTAYIAKQR\nCCHHHHHHCC\n1111111100\n", .labelledFASTA, .labelledFASTA),
            (">a\r\nMKTAYIAKQR \r\nLLHHHHHH__\r\n", .labelledFASTA, .labelledFASTA),
            // Labels with less coil than turns and bends, and labels of which many are lost.
            (
                ">a\nMKTAYIAKQRQISFVKSHFSRQLEERLGLI\nTTSSHHHHHTTTSSGGGTTTEEETTSSTTS\n", .labelledFASTA,
                .labelledFASTA
            ),
            (">a\n\(Self.sequence)\nCCHHHHHHHHHHCCCEEEEECCCC\n", .labelledFASTA, .labelledFASTA),
            // Other labels: few letters, or lines of many lengths in pairs.
            (">a\n\(Self.sequence)\n\(String(repeating: "DO", count: 31))\n", .labelledFASTA, .labelledFASTA),
            (">a\nMK\nxy\n>b\nMKT\nzuv\n>c\nMKTA\nwxyz\n", .labelledFASTA, .labelledFASTA),
            // Two lines of 30 residues are a wrapped sequence, unless there must be labels.
            (">a\n\(wrapped)\n", .fasta, .labelledFASTA),
            (">a\nM\nH\n", .fasta, .labelledFASTA),
            (">a\n\(wrapped)\n>b\n\(Self.sequence.prefix(12))\n", .fasta, .fasta),
            (">a\n\(Self.sequence)\n>b\n\(Self.sequence)\n", .fasta, .fasta),
            (">a\n", .fasta, .fasta),
            // Residues may have letters of states alone.
            (">a\nGSGSGSTSGS\nGSGSTGSGSG\n", .fasta, .labelledFASTA),
            (">a\nGSGSGSTSGS\nGSG\n>b\nGGSGGSGGSG\nGGSGGSGGSG\n", .fasta, .labelledFASTA),
            (">a\nGSGSGSTSGS\nCCSSCCTTCC\n", .labelledFASTA, .labelledFASTA),
            (">a\nMKTAYIAKQR\nGGGGSGGGGS\n", .fasta, .labelledFASTA),
            (">a\nMKTAYIAKQR\nGGGGSGGGGS\nMKTAY\n", .fasta, .fasta),
            (">a\nMKTAYIAKQR\nGGGGSGGGGS\nMKTAYIAKQR\n", .fasta, .fasta),
            (">a\nGSGSGSTSGS\nCGSGSTGSGS\n>b\nMKTAYIAKQR\nCCHHHHHHCC\n", .labelledFASTA, .labelledFASTA),
            // The last line of a wrapped sequence may have letters of states alone.
            (">a\n\(Self.sequence)\nGIST\n", .fasta, .fasta),
        ]
        for (text, expected, wanted) in cases {
            #expect(try format(text) == expected, "\(text)")
            #expect(try format(text, wantsLabels: true) == wanted, "\(text)")
        }
    }

    /// Names of what programs for proteins write, and what to do.
    @Test(arguments: [
        ("LOCUS       AAA  612 bp  mRNA\n", "is a GenBank entry; make FASTA of it, as 'seqret' of EMBOSS does"),
        ("ID   CRAB_ANAPL  Reviewed;\nAC   P1;\n", "is an entry of EMBL or UniProt; make FASTA of it"),
        (
            "HEADER    HYDROLASE   19-MAY-97   1AKI\n",
            "is a PDB file, which has no states of DSSP; add them with 'mkdssp'"
        ),
        ("ATOM      1  N   MET A   1\n", "is a PDB file"),
        (
            "REM  -------------------- Secondary structure summary -------------------  X\nASG  MET A    1\n",
            "is the output of STRIDE; run 'mkdssp' on the structure instead"
        ),
        (
            "#\tAA\tSS\tASA\tPhi\tPsi\n1\tM\tC\t1.0\n",
            "is the table of SPIDER (.spd3); give its labels as labelled FASTA or PSIPRED's .ss2"
        ),
        ("# AA SS ASA Phi Psi\n1 M C 1.0\n", "is the table of SPIDER"),
        (
            "#DeepConCNF_SS3: three-class secondary structure prediction results\n   1 M C   0.010 0.020 0.970 \n",
            "is the table of RaptorX (.ss3, .ss8); give"
        ),
        ("##General\n# No\t: Residue number\nNo\tAA\tPHEL\tRI_S\n", "is the table of reprof or PROFphd; give"),
        ("No\tAA\tPHEL\tRI_S\n1\tM\tL\t9\n", "is the table of reprof or PROFphd; give"),
        ("   1 M C   0.900  0.050  0.050\n", "is PSIPRED's .ss, a step on the way to .ss2; give the .ss2 beside it"),
        (
            ">a\nMKTAYIAKQR\nCCHHHHHHCC\n0.9 0.9 0.1\n0.05 0.05 0.8\n0.05 0.05 0.1\n",
            "is 'fas' of S4PRED with its confidences; write ss2 with it, or keep three lines of each record"
        ),
        (">P1;CRAB_ANAPL\nALPHA CRYSTALLIN B CHAIN\nMDITIHNPLI*\n", "is PIR (NBRF), where a title follows the header"),
        (
            ">a SET=train VALIDATION=False\nCCHHHHHHHHHHHCC\n>b SET=test\nCCEEEEEECC\n",
            "is labels without sequences; put each below its sequence: header, sequence, labels"
        ),
        ("# STOCKHOLM 1.0\n", "is an alignment (Stockholm); label it as an alignment, or make FASTA of it"),
        (
            "CLUSTAL W (1.82) multiple sequence alignment\n",
            "is an alignment (Clustal); label it as an alignment, or make FASTA of it"
        ),
        ("@r1\nACGT\n+\nIIII\n", "is FASTQ, reads with qualities; make FASTA of it, as 'seqtk seq -A' does"),
        ("@SQ\tSN:a\tLN:9\n", "is alignments of reads (SAM); make FASTA"),
        ("##gff-version 3\n", "is features (GFF); give the sequences or labels themselves"),
    ])
    func foreignText(text: String, expected: String) {
        for layout in [text, "\u{FEFF}\n" + text, text.replacing("\n", with: "\r\n")] {
            #expect(
                fault(Array(layout.utf8))?.hasPrefix("test: \(expected)") == true, "\(fault(Array(layout.utf8)) ?? "")")
        }
        #expect(fault(Gzip.compress(Array(text.utf8)))?.hasPrefix("test: \(expected)") == true)
    }

    private static let binary: [([UInt8], String)] = [
        (Array("BZh91AY&SY".utf8), "compressed with bzip2; unpack it with 'bzip2 -dk test' first"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 1], "compressed with xz; unpack it with 'xz -dk test' first"),
        ([0x28, 0xB5, 0x2F, 0xFD, 4, 0], "compressed with zstd; unpack it with 'zstd -d test' first"),
        ([0x50, 0x4B, 3, 4, 20, 0], "a zip archive; unpack it with 'unzip test' first"),
        (
            Array("version https://git-lfs.github.com/spec/v1\noid sha256:0\n".utf8),
            "a pointer of Git LFS, not the file itself; fetch that with 'git lfs pull'"
        ),
        (
            Array("\n<!DOCTYPE HTML PUBLIC>\n<title>404</title>".utf8),
            "a web page (HTML); it may say why the download failed: fetch the file again"
        ),
        ([0xFF, 0xFE, 0, 0, 0x3E, 0, 0, 0], "text in UTF-32; convert it with 'iconv -f UTF-32 -t UTF-8 test'"),
        ([0xFF, 0xFE, 0x3E, 0, 0x61, 0], "text in UTF-16; convert it with 'iconv -f UTF-16 -t UTF-8 test'"),
        (
            ">a b c\nMK".utf8.flatMap { [UInt8(0), $0] },
            "text in UTF-16; convert it with 'iconv -f UTF-16BE -t UTF-8 test'"
        ),
        (
            ">a b c\nMK".utf8.flatMap { [$0, UInt8(0)] },
            "text in UTF-16; convert it with 'iconv -f UTF-16LE -t UTF-8 test'"
        ),
        (
            Array("a.fa".utf8) + [UInt8](repeating: 0, count: 253) + Array("ustar\0".utf8),
            "a tar archive; unpack it with 'tar -xf test' first"
        ),
    ]

    @Test(arguments: binary)
    func foreignBytes(bytes: [UInt8], expected: String) {
        #expect(fault(bytes)?.hasPrefix("test: is \(expected)") == true, "\(fault(bytes) ?? "")")
    }

    @Test func gzipInsideGzip() {
        let twice = Gzip.compress(Gzip.compress(Array(">a\nMK\n".utf8)))
        #expect(fault(twice) == "test: is compressed with gzip twice; unpack it once with 'gzip -dk test'")
    }

    /// Text that only starts like those.
    @Test(arguments: ["BZhang wrote this\n", "IDLE\n", "HEADERS\n", "# AA batteries\n", "a b c\n@x\n", "(x\n", "PK\n"])
    func plainText(text: String) throws {
        #expect(try format(text) == nil)
    }

    /// The names of characters that do not show.
    @Test(arguments: [
        (">a\nMK\u{A0}V\n", "test:2: record a: no-break space (U+00A0) at column 3; remove it"),
        (">a\nMKV\u{200B}\n", "test:2: record a: zero-width space (U+200B) at column 4; remove it"),
        (">a\nMKV\n\u{FEFF}>b\nMK\n", "test:3: record a: byte order mark (U+FEFF) at column 1; remove it"),
        ("\u{FEFF}\u{FEFF}>b\nMK\n", "test:1: byte order mark (U+FEFF) at column 1; remove it"),
        ("\u{A0}>b\nMK\n", "test:1: no-break space (U+00A0) at column 1; remove it"),
        (">a\nMK\u{2060}V\n", "test:2: record a: word joiner (U+2060) at column 3; remove it"),
        (">a\nMK\u{3000}V\n", "test:2: record a: ideographic space (U+3000) at column 3; remove it"),
    ])
    func charactersThatDoNotShow(text: String, expected: String) {
        #expect(message { () throws(FormatError) in _ = try readFASTA(memory(text)) } == expected)
    }

    @Test func labelsHaveThemToo() {
        #expect(
            message { () throws(FormatError) in _ = try readLabelled(memory(">a\nMKV\nHH\u{A0}C\n")) }
                == "test:3: record a: no-break space (U+00A0) at column 3; remove it")
    }
}
