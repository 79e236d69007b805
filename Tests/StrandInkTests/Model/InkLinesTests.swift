import StrandInk
import Testing

@testable import StrandInk

@Suite struct InkLinesTests {
    /// A zigzag as high as letters from `x` on, `width` wide, in the middle of a line at `y`.
    private func word(_ x: Double, _ y: Double, width: Double = 60) -> [InkPoint] {
        stride(from: 0.0, through: width, by: 5).enumerated().map { index, offset in
            InkPoint(x: x + offset, y: y + (index % 2 == 0 ? -10 : 10))
        }
    }

    @Test func aLineStaysWhole() {
        let strokes = (0..<8).map { word(Double($0) * 80, Double($0) * 4) }
        #expect(InkLines.split(strokes) == [Array(0..<8)])
        #expect(InkLines.split([word(0, 0)]) == [[0]])
        #expect(InkLines.split([]) == [] && InkLines.split([[], []]) == [])
    }

    @Test func theWayBackAndDownStartsALine() {
        let strokes = [word(0, 0), word(80, 0), [], word(0, 60), word(80, 60), word(0, 120)]
        #expect(InkLines.split(strokes) == [[0, 1], [3, 4], [5]])
    }

    /// A forgotten dot and bar go to their letter's line, even if another line has begun.
    @Test func lateStrokesGoToTheirLine() {
        let bar = [InkPoint(x: 20, y: -5), InkPoint(x: 35, y: -5)]
        let strokes = [word(0, 0), word(80, 0), bar, word(0, 60), word(80, 60), bar]
        #expect(InkLines.split(strokes) == [[0, 1, 2, 5], [3, 4]])
    }

    @Test func strangeInkIsInSomeLine() {
        let far = [[InkPoint(x: -1e12, y: 1e12)], [InkPoint(x: 1e12, y: -1e12)], [InkPoint(x: 0, y: 0)]]
        #expect(InkLines.split(far).joined().sorted() == [0, 1, 2])
    }
}
