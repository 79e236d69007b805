/// Ink as it is walked along: the parts of a stroke joined, a tablet's noise smoothed away.
struct PreparedInk {
    /// Positions. Strokes without points are left out.
    let strokes: [[SIMD2<Double>]]
    /// The stroke of the sample that each position comes from, and its index there.
    private let origins: [[(stroke: Int, point: Int)]]

    /// Programs that draw line by line save every line as a stroke, each beginning where the last one ended.
    init(_ ink: [[InkPoint]]) {
        var strokes: [[SIMD2<Double>]] = []
        var origins: [[(stroke: Int, point: Int)]] = []
        let tolerance = Self.tolerance(in: ink)
        for (index, stroke) in ink.enumerated() where !stroke.isEmpty {
            let isJoined = strokes.last?.last.map { (stroke[0].position - $0).length <= tolerance } ?? false
            if !isJoined {
                strokes.append([])
                origins.append([])
            }
            strokes[strokes.count - 1] += stroke.map(\.position)
            origins[origins.count - 1] += stroke.indices.map { (index, $0) }
        }
        self.strokes = TabletNoise.smoothed(strokes)
        self.origins = origins
    }

    /// A rounding error of the ink's extent.
    fileprivate static func tolerance(in ink: [[InkPoint]]) -> Double {
        var (least, greatest) = (SIMD2(repeating: Double.infinity), SIMD2(repeating: -Double.infinity))
        for point in ink.joined() {
            least = pointwiseMin(least, point.position)
            greatest = pointwiseMax(greatest, point.position)
        }
        return least.x <= greatest.x ? 1e-5 * (greatest - least).max() : 0
    }

    /// The sample's ink that some points of a stroke are.
    func pieces(of stroke: Int, _ points: ClosedRange<Int>) -> [InkReading.Piece] {
        var pieces: [InkReading.Piece] = []
        for origin in origins[stroke][points] {
            if let last = pieces.last, last.stroke == origin.stroke {
                pieces[pieces.count - 1].points = last.points.lowerBound...origin.point
            } else {
                pieces.append(InkReading.Piece(stroke: origin.stroke, points: origin.point...origin.point))
            }
        }
        return pieces
    }
}

extension InkSample {
    /// Strokes that begin where the one before ended, and are read as one with it.
    public var joinedStrokes: Int {
        let tolerance = PreparedInk.tolerance(in: strokes)
        let written = strokes.filter { !$0.isEmpty }
        return zip(written, written.dropFirst()).count {
            ($1[0].position - $0[$0.count - 1].position).length <= tolerance
        }
    }

    /// Why, for messages that count them.
    package static var joinReason: String { "beginning where the one before ended" }
}
