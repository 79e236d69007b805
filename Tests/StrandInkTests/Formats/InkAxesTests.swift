import TestSupport
import Testing

@testable import StrandInk

@Suite struct InkAxesTests {
    @Test(arguments: [
        ("x,y", (1.0, 2.0)), ("x,-y", (1, -2)), ("-x,y", (-1, 2)), ("-x,-y", (-1, -2)), ("y,x", (2, 1)),
        ("y,-x", (2, -1)), ("-y,x", (-2, 1)), ("-y,-x", (-2, -1)),
    ]) func axes(text: String, expected: (Double, Double)) throws {
        let axes = try #require(InkAxes(text))
        #expect("\(axes)" == text && InkAxes.all.contains(axes))
        let sample = InkSample(id: "a", text: "t", strokes: [[InkPoint(x: 1, y: 2, time: 3)]], hertz: 50)
        let upright = axes.upright(sample)
        #expect(upright.strokes == [[InkPoint(x: expected.0, y: expected.1, time: 3)]])
        #expect(upright.id == "a" && upright.text == "t" && upright.hertz == 50)
    }

    @Test func otherTexts() {
        for text in ["", "x", "x,x", "y,y,x", "x,y ", "x, y", "--x,y", "X,Y"] { #expect(InkAxes(text) == nil) }
        #expect(InkAxes.all.count == 8 && InkAxes.all[0] == .usual)
    }

    /// Turned once and then again is turned by both.
    @Test func turns() {
        let sample = InkSample(id: "a", strokes: [stroke((1, 2), (3, 5))])
        for first in InkAxes.all {
            for second in InkAxes.all {
                #expect(first.turned(second).upright(sample) == second.upright(first.upright(sample)))
            }
        }
    }
}
