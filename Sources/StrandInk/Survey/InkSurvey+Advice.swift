import StrandMetrics

extension InkSurvey.Problem {
    /// The problem, in a few words.
    public var summary: String {
        switch self {
        case .upsideDown: "y seems to grow upwards"
        case .mirrored: "x seems to grow against the writing"
        case .stretched: "letters far too wide or too narrow"
        case .joinedStrokes: "one stroke where the text needs several: pen-ups seem to be missing"
        case .jumps: "the pen jumps inside a stroke: points or a pen-up are missing"
        case .touchingStrokes: "strokes begin where the last one ended: the lifted pen seems to be kept as ink"
        case .withoutInk: "no ink"
        case .onePoint: "a single point"
        case .withoutExtent: "all points at one place"
        case .emptyStrokes: "strokes without points"
        case .dots: "most strokes are single points"
        case .outliers: "a few points far away from the rest"
        case .fewPoints: "fewer than 4 points a character"
        case .coarseUnits: "letters less than 6 units high"
        case .resolution: "a resolution of 0 or less"
        case .letterSize: "letters below 0.7 or above 25 mm by the declared resolution"
        case .rate: "a sampling rate outside 20 to 1,000 Hz"
        case .rateDiffers: "times give less than half or more than twice the declared rate"
        case .timeBackwards: "time goes backwards"
        case .timeConstant: "time stands still"
        case .starts: "not one start time a stroke"
        default: textSummary
        }
    }

    private var textSummary: String {
        switch self {
        case .withoutText: "no text"
        case .controlCharacters: "control characters in the text"
        case .strayBlanks: "leading, trailing or double blanks"
        case .placeholders: "a text that seems to stand for an unknown one"
        case .rareCharacters: "in fewer than 3 samples"
        case .tooMuchText: "far more text than the ink can hold"
        case .tooLittleText: "far less text than ink"
        case .severalLines: "several lines of ink, one line of text"
        case .repeatedIDs: "used more than once"
        case .repeatedInk: "the ink of an earlier sample"
        case .contradictions: "the ink of an earlier sample and another text"
        default: "\(self)"
        }
    }

    /// What to do about it.
    public var advice: String {
        switch self {
        case .upsideDown: "negate y"
        case .mirrored: "negate x, or check the text's direction"
        case .stretched: "scale x by the ratio of the tablet's resolutions"
        case .joinedStrokes: "split strokes where they jump, or leave them out"
        case .jumps: "look at the ink: split strokes, or leave them out"
        case .touchingStrokes: "keep only what is written with the pen down"
        case .withoutInk, .onePoint, .withoutExtent: "leave them out"
        case .emptyStrokes: "harmless; check the conversion"
        case .dots: "check that points were not taken for strokes"
        case .outliers: "remove stray points"
        case .fewPoints, .coarseUnits: "keep more of the tablet's resolution"
        case .resolution, .letterSize: "correct upmm, or leave it away"
        case .rate, .rateDiffers: "correct hz, or leave it away; times are in milliseconds"
        case .timeBackwards, .timeConstant: "correct the times, or leave them away"
        case .starts: "correct t0, or leave it away"
        case .withoutText: "of no use for training and measuring"
        case .controlCharacters, .strayBlanks: "clean the text"
        case .placeholders: "leave them out"
        case .rareCharacters: "too rare to be learned: collect more, or leave them out"
        case .severalLines: "split ink and text into lines"
        case .tooMuchText, .tooLittleText, .contradictions: "check the text"
        case .repeatedIDs: "make ids unique"
        case .repeatedInk: "leave them out"
        }
    }
}
