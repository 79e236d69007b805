/// Ink on a plane: x grows to the right, y downwards, in the units of the file it came from.
public struct InkPoint: Sendable, Equatable {
    public var x: Double
    public var y: Double
    /// Milliseconds since a starting point of the sample's own; nil: unknown.
    public var time: Double?

    public init(x: Double, y: Double, time: Double? = nil) {
        self.x = x
        self.y = y
        self.time = time
    }

    /// Its position.
    public var position: SIMD2<Double> { [x, y] }
}

/// One piece of handwriting: a character, a word, a line.
public struct InkSample: Sendable, Equatable {
    public var id: String
    /// The writer; nil: unknown.
    public var writer: String?
    /// The true text; nil: unknown.
    public var text: String?
    /// From pen-down to pen-up, in the order of writing.
    public var strokes: [[InkPoint]]
    /// Units of the coordinates per millimetre of the tablet.
    public var unitsPerMillimetre: Double?
    /// Points per second.
    public var hertz: Double?
    /// Milliseconds from the start of the first stroke to the start of each.
    public var strokeStarts: [Double]?
    /// The style as named by the writer or the collection: PRINTED, CURSIVE, MIXED.
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

    /// Number of points in all strokes.
    public var pointCount: Int { strokes.reduce(0) { $0 + $1.count } }
}
