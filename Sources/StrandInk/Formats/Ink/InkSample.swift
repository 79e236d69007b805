/// Ink on a plane: x grows to the right, y downwards, in the units of the file it came from.
public struct InkPoint: Sendable, Equatable {
    public var x: Double
    public var y: Double
    /// Milliseconds since some start of the sample's own; nil: not known.
    public var time: Double?

    public init(x: Double, y: Double, time: Double? = nil) {
        self.x = x
        self.y = y
        self.time = time
    }

    /// Where it is.
    public var position: SIMD2<Double> { [x, y] }
}

/// One piece of handwriting: a character, a word, a line.
public struct InkSample: Sendable, Equatable {
    public var id: String
    /// Who wrote it; nil: not known.
    public var writer: String?
    /// What is written; nil: not known.
    public var text: String?
    /// From pen-down to pen-up, in the order of writing.
    public var strokes: [[InkPoint]]
    /// Units of the coordinates in a millimetre of the tablet.
    public var unitsPerMillimetre: Double?
    /// Points a second.
    public var hertz: Double?
    /// Milliseconds from the start of the first stroke to that of each.
    public var strokeStarts: [Double]?
    /// What the writer or the collection calls the style: PRINTED, CURSIVE, MIXED.
    public var style: String?

    public init(
        id: String, writer: String? = nil, text: String? = nil, strokes: [[InkPoint]],
        unitsPerMillimetre: Double? = nil, hertz: Double? = nil, strokeStarts: [Double]? = nil, style: String? = nil
    ) {
        self.id = id
        self.writer = writer
        self.text = text
        self.strokes = strokes
        self.unitsPerMillimetre = unitsPerMillimetre
        self.hertz = hertz
        self.strokeStarts = strokeStarts
        self.style = style
    }

    /// Number of points of all strokes.
    public var pointCount: Int { strokes.reduce(0) { $0 + $1.count } }
}
