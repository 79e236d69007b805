import StrandFormats

/// A drawing of ink with what was read beneath it, as SVG: each character below its strokes, in the colour of its ink,
/// paler where it is less probable.
public struct InkDrawing: Sendable {
    private var body = ""
    private var height = 10.0

    /// Width of the drawing and height of a letter, in pixels.
    private static let (width, letter) = (900.0, 28.0)
    /// Two that alternate, so that neighbours stay apart; both are told apart by people who see few colours.
    private static let colours = ["#0b5cad", "#b3500b"]

    public init() {}

    /// Adds a sample beneath those before it.
    public mutating func add(_ sample: InkSample, _ reading: InkReading) {
        let points = sample.strokes.joined()
        let xs = points.map(\.x)
        let ys = points.map(\.y)
        let left = xs.min() ?? 0
        let top = ys.min() ?? 0
        let size = InkFrame(sample.strokes.map { $0.map { SIMD2($0.x, $0.y) } }).size
        let wanted = Self.letter / size
        let scale = min(
            wanted, (Self.width - 20) / max((xs.max() ?? 0) - left, 1e-9), 4000 / max((ys.max() ?? 0) - top, 1e-9))
        func place(_ point: InkPoint) -> String {
            "\(tenth(10 + (point.x - left) * scale)),\(tenth(height + 20 + (point.y - top) * scale))"
        }

        body += "<text x=\"10\" y=\"\(tenth(height + 10))\" class=\"id\">\(sample.id.escapedForXML)</text>\n"
        for stroke in sample.strokes where !stroke.isEmpty { body += polyline(stroke.map(place), "#c8c8c8") }
        for (index, character) in reading.characters.enumerated() {
            let colour = Self.colours[index % 2]
            for piece in character.ink {
                body += polyline(sample.strokes[piece.stroke][piece.points].map(place), colour)
            }
        }
        let bottom = height + 20 + ((ys.max() ?? top) - top) * scale
        for line in lines(of: reading, in: sample) {
            for (index, character) in line {
                let ink = character.ink.flatMap { sample.strokes[$0.stroke][$0.points] }
                guard let first = ink.map(\.x).min(), let last = ink.map(\.x).max() else { continue }
                // A page's lines keep their own height, a single line stands beneath the ink.
                let base =
                    reading.text.contains("\n")
                    ? height + 20 + ((ink.map(\.y).max() ?? 0) - top) * scale + 12 : bottom + 20
                body +=
                    "<text x=\"\(tenth(10 + ((first + last) / 2 - left) * scale))\" y=\"\(tenth(base))\" "
                    + "fill=\"\(Self.colours[index % 2])\" fill-opacity=\"\(tenth(0.3 + 0.7 * character.probability))\" "
                    + "text-anchor=\"middle\"><title>\(tenth(100 * character.probability)) %</title>"
                    + "\(String(character.character).escapedForXML)</text>\n"
            }
        }
        body +=
            "<text x=\"10\" y=\"\(tenth(bottom + 44))\" class=\"text\">"
            + "\(reading.text.replacing("\n", with: " / ").escapedForXML)</text>\n"
        height = bottom + 64
    }

    private func lines(of reading: InkReading, in sample: InkSample) -> [[(Int, InkReading.Character)]] {
        [Array(reading.characters.enumerated()).map { ($0.offset, $0.element) }]
    }

    private func polyline(_ places: [String], _ colour: String) -> String {
        // A dot is a line to itself.
        let places = places.count == 1 ? [places[0], places[0]] : places
        return "<polyline points=\"\(places.joined(separator: " "))\" stroke=\"\(colour)\"/>\n"
    }

    /// The whole drawing.
    public var svg: [UInt8] {
        Array(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(Int(height))" \
            width="\(Int(Self.width))" height="\(Int(height))" font-family="sans-serif">
            <style>polyline{fill:none;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}\
            text{font-size:15px}.id{font-size:10px;fill:#888}.text{font-size:16px;fill:#222}</style>
            <rect width="100%" height="100%" fill="#fff"/>
            \(body)</svg>

            """.utf8)
    }
}

/// A number with one decimal.
private func tenth(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(abs(tenths) % 10)")
}

extension String {
    fileprivate var escapedForXML: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
