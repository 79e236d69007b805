import Foundation
import StrandBytes
import StrandInk
import TestSupport
import Testing

/// `strand read` of ink that does not come as it was taught: late words, parts of strokes, jitter, pages.
@Suite struct ReadDisorderTests {
    private let directory = TemporaryDirectory()

    /// The ink of an example that is read without an error, and its text.
    private func example(_ text: String) throws -> [[InkPoint]] {
        let samples = try allSamples(InkJSONReader(.file(TestFiles.path("data/examples/handwriting.jsonl.gz"))))
        return try #require(samples.first { $0.text == text }).strokes
    }

    private func read(_ strokes: [[InkPoint]], text: String? = nil, _ command: String = "read") throws -> Command.Result
    {
        var writer = try InkJSONWriter(.file(directory("ink.jsonl")))
        try writer.write(InkSample(id: "a", writer: "w", text: text, strokes: strokes))
        try writer.finish()
        return try Command.run(command, directory("ink.jsonl"))
    }

    private func moved(_ strokes: [[InkPoint]], _ x: Double, _ y: Double) -> [[InkPoint]] {
        strokes.map { $0.map { InkPoint(x: $0.x + x, y: $0.y + y, time: $0.time) } }
    }

    @Test func theFirstWordMayBeWrittenLast() throws {
        let ink = try example("hello world")
        let whole = try read(ink)
        #expect(whole.text == "hello world\n" && whole.errors.isEmpty)
        #expect(try read(Array(ink[5...] + ink[..<5])).text == whole.text)
        // The middle of the word filled in.
        #expect(try read(Array(ink[..<3] + ink[7...] + ink[3..<7])).text == whole.text)
    }

    /// Programs that save each line between two points as a stroke.
    @Test func partsOfStrokesAreJoinedAndCounted() throws {
        let ink = try example("strand")
        let parts = ink.flatMap { stroke in zip(stroke, stroke.dropFirst()).map { [$0, $1] } }
        let joined = "joined \(parts.count - ink.count) strokes beginning where the one before ended\n"
        let result = try read(parts)
        #expect(result.text == "strand\n" && result.errors == "strand: \(joined)")
        let figures = try read(parts, text: "strand", "evaluate")
        #expect(figures.status == 0 && figures.errors.hasSuffix("ink.jsonl: \(joined)"), "\(figures.errors)")
        #expect(figures.text.contains(" 0.00 % "), "\(figures.text)")
    }

    /// A fast tablet, its points off by 2 % of a letter.
    @Test(arguments: [1, 3, 5]) func jitterIsSmoothed(rate: Int) throws {
        var state: UInt64 = 1
        func noise() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33) / Double(1 << 31) - 0.5
        }
        let ink = try example("strand").map { stroke in
            zip(stroke, stroke.dropFirst()).flatMap { a, b in
                (0..<rate).map { step in
                    let share = Double(step) / Double(rate)
                    return InkPoint(
                        x: a.x + share * (b.x - a.x) + 20 * noise(), y: a.y + share * (b.y - a.y) + 20 * noise())
                }
            }
        }
        #expect(try read(ink).text == "strand\n")
    }

    /// Numbers one below the other, to the left and to the right.
    @Test func aColumnOfNumbersIsSeveralLines() throws {
        let digits = Array(try example("pack my box, quiz 1906").suffix(3))
        let ys = digits.joined().map(\.y)
        let height = ys.max()! - ys.min()!
        #expect(try read(digits).text == "906\n")
        let column = (0..<4).flatMap { moved(digits, 0, Double($0) * 1.4 * height) }
        #expect(try read(column).text == "906\n906\n906\n906\n")
        let right = digits + moved(Array(digits.suffix(2)), 0, 1.4 * height) + moved(digits, 0, 2.8 * height)
        #expect(try read(right).text == "906\n06\n906\n")
    }
}
