/// The strokes of a line in the order of reading.
///
/// Ink to the left of where the pen had come to is a delayed stroke, such as the dot of an i or the bar of a t, or a late
/// word, written there afterwards. A delayed stroke has ink beneath it, or is small; it stays where it was written,
/// as `DelayedStrokes` expects. A late word fills a gap, and goes to its place.
enum LineOrder {
    /// In sizes of the ink: how far behind the last ink the first stroke of a late word ends.
    private static let leastDelay = 0.5
    /// Share of a late word's first stroke that may have other ink above or beneath.
    private static let largestCover = 0.3

    /// - Parameter boxes: the strokes in the order of writing.
    static func strokes(of boxes: [StrokeBox]) -> [Int] {
        var order: [StrokeBox] = []
        /// Where the next stroke goes, and the rightmost ink before it.
        var (place, rightmost) = (0, -Double.infinity)
        for box in boxes {
            let middle = (box.x.lowerBound + box.x.upperBound) / 2
            if box.x.upperBound < rightmost - leastDelay, box.isLetter, box.cover(by: order) <= largestCover {
                place = order.firstIndex { $0.x.lowerBound >= middle } ?? order.count
                rightmost = order.prefix(place).reduce(-Double.infinity) { max($0, $1.x.upperBound) }
            } else if place < order.count, middle >= order[place].x.lowerBound {
                place = order.count
                rightmost = order.reduce(rightmost) { max($0, $1.x.upperBound) }
            }
            order.insert(box, at: place)
            place += 1
            rightmost = max(rightmost, box.x.upperBound)
        }
        return order.map(\.stroke)
    }
}

extension StrokeBox {
    /// Share of its width that others cover, 0 ... 1.
    fileprivate func cover(by others: [StrokeBox]) -> Double {
        let covers = others.map(\.x).filter { $0.overlaps(x) }.sorted { $0.lowerBound < $1.lowerBound }
        guard x.length > 0 else { return covers.isEmpty ? 0 : 1 }
        var (covered, end) = (0.0, x.lowerBound)
        for cover in covers {
            covered += max(0, min(cover.upperBound, x.upperBound) - max(cover.lowerBound, end))
            end = max(end, min(cover.upperBound, x.upperBound))
        }
        return covered / x.length
    }
}
