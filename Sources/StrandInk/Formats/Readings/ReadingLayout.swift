import Glibc
import StrandMetrics

/// Where the lines and words of a reading are, in the units of the ink.
struct ReadingLines {
    /// Where ink is: the least and the greatest coordinates.
    struct Extent {
        var least: SIMD2<Double>
        var greatest: SIMD2<Double>

        init?(_ points: [SIMD2<Double>]) {
            guard let first = points.first else { return nil }
            least = points.reduce(first) { pointwiseMin($0, $1) }
            greatest = points.reduce(first) { pointwiseMax($0, $1) }
        }

        var size: SIMD2<Double> { greatest - least }
    }

    struct Word {
        var text: String
        var extent: Extent
        /// The least probability of its characters, 0 ... 1.
        var confidence: Double
    }

    struct Line {
        var words: [Word]
        var extent: Extent
        /// The strokes that characters were read from, in their order.
        var strokes: [Int]

        var text: String { words.map(\.text).joined(separator: " ") }
    }

    private(set) var lines: [Line] = []

    /// Words without ink have no place and are left out.
    init(_ reading: InkReading, of sample: InkSample) {
        for characters in reading.characters.grouped(asLinesOf: reading.text) {
            let words = characters.split { $0.character.isWhitespace }.compactMap { word -> Word? in
                guard let extent = Extent(Self.points(of: word, in: sample)) else { return nil }
                return Word(
                    text: String(word.map(\.character)), extent: extent, confidence: word.map(\.probability).min() ?? 0)
            }
            guard let extent = Extent(Self.points(of: characters[...], in: sample)), !words.isEmpty else { continue }
            let strokes = Set(characters.flatMap { $0.ink.map(\.stroke) }).sorted()
            lines.append(Line(words: words, extent: extent, strokes: strokes))
        }
    }

    private static func points(
        of characters: ArraySlice<InkReading.Character>, in sample: InkSample
    ) -> [SIMD2<Double>] {
        characters.flatMap(\.ink).flatMap { sample.strokes[$0.stroke][$0.points].map(\.position) }
    }
}

/// The same in whole pixels from the top left of the page.
///
/// If the ink's units are known, a pixel is 1/300 inch. Else it is a unit, or a decimal part of one where the writing is
/// only a few units high. Ink left of or above the origin moves the page.
struct ReadingLayout {
    struct Box {
        var left, top, right, bottom: Int
    }

    let lines: [ReadingLines.Line]
    /// Marks that are no text, and where they are.
    let marks: [(kind: InkReading.Mark.Kind, extent: ReadingLines.Extent)]
    /// Right and bottom of all ink.
    let size: (width: Int, height: Int)
    /// Whether a pixel is 1/300 inch.
    let isMeasured: Bool
    private let origin: SIMD2<Double>
    private let scale: Double

    /// Pixels per inch, where they have a size.
    static let resolution = 300
    /// Letters of ink without a size are at least so many pixels high.
    private static let leastLetter = 10.0
    /// No page is larger, and a whole number holds it.
    private static let largestPage = 1e9

    init(_ reading: InkReading, of sample: InkSample) {
        lines = ReadingLines(reading, of: sample).lines
        marks = reading.marks.compactMap { mark in
            ReadingLines.Extent(mark.strokes.flatMap { sample.strokes[$0].map(\.position) }).map { (mark.kind, $0) }
        }
        isMeasured = (sample.unitsPerMillimetre ?? 0) > 0
        let whole = ReadingLines.Extent(sample.strokes.joined().map(\.position))
        origin = whole.map { pointwiseMin($0.least, .zero) } ?? .zero
        let extent = (whole?.greatest ?? .zero) - origin
        scale = min(Self.pixelsPerUnit(of: sample), Self.largestPage / max(extent.max(), 1e-9))
        size = (max(1, Int((extent.x * scale).rounded(.up))), max(1, Int((extent.y * scale).rounded(.up))))
    }

    private static func pixelsPerUnit(of sample: InkSample) -> Double {
        if let units = sample.unitsPerMillimetre, units > 0 { return Double(resolution) / 25.4 / units }
        let letter = InkFrame(sample.strokes).size
        return letter < leastLetter ? pow(10, log10(leastLetter / letter).rounded(.up)) : 1
    }

    func box(_ extent: ReadingLines.Extent) -> Box {
        let (first, last) = ((extent.least - origin) * scale, (extent.greatest - origin) * scale)
        return Box(
            left: Int(first.x), top: Int(first.y), right: Int(last.x.rounded(.up)), bottom: Int(last.y.rounded(.up)))
    }
}
