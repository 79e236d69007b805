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
    /// Longer texts go on in another row.
    private static let charactersPerRow = 100

    public init() {}

    /// Adds a sample beneath the earlier ones. Lines of ink are moved apart, so that there is room for letters between them.
    public mutating func add(_ sample: InkSample, _ reading: InkReading) {
        let frame = PlotFrame(sample, top: height + 2 * Self.margin)
        let lines = reading.characters.grouped(asLinesOf: reading.text)
        let rows = PlotRows(lines, of: sample, in: frame)
        text(sample.id, x: Self.margin, y: height + Self.margin, "class=\"id\" fill=\"#888\"")
        for (index, stroke) in sample.strokes.enumerated() {
            line(stroke.map { frame.transform($0) + [0, rows.shift(ofStroke: index)] }, "#c8c8c8")
        }
        var bottom = frame.bottom + rows.height
        for (number, characters) in lines.enumerated() {
            let shift = SIMD2(0, rows.shifts[number])
            let ink = characters.flatMap(\.ink).flatMap { sample.strokes[$0.stroke][$0.points] }
            let base = (ink.map { frame.transform($0).y }.max() ?? bottom) + shift.y + 18
            for (index, character) in characters.enumerated() {
                let pieces = character.ink.map {
                    sample.strokes[$0.stroke][$0.points].map { frame.transform($0) + shift }
                }
                draw(character, along: pieces, base: base, colour: Self.colours[index % Self.colours.count])
            }
            bottom = max(bottom, base)
        }
        for row in reading.text.split(separator: "\n").flatMap({ String($0).rows(of: Self.charactersPerRow) }) {
            bottom += 22
            text(row, x: Self.margin, y: bottom, "class=\"text\" fill=\"#222\"")
        }
        height = bottom + 22
    }

    private mutating func draw(
        _ character: InkReading.Character, along pieces: [[SIMD2<Double>]], base: Double, colour: String
    ) {
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
        body += "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"\(colour)\"/>\n"
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
            text{font-size:15px}.id{font-size:10px}.text{font-size:16px}</style>
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

    /// How far the lines of a page are moved down: each row of them by so much more, as letters under a line take.
    private struct PlotRows {
        /// One for each line.
        private(set) var shifts: [Double]
        private var lineOfStroke: [Int?]
        /// What the page grows by.
        private(set) var height = 0.0

        private static let space = 24.0

        init(_ lines: [[InkReading.Character]], of sample: InkSample, in frame: PlotFrame) {
            shifts = [Double](repeating: 0, count: lines.count)
            lineOfStroke = [Int?](repeating: nil, count: sample.strokes.count)
            for (line, characters) in lines.enumerated() {
                for piece in characters.flatMap(\.ink) { lineOfStroke[piece.stroke] = line }
            }
            var middles: [(line: Int, y: Double)] = []
            for (line, characters) in lines.enumerated() {
                let ys = characters.flatMap(\.ink).flatMap {
                    sample.strokes[$0.stroke][$0.points].map { frame.transform($0).y }
                }
                if !ys.isEmpty { middles.append((line, ys.reduce(0, +) / Double(ys.count))) }
            }
            var last: Double?
            for (line, y) in middles.sorted(by: { $0.y < $1.y }) {
                // Lines beside each other are a row.
                if let last, y > last + letter { height += Self.space }
                shifts[line] = height
                last = y
            }
            placeOtherStrokes(sample, middles, frame)
        }

        /// Ink that is no character goes with the nearest line.
        private mutating func placeOtherStrokes(
            _ sample: InkSample, _ middles: [(line: Int, y: Double)], _ frame: PlotFrame
        ) {
            for (index, stroke) in sample.strokes.enumerated() where lineOfStroke[index] == nil && !stroke.isEmpty {
                let y = stroke.reduce(0) { $0 + frame.transform($1).y } / Double(stroke.count)
                lineOfStroke[index] = middles.min { abs($0.y - y) < abs($1.y - y) }?.line
            }
        }

        func shift(ofStroke stroke: Int) -> Double { lineOfStroke[stroke].map { shifts[$0] } ?? 0 }
    }
}

extension String {
    /// The text in rows of at most so many characters, parted between words where there are some.
    fileprivate func rows(of length: Int) -> [String] {
        var (rows, row) = ([String](), "")
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            if !row.isEmpty && row.count + 1 + word.count > length {
                rows.append(row)
                row = ""
            }
            row += (row.isEmpty ? "" : " ") + word
            while row.count > length {
                rows.append(String(row.prefix(length)))
                row = String(row.dropFirst(length))
            }
        }
        return rows + [row]
    }
}

extension [InkReading.Character] {
    /// The characters of each line of the text; lines are separated by line feeds.
    func grouped(asLinesOf text: String) -> [[InkReading.Character]] {
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
