import Foundation
import StrandInk
import StrandNetwork
import Testing

@testable import StrandInk

/// Parts of strokes are joined, and a tablet's noise is smoothed away.
@Suite struct PreparedInkTests {
    private func points(_ path: [SIMD2<Double>]) -> [InkPoint] { path.map { InkPoint(x: $0.x, y: $0.y) } }

    /// Every stroke cut into parts of some points that share their ends.
    private func cut(_ ink: [[InkPoint]], _ count: Int) -> [[InkPoint]] {
        ink.flatMap { stroke in
            stride(from: 0, to: max(stroke.count - 1, 1), by: count - 1).map {
                Array(stroke[$0..<min($0 + count, stroke.count)])
            }
        }
    }

    @Test(arguments: [2, 3]) func partsAreJoined(count: Int) {
        let whole = ToyHand.strokes(of: "vln n")
        var parts = cut(whole, count)
        parts.insert([], at: 1)
        let (ink, cutInk) = (PreparedInk(whole), PreparedInk(parts))
        #expect(cutInk.strokes.count == ink.strokes.count)
        #expect(InkEncoder().frames(of: parts).values == InkEncoder().frames(of: whole).values)
        #expect(InkSample(id: "", strokes: whole).joinedStrokes == 0)
        #expect(InkSample(id: "", strokes: parts).joinedStrokes == parts.count - 1 - whole.count)
    }

    /// Characters keep the parts they are written with.
    @Test func charactersKnowTheirParts() {
        let parts = cut(ToyHand.strokes(of: "lnv"), 2)
        let reading = ToyHand.reader.read([parts], on: Compute(threads: 1))[0]
        #expect(reading.text == "lnv")
        #expect(reading.characters.map { $0.ink.map(\.stroke) } == [[0], [1, 2, 3], [4, 5, 6]])
        #expect(reading.characters.flatMap(\.ink).allSatisfy { $0.points == 0...1 })
    }

    /// Two strokes that nearly touch are two; a rounding error parts none.
    @Test func onlyWhatTouchesIsJoined() {
        let first: [SIMD2<Double>] = [[0, 0], [0, 100]]
        #expect(PreparedInk([points(first), points([[1, 100], [50, 100]])]).strokes.count == 2)
        #expect(PreparedInk([points(first), points([[0.0004, 100], [50, 100]])]).strokes.count == 1)
    }
}

@Suite struct TabletNoiseTests {
    /// A corner of 90 degrees and a circle, 100 high.
    private func strokes(points: Int) -> [[SIMD2<Double>]] {
        let corner = (0...points).map { index -> SIMD2<Double> in
            let way = 200 * Double(index) / Double(points)
            return way < 100 ? [0, way] : [way - 100, 100]
        }
        let circle = (0...points).map { index -> SIMD2<Double> in
            let angle = 2 * Double.pi * Double(index) / Double(points)
            return [200 + 50 * cos(angle), 50 + 50 * sin(angle)]
        }
        return [corner, circle]
    }

    private func noisy(_ strokes: [[SIMD2<Double>]], _ deviation: Double, seed: UInt64 = 1) -> [[SIMD2<Double>]] {
        var generator = SeededGenerator(seed: seed)
        // A sum of uniform numbers with the deviation wanted.
        func noise() -> Double { (0..<12).reduce(0) { sum, _ in sum + generator.uniform(within: 0.5) } * deviation }
        return strokes.map { $0.map { $0 + [noise(), noise()] } }
    }

    private func length(_ stroke: [SIMD2<Double>]) -> Double {
        zip(stroke, stroke.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
    }

    /// Ink without noise is left alone to the last bit, at any rate, rounded or not, and so is ink of few points.
    @Test(arguments: [4, 9, 20, 60, 400]) func cleanInkIsLeftAlone(points: Int) {
        let clean = strokes(points: points)
        #expect(TabletNoise(clean).deviation == 0 && TabletNoise.smoothed(clean) == clean)
        #expect(TabletNoise.smoothed([]) == [] && TabletNoise.smoothed([[[1, 1]]]) == [[[1, 1]]])
    }

    /// A zigzag of which each point is a turn looks like noise but for its size.
    @Test func sparseInkIsNotNoisy() {
        let zigzag = (0..<40).map { SIMD2(Double($0) * 5, $0 % 2 == 0 ? -10 : 10) }
        #expect(TabletNoise([zigzag]).deviation > 0 && TabletNoise.smoothed([zigzag]) == [zigzag])
    }

    @Test(arguments: [1.0, 2, 4], [60, 200, 600]) func noiseIsMeasuredAndSmoothed(deviation: Double, points: Int) {
        let clean = strokes(points: points)
        let noisy = noisy(clean, deviation)
        #expect(abs(TabletNoise(noisy).deviation / deviation - 1) < 0.5)
        for (smooth, path) in zip(TabletNoise.smoothed(noisy), clean) {
            #expect(smooth.count == path.count && abs(length(smooth) / length(path) - 1) < 0.12)
            let errors = zip(smooth, path).map { ($0 - $1).length }
            #expect(errors.reduce(0, +) / Double(points) < 1.4 * deviation)
        }
        // The corner is still one.
        let corner = TabletNoise.smoothed(noisy)[0]
        #expect(corner.map { ($0 - [0, 100]).length }.min()! < 8)
    }

    /// A pen that rests and trembles writes nothing.
    @Test func aRestingPenStaysWhereItIs() {
        let clean = strokes(points: 200)
        let resting = clean.map { Array(repeating: $0[0], count: 100) + $0 }
        let smooth = TabletNoise.smoothed(noisy(resting, 2))
        for (path, stroke) in zip(smooth, clean) { #expect(length(path) < 1.25 * length(stroke)) }
    }

    @Test func repeatedPointsAreNoNoise() {
        let repeated = strokes(points: 60).map { stroke in stroke.flatMap { [$0, $0, $0] } }
        #expect(TabletNoise.smoothed(repeated) == repeated)
    }

    @Test func strangeNumbersAreLeftAlone() {
        let huge = (0..<20).map { SIMD2(Double($0 % 3) * 1e200, Double($0 % 2) * 1e200) }
        #expect(TabletNoise.smoothed([huge]) == [huge])
    }
}
