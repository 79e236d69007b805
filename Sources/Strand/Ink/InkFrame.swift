import Foundation
import StrandFormats

/// The frame in which ink of any tablet looks alike: where its middle is and how large its letters are.
///
/// The size is the mean height of the ink's ups and downs, each weighted by itself: about a letter's height in a word
/// and in a line alike, whatever ascenders and descenders there are. Ink with hardly any ups and downs, such as a hyphen,
/// is measured by its width, and a dot counts as one size.
struct InkFrame {
    private let x: Double
    private let y: Double
    /// In units of the ink.
    let size: Double

    init(_ strokes: [[InkPoint]]) {
        var heights = WeightedMean()
        var widths = WeightedMean()
        var middle = WeightedMean()
        for stroke in strokes {
            heights.add(swings: stroke, \.y)
            widths.add(swings: stroke, \.x)
            for (point, next) in zip(stroke, stroke.dropFirst()) {
                middle.add((point.y + next.y) / 2, weight: hypot(next.x - point.x, next.y - point.y))
            }
        }
        let points = strokes.joined()
        size = [heights.value ?? 0, 0.2 * (widths.value ?? 0)].max().flatMap { $0 > 0 ? $0 : nil } ?? 1
        x = points.first?.x ?? 0
        y = middle.value ?? points.first?.y ?? 0
    }

    /// A point in the frame.
    func place(_ point: InkPoint) -> (x: Double, y: Double) { ((point.x - x) / size, (point.y - y) / size) }
}

/// A mean of values, each with a weight.
private struct WeightedMean {
    private var sum = 0.0
    private var weights = 0.0

    var value: Double? { weights > 0 ? sum / weights : nil }

    mutating func add(_ value: Double, weight: Double) {
        sum += weight * value
        weights += weight
    }

    /// Adds how far the coordinate goes between its turns, weighted by itself.
    mutating func add(swings stroke: [InkPoint], _ coordinate: (InkPoint) -> Double) {
        guard var turn = stroke.first.map(coordinate) else { return }
        var last = turn
        for value in stroke.dropFirst().map(coordinate) {
            if (value - last) * (last - turn) < 0 {
                add(abs(last - turn), weight: abs(last - turn))
                turn = last
            }
            last = value
        }
        add(abs(last - turn), weight: abs(last - turn))
    }
}
