import StrandBytes

extension InkShape {
    /// Whether the pen jumps inside a stroke: one segment is longer than 0.7 letters, 6 times the sample's median
    /// segment and 4 times its neighbours. A fast hand is fast for several points.
    ///
    /// 0.7 % of UNIPEN's samples have such a segment, many of them by two writers whose tablets lost points. With all
    /// strokes of a sample joined into one, 81 % of the words (of several strokes) and 99.8 % of the lines have.
    var hasJumps: Bool {
        var median: Double?
        for stroke in strokes {
            for index in stroke.indices.dropFirst() where stroke.count > 3 {
                let length = (stroke[index] - stroke[index - 1]).length
                guard length > 0.7 * size, length > 4 * neighbours(of: index, in: stroke) else { continue }
                let typical = median ?? medianSegment
                median = typical
                if length > 6 * typical { return true }
            }
        }
        return false
    }

    /// The longer of the segments before and after the one that ends at `index`.
    private func neighbours(of index: Int, in stroke: [SIMD2<Double>]) -> Double {
        let before = index > 1 ? (stroke[index - 1] - stroke[index - 2]).length : 0
        let after = index + 1 < stroke.count ? (stroke[index + 1] - stroke[index]).length : 0
        return max(before, after)
    }

    private var medianSegment: Double {
        var lengths: [Double] = []
        for stroke in strokes {
            for (point, next) in zip(stroke, stroke.dropFirst()) { lengths.append((next - point).length) }
        }
        lengths.sort()
        return lengths.isEmpty ? 0 : lengths[lengths.count / 2]
    }

    /// Whether most strokes begin where the last one ended, within a tenth of a letter: over 60 % of 4 strokes or more.
    ///
    /// This happens if the lifted pen's movement is recorded as strokes. 8 of UNIPEN's samples look so, some by chance;
    /// with lifted movements added as strokes, 99 % of the lines and 65 % of the words (with enough strokes) do.
    var strokesTouch: Bool {
        guard strokes.count >= 4 else { return false }
        let touching = zip(strokes, strokes.dropFirst()).count { last, next in
            (next[0] - last[last.count - 1]).length < 0.1 * size
        }
        return 10 * touching > 6 * (strokes.count - 1)
    }

    /// Whether at most a tenth of the points is far off: across a gap of half the box, if that is more than 6 letters
    /// wide.
    ///
    /// 19 of UNIPEN's samples have such points; with a far point added, 99.97 % have.
    var hasOutliers: Bool {
        hasGap(least.x, greatest.x, \.x) || hasGap(least.y, greatest.y, \.y)
    }

    private func hasGap(_ least: Double, _ greatest: Double, _ coordinate: (SIMD2<Double>) -> Double) -> Bool {
        let extent = greatest - least
        guard pointCount > 10, extent > 6 * size else { return false }
        var bins = [Int](repeating: 0, count: 64)
        for point in strokes.joined() {
            bins[min(63, Int((coordinate(point) - least) / extent * 64))] += 1
        }
        return Self.hasGap(bins)
    }

    private static func hasGap(_ bins: [Int]) -> Bool {
        let total = bins.reduce(0, +)
        var (before, empty) = (0, 0)
        for bin in bins {
            if bin > 0, 2 * empty >= bins.count, 10 * min(before, total - before) <= total { return true }
            empty = bin > 0 ? 0 : empty + 1
            before += bin
        }
        return false
    }
}
