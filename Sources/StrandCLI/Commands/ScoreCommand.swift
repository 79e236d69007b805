import ArgumentParser
import Strand

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Compares any system's predictions with the truth: Q3, Q8, SOV of chains, CER, WER of texts.",
        discussion: """
            Proteins: truth and predictions are labelled FASTA, PSIPRED's .ss2 and .horiz, NetSurfP's table, tsv and \
            jsonl of 'strand label', tables or JSON Lines of sequences and labels, DSSP's own format or mmCIF. Chains \
            are matched by id, or by what programs make of it (sp|P1|A: P1, sp_P1_A, without '-'), where that fits one \
            chain only. Where the truth has eight states they are reduced to three; predictions in eight states are \
            measured in eight as well. P, L and _ are read as coil. Residues labelled '-' do not count, unless \
            --unmasked takes them as coil. A chain without a prediction counts as all wrong, and one of another length \
            or sequence is an error; --common leaves both out, for every system. Every mismatch is reported.

            Handwriting: truth and readings are plain text, a text a line; a table parted by tabs, commas or \
            semicolons with the columns id and text (of several ranks the first counts; quoted by RFC 4180); JSON \
            objects, a line each or in an array, with the members id and text; sclite's .trn, a text and its id in \
            parentheses a line; or ink of any format. All but plain text are matched by id, plain text line by line. \
            Samples without a true text are left out; a true text \
            without a reading counts as all deletions. Both are counted. CER = (S + D + I) / characters, over grapheme \
            clusters of all texts together; WER over words between white space. Where the truth names writers, \
            intervals are over writers, else over texts.

            Each file is a system; a folder is one too, of all files in it. PSIPRED files with a chain each are one \
            system together, or one for each folder; of a chain's .ss2 and .horiz the first counts. Every two systems \
            are compared on the same chains or texts: difference with its interval by paired bootstrap, and sign test.

            EXAMPLES:
              strand score cb513.ssfa.gz psipred/*.ss2
              strand score cb513.ssfa.gz mine.jsonl.gz netsurfp.csv --report compared.html
              strand score --reduction H/E --unmasked cb513.ssfa.gz mine.ssfa
              strand score truth.jsonl.gz readings.tsv
              strand score truth.txt mine.txt theirs.txt --markdown
            """)

    @Option(
        help: ArgumentHelp(
            """
            How plain texts are laid out: lines: a text a line; kaldi: an id, a blank, the text; trn: a text and its id in \
            parentheses (default: lines, or trn where all lines end so).
            """, valueName: "name"))
    var format: PlainTextLayout?

    @OptionGroup(title: "Proteins") var scoring: ProteinScoring
    @OptionGroup var reporting: ReportOptions

    @Argument(help: ArgumentHelp("The truth: chains with labels, or texts.", valueName: "truth"), completion: .file())
    var truth: String

    @Argument(
        help: ArgumentHelp("Predictions or readings; several are compared.", valueName: "predictions"),
        completion: .file())
    var predictions: [String]

    func run() throws {
        try reporting.check(reading: [truth] + predictions)
        let observer = ConsoleObserver()
        let meter = observer.meter(of: [truth] + predictions)
        let file = try DetectedFile(truth, meter: meter)
        switch file.kind {
        case .chains: try scoreChains(file.bytes(), meter, observer)
        case .ink, .model, nil: try scoreTexts(file.textBytes("a truth, chains with labels or texts,"), meter, observer)
        }
    }

    private func scoreChains(
        _ bytes: consuming ByteReader, _ meter: InputMeter, _ observer: ConsoleObserver
    ) throws {
        try refuse(["--format": format != nil], because: "it is for texts")
        var truths = [try LabelledData(path: truth, bytes, states: nil, needsSequences: false)]
        let labels = try truths.adoptLabelSet()
        if !labels.isDSSP {
            try refuse(scoring.ofStructure, because: "'\(truths[0].name)' has the labels \(labels.text)")
        }
        let truth = truths[0]
        let run = try ProteinScoreRun(
            PredictedSystem.load(predictions, labels: labels, meter: meter), against: truth, labels: labels,
            scoring.settings, observer: observer)
        try reporting.show(run.reports) {
            .proteins(run.reports, strips: run.strips, subtitle: "Scored against \(truth.name).")
        }
    }

    private func scoreTexts(
        _ bytes: consuming ByteReader, _ meter: InputMeter, _ observer: ConsoleObserver
    ) throws {
        try refuse(scoring.ofStructure, because: "it is for chains")
        try refuse(["--common": scoring.common], because: "it is for chains")
        let truth = try TextFile(path: truth, bytes, plain: format)
        var readings: [TextFile] = []
        for path in predictions {
            let bytes = try DetectedFile(path, meter: meter).textBytes("texts, as the truth has them,")
            readings.append(try TextFile(path: path, bytes, plain: format))
        }
        if !truth.isPlain && !readings.contains(where: \.isPlain) {
            try refuse(["--format": format != nil], because: "no file is plain text")
        }
        let run = try TextScoreRun(readings, against: truth, observer: observer)
        try reporting.show(run.reports) {
            .ink(run.reports, samples: run.reports.map { _ in [] }, subtitle: "Scored against \(truth.name).")
        }
    }
}

/// Settings for scoring chains.
struct ProteinScoring: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How eight states become three: HGI/EB (default), H/E (the strictest), or jpred (H/EB).",
            valueName: "name"))
    var reduction: ReductionOption?

    @Flag(help: "Count residues labelled '-' as coil, as figures without a mask do.")
    var unmasked = false

    @Flag(help: "Score only the chains that every system predicted, in their length and sequence.")
    var common = false

    /// The options for states of DSSP that are given.
    var ofStructure: GivenOptions { ["--reduction": reduction != nil, "--unmasked": unmasked] }

    var settings: ProteinScoreRun.Settings {
        var settings = ProteinScoreRun.Settings()
        settings.reduction = (reduction ?? .hgiEB).reduction
        settings.isUnmasked = unmasked
        settings.onlyCommon = common
        return settings
    }
}

extension PlainTextLayout: ExpressibleByArgument {}
