import StrandBytes
import StrandEngine

/// A drawing of ink with its reading beneath, as SVG: each character below its strokes, in the colour of its ink,
/// paler if it is less probable.
public struct InkDrawing: Sendable {
    private var body = ""
    private var height = margin

    /// In pixels.
    private static let (width, margin, letter, largestHeight) = (900.0, 10.0, 28.0, 4000.0)
    /// Two alternating colours tell neighbours apart, with colour blindness too.
    private static let colours = ["#0b5cad", "#b3500b"]

    public init() {}

    /// Adds a sample beneath the earlier ones.
    public mutating func add(_ sample: InkSample, _ reading: InkReading) {
        let frame = PlotFrame(sample, top: height + 2 * Self.margin)
        text(sample.id, x: Self.margin, y: height + Self.margin, "class=\"id\"")
        for stroke in sample.strokes { line(stroke.map(frame.transform), "#c8c8c8") }
        var bottom = frame.bottom
        for characters in reading.characters.grouped(asLinesOf: reading.text) {
            let ink = characters.flatMap(\.ink).flatMap { sample.strokes[$0.stroke][$0.points] }
            let base = (ink.map { frame.transform($0).y }.max() ?? bottom) + 18
            for (index, character) in characters.enumerated() {
                draw(character, of: sample, in: frame, base: base, colour: Self.colours[index % Self.colours.count])
            }
            bottom = max(bottom, base)
        }
        text(reading.text.replacing("\n", with: " / "), x: Self.margin, y: bottom + 24, "class=\"text\"")
        height = bottom + 44
    }

    private mutating func draw(
        _ character: InkReading.Character, of sample: InkSample, in frame: PlotFrame, base: Double, colour: String
    ) {
        let pieces = character.ink.map { sample.strokes[$0.stroke][$0.points].map(frame.transform) }
        for piece in pieces { line(piece, colour) }
        let xs = pieces.joined().map(\.x)
        guard let first = xs.min(), let last = xs.max() else { return }
        text(
            String(character.character), x: (first + last) / 2, y: base,
            "fill=\"\(colour)\" fill-opacity=\"\(tenth(0.3 + 0.7 * character.probability))\" text-anchor=\"middle\"",
            title: "\(tenth(100 * character.probability)) %")
    }

    private mutating func line(_ path: [SIMD2<Double>], _ colour: String) {
        guard let first = path.first else { return }
        // A dot becomes a line from the point to itself.
        let points = (path.count == 1 ? [first, first] : path).map { "\(tenth($0.x)),\(tenth($0.y))" }
        body += "<polyline points=\"\(points.joined(separator: " "))\" stroke=\"\(colour)\"/>\n"
    }

    private mutating func text(_ text: String, x: Double, y: Double, _ attributes: String, title: String? = nil) {
        let title = title.map { "<title>\($0)</title>" } ?? ""
        body += "<text x=\"\(tenth(x))\" y=\"\(tenth(y))\" \(attributes)>\(title)\(text.escapedForXML)</text>\n"
    }

    /// The drawing as part of a page, whose style sets lines and text.
    public var inline: String {
        "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(height))\">\n\(body)</svg>\n"
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

    /// Maps a sample's points to the drawing: letters of the desired height, unless the ink is too wide or high.
    private struct PlotFrame {
        private let origin: SIMD2<Double>
        private let scale: Double
        private let top: Double
        let bottom: Double

        init(_ sample: InkSample, top: Double) {
            let points = sample.strokes.joined().map(\.position)
            origin = points.reduce(points.first ?? .zero) { pointwiseMin($0, $1) }
            let extent = points.reduce(points.first ?? .zero) { pointwiseMax($0, $1) } - origin
            let size = InkFrame(sample.strokes).size
            let fitting = min((width - 2 * margin) / max(extent.x, 1e-9), largestHeight / max(extent.y, 1e-9))
            scale = min(letter / size, fitting)
            self.top = top
            bottom = top + extent.y * scale
        }

        func transform(_ point: InkPoint) -> SIMD2<Double> {
            (point.position - origin) * scale + [margin, top]
        }
    }
}

extension [InkReading.Character] {
    /// The characters of each line of the text; lines are separated by line feeds.
    fileprivate func grouped(asLinesOf text: String) -> [[InkReading.Character]] {
        var rest = self[...]
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            defer { rest = rest.dropFirst(line.count) }
            return Array(rest.prefix(line.count))
        }
    }
}

/// A number with at most one decimal.
private func tenth(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    return "\(sign)\(abs(tenths) / 10)" + (tenths % 10 == 0 ? "" : ".\(abs(tenths) % 10)")
}
