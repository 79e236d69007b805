extension InkSurvey {
    /// What can be wrong with handwriting. Each check documents its rates of detection and false alarms, measured on
    /// the words and lines of UNIPEN's training part (66,580 samples), unchanged and with the fault introduced.
    public enum Problem: Int, Sendable, CaseIterable {
        /// Axes, by writer.
        case upsideDown, mirrored, stretched
        /// The pen.
        case joinedStrokes, jumps, touchingStrokes
        /// Ink that is hardly ink.
        case withoutInk, onePoint, withoutExtent, emptyStrokes, dots, outliers
        /// Resolution in space and time.
        case fewPoints, coarseUnits, resolution, letterSize, rate, rateDiffers, timeBackwards, timeConstant, starts
        /// Texts.
        case withoutText, controlCharacters, strayBlanks, placeholders, rareCharacters, tooMuchText, tooLittleText,
            severalLines
        /// Repetitions.
        case repeatedIDs, repeatedInk, contradictions
    }

    /// The unit that a finding counts.
    public enum Unit: String, Sendable {
        case sample, writer, id, character
    }

    /// A problem and where it occurs.
    public struct Finding: Sendable, Equatable {
        public let problem: Problem
        public let unit: Unit
        public let count: Int
        /// The first few: ids of samples, names of writers, characters.
        public let examples: [String]
        /// The writer of most of the samples, if that is at least 10 samples and a quarter of them.
        public var mainWriter: WriterShare?
    }

    /// A writer's share of a finding.
    public struct WriterShare: Sendable, Equatable {
        public let writer: String
        public let count: Int
    }
}

extension InkSurvey.Problem {
    /// Some problems of a sample.
    struct Bits: Sendable, ExpressibleByArrayLiteral {
        private var bits: UInt32 = 0

        init(arrayLiteral problems: InkSurvey.Problem...) {
            for problem in problems { insert(problem, if: true) }
        }

        func contains(_ problem: InkSurvey.Problem) -> Bool { bits & (1 << UInt32(problem.rawValue)) != 0 }

        mutating func insert(_ problem: InkSurvey.Problem, if condition: Bool) {
            if condition { bits |= 1 << UInt32(problem.rawValue) }
        }

        mutating func formUnion(_ others: Bits) { bits |= others.bits }
    }
}
