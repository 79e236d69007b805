import Foundation
import StrandInk
import Testing

@testable import StrandInk

@Suite struct InkEncoderTests {
    private let encoder = InkEncoder()

    /// Two strokes: a wave and a bar across it.
    private func ink(scale: Double = 1, offset: Double = 0, points: Int = 80) -> [[InkPoint]] {
        let wave = (0...points).map { index in
            let t = 4 * Double.pi * Double(index) / Double(points)
            return InkPoint(x: offset + scale * 10 * t, y: offset + scale * 20 * sin(t))
        }
        let bar = [InkPoint(x: offset + scale * 5, y: offset), InkPoint(x: offset + scale * 60, y: offset)]
        return [wave, bar]
    }

    @Test func sizeAndPositionDoNotMatter() {
        let frames = encoder.frames(of: ink())
        let other = encoder.frames(of: ink(scale: 37, offset: 1000))
        #expect(frames.count > 10 && frames.sources == other.sources)
        for (a, b) in zip(frames.values, other.values) { #expect(abs(a - b) < 1e-4) }
    }

    /// Far from the origin squares of coordinates cancel.
    @Test func farOffInkIsTheSame() {
        let frames = encoder.frames(of: ink(scale: 37))
        let other = encoder.frames(of: ink(scale: 37, offset: 1e11))
        #expect(frames.count == other.count)
        for (a, b) in zip(frames.values, other.values) { #expect(abs(a - b) < 1e-3) }
    }

    @Test func samplingRateHardlyMatters() {
        let coarse = encoder.frames(of: ink(points: 80))
        let fine = encoder.frames(of: ink(points: 800))
        #expect(abs(coarse.count - fine.count) <= 1)
    }

    @Test func everyPointIsInAStepAndStepsAreInOrder() {
        let strokes = ink()
        let frames = encoder.frames(of: strokes)
        #expect(frames.values.count == frames.count * encoder.featureCount)
        for (stroke, points) in strokes.enumerated() {
            let sources = frames.sources.filter { $0.stroke == stroke && !$0.isPenUp }
            #expect(sources.first?.points.lowerBound == 0 && sources.last?.points.upperBound ?? 0 >= points.count - 2)
            for (a, b) in zip(sources, sources.dropFirst()) { #expect(a.points.upperBound == b.points.lowerBound) }
        }
        #expect(frames.sources.count { $0.isPenUp } == 1)
    }

    @Test func strangeInkGivesNumbers() {
        let dot = [InkPoint(x: 3, y: 4)]
        #expect(encoder.frames(of: []).count == 0 && encoder.frames(of: [[], []]).count == 0)
        #expect(encoder.frames(of: [dot]).count == 1)
        let strange: [[[InkPoint]]] = [
            [dot], [dot, [], dot, dot], [[dot[0], dot[0], dot[0]]],
            [[InkPoint(x: 0, y: 0), InkPoint(x: 1e12, y: 0)]], [[InkPoint(x: 0, y: -1e12), InkPoint(x: 0, y: 1e12)]],
            [[InkPoint(x: 0, y: 0), InkPoint(x: 1e-300, y: 1e-300)]],
        ]
        for strokes in strange {
            let frames = encoder.frames(of: strokes)
            #expect(frames.values.allSatisfy(\.isFinite) && (1...100).contains(frames.count))
        }
    }

    @Test func hyphenIsMeasuredByItsWidth() {
        let frames = encoder.frames(of: [[InkPoint(x: 0, y: 0), InkPoint(x: 50, y: 0.1)]])
        #expect((3...20).contains(frames.count))
    }
}
