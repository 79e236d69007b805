import Glibc
import StrandNetwork

/// Whether ink is read clearly better with its axes the other way: upside down, mirrored or turned.
///
/// Only ink that is read badly is looked at, and read again in each of the other ways, of which there are seven. With the
/// first 20 samples of each of the 40 writers of UNIPEN's validation words, in five of these ways, 182 of 200 sets are told
/// right, 14 of the others are said to be nothing (11 of writers with under eight samples), and no upright one is taken for turned
/// (`tools/robustness/axes.py`).
struct AxesCheck {
    private var inks: [[[InkPoint]]] = []
    private var (characters, certainty) = (0, 0.0)

    /// Characters to look at: more do not tell more.
    private static let enough = 150
    /// Fewer do not tell.
    private static let least = 8
    /// Ink is suspect if its characters have a smaller mean probability.
    private static let leastCertainty = 0.85
    /// By how much the mean logarithm of a character's probability has to be better, so that something is said.
    private static let leastGain = 0.2

    /// - Parameter reading: of the sample.
    mutating func add(_ sample: InkSample, _ reading: InkReading) {
        if characters >= Self.enough || reading.characters.isEmpty { return }
        inks.append(sample.strokes)
        characters += reading.characters.count
        certainty += reading.characters.reduce(0) { $0 + $1.probability }
    }

    /// How the ink has to be turned to be read clearly better; nil if it is all right as it is.
    func turn(_ reader: InkReader, on compute: Compute) -> InkAxes? {
        guard characters >= Self.least, certainty < Self.leastCertainty * Double(characters) else { return nil }
        var reader = reader
        reader.decoder = .bestPath
        let scores = InkAxes.all.map { axes in (axes: axes, score: score(axes, reader, on: compute)) }
        guard let best = scores.max(by: { $0.score < $1.score }), best.axes != .usual else { return nil }
        return best.score > scores[0].score + Self.leastGain ? best.axes : nil
    }

    /// Mean over samples of the logarithm of the text's probability, for each unit of ink that makes a character.
    private func score(_ axes: InkAxes, _ reader: InkReader, on compute: Compute) -> Double {
        let turned = inks.map { axes.upright(InkSample(id: "", strokes: $0)).strokes }
        let readings = reader.read(turned, on: compute)
        return readings.reduce(0) { $0 + log(max($1.probability, 1e-300)) } / Double(characters)
    }
}
