/// The text of a piece of ink.
public struct InkReading: Sendable, Equatable {
    /// A character and the ink it was read from.
    public struct Character: Sendable, Equatable {
        public var character: Swift.Character
        /// The largest probability the network gives it along its ink, 0 ... 1, ignoring any language model.
        public var probability: Double
        /// Its ink, stroke by stroke; empty for a blank.
        public var ink: [Piece]
        /// Milliseconds, from the times of the points; nil if they have none.
        public var time: ClosedRange<Double>?

        public init(
            character: Swift.Character, probability: Double, ink: [Piece], time: ClosedRange<Double>? = nil
        ) {
            self.character = character
            self.probability = probability
            self.ink = ink
            self.time = time
        }
    }

    /// Consecutive points of a stroke.
    public struct Piece: Sendable, Equatable {
        public var stroke: Int
        public var points: ClosedRange<Int>

        public init(stroke: Int, points: ClosedRange<Int>) {
            self.stroke = stroke
            self.points = points
        }
    }

    /// Ink that is no text.
    public struct Mark: Sendable, Equatable {
        /// What it is.
        public enum Kind: String, Sendable, CaseIterable {
            case underline, frame, arrow, rule, drawing
        }

        public var kind: Kind
        /// Its strokes, in their order.
        public var strokes: [Int]

        public init(_ kind: Kind, strokes: [Int]) {
            self.kind = kind
            self.strokes = strokes
        }
    }

    /// A possible text of the ink.
    public struct Alternative: Sendable, Equatable {
        public var text: String
        /// See `InkReading.probability`.
        public var probability: Double

        public init(text: String, probability: Double) {
            self.text = text
            self.probability = probability
        }
    }

    /// Lines are separated by line feeds. Empty if there is no ink, or nothing was recognised.
    public var text: String
    /// The probability of the text, 0 ... 1: for the best path, CTC's probability of the text; for a beam, its share
    /// among all texts left at the end, including a language model's part.
    public var probability: Double
    /// The characters of the text except the line feeds.
    public var characters: [Character]
    /// The most probable texts, `text` first.
    public var alternatives: [Alternative]
    /// Underlines, frames, arrows, rules and drawings, whose ink was not read.
    public var marks: [Mark]

    public init(
        text: String, probability: Double, characters: [Character], alternatives: [Alternative], marks: [Mark] = []
    ) {
        self.text = text
        self.probability = probability
        self.characters = characters
        self.alternatives = alternatives
        self.marks = marks
    }

    /// The reading of no ink: an empty text is all that it can be.
    public static let empty = InkReading(
        text: "", probability: 1, characters: [], alternatives: [Alternative(text: "", probability: 1)])
}
