import StrandBytes
import StrandNetwork
import TestSupport
import Testing

@testable import StrandInk

@Suite struct InkMarksTests {
    private typealias Path = [SIMD2<Double>]

    /// A zigzag as high as letters, 20, from `x` on, in the middle of a line at `y`.
    private static func word(_ x: Double = 0, _ y: Double = 0, width: Double = 60) -> Path {
        stride(from: 0.0, through: width, by: 5).enumerated().map { index, offset in
            [x + offset, y + (index % 2 == 0 ? -10 : 10)]
        }
    }

    /// Corners joined by lines with points 4 apart.
    private static func path(_ corners: SIMD2<Double>...) -> Path {
        var points: Path = []
        for (from, to) in zip(corners, corners.dropFirst()) {
            for step in 0..<10 {
                let share = Double(step) / 10
                points.append(from + (to - from) * share)
            }
        }
        return points + [corners[corners.count - 1]]
    }

    private static func circle(around middle: SIMD2<Double>, _ half: SIMD2<Double>) -> Path {
        // Twelve points of a unit circle, and the first one again.
        let (a, b) = (0.5, 0.866)
        let unit: Path = [
            [1, 0], [b, a], [a, b], [0, 1], [-a, b], [-b, a], [-1, 0], [-b, -a], [-a, -b], [0, -1], [a, -b], [b, -a],
        ]
        return (unit + [unit[0]]).map { middle + half * $0 }
    }

    private func found(_ strokes: [Path]) -> [InkReading.Mark] {
        InkMarks(strokes).marks.map { InkReading.Mark($0.kind, strokes: $0.strokes) }
    }

    /// The last letters before a frame lie inside it near its edge, and are no part of it.
    @Test func lettersBeforeAFrameAreNotOfIt() {
        let box = Self.path([-10, -20], [230, -20], [230, 20], [-10, 20], [-10, -20])
        let letters = (0..<10).map { Self.word(Double($0) * 22, width: 15) }
        #expect(found(letters + [box]) == [.init(.frame, strokes: [10])])
        #expect(found([box] + letters) == [.init(.frame, strokes: [0])])
    }

    /// Rules are many letters long, however many of them there are beside a word.
    @Test func rulesAroundOneWord() {
        let rules = [-40.0, 40, 80].map { Self.path([-100, $0], [500, $0]) }
        #expect(found([Self.word()] + rules) == [1, 2, 3].map { .init(.rule, strokes: [$0]) })
    }

    /// The pen may come back nearer or farther than it first got.
    @Test(arguments: [-1.0, 0, 1]) func arrowsOfOneStroke(off: Double) {
        let arrow = Self.path([-120, 0], [-20, 0], [-36, -14], [-20 + off, 0], [-36, 14])
        #expect(found([Self.word(), Self.word(80), arrow]) == [.init(.arrow, strokes: [2])])
    }

    @Test(arguments: [0.0, 8, -8]) func underlines(tilt: Double) {
        let line = Self.path([0, 16], [60, 16 + tilt])
        #expect(found([Self.word(), line]) == [.init(.underline, strokes: [1])])
        #expect(found([Array(line.reversed()), [], Self.word()]) == [.init(.underline, strokes: [0])])
        let two = [
            Self.word(), Self.word(80), line, Self.path([80, 16], [140, 16]), Self.path([80, 20], [140, 20]),
        ]
        #expect(found(two).map(\.strokes) == [[2], [3], [4]] && found(two).allSatisfy { $0.kind == .underline })
    }

    /// A bar through letters, a dash, an equals sign, the bars of E and F, a line with nothing above it.
    @Test func linesOfLettersAreNoUnderlines() {
        #expect(found([Self.word(), Self.path([0, 0], [60, 0])]) == [])
        #expect(found([Self.word(), Self.path([80, 0], [95, 0]), Self.word(110)]) == [])
        #expect(found([Self.path([0, -4], [14, -4]), Self.path([0, 4], [14, 4])]) == [])
        let stem = Self.path([0, -10], [0, 10])
        #expect(found([stem, Self.path([0, -10], [14, -10]), Self.path([0, 10], [14, 10]), Self.word(30)]) == [])
        let top = Self.path([0, -10], [30, -11])
        #expect(found([top, stem, Self.path([-5, 0], [28, 0]), Self.word(40)]) == [])
        #expect(found([Self.word(), Self.path([80, 12], [130, 12])]) == [])
    }

    @Test func frames() {
        let (a, b, c, d) = (SIMD2(-12.0, -20), SIMD2(72.0, -20), SIMD2(72.0, 20), SIMD2(-12.0, 20))
        let box = Self.path(a, b, c, d, a)
        #expect(found([Self.word(), box]) == [.init(.frame, strokes: [1])])
        #expect(found([box, Self.word(), Self.word(90)]) == [.init(.frame, strokes: [0])])
        let sides = [Self.path(a, b), Self.path(b, c), Self.path(d, c), Self.path(a, d)]
        #expect(found([Self.word()] + sides) == [.init(.frame, strokes: [1, 2, 3, 4])])
        let corners = [Self.path(a, d, c), Self.path(a, b, c)]
        #expect(found(corners + [Self.word()]) == [.init(.frame, strokes: [0, 1])])
        let circle = Self.circle(around: [30, 0], [48, 26])
        #expect(found([Self.word(), circle, Self.word(90)]) == [.init(.frame, strokes: [1])])
    }

    /// An O, an O around a dot or a letter, brackets.
    @Test func roundLettersAreNoFrames() {
        let o = Self.circle(around: [0, 0], [9, 10])
        #expect(found([o]) == [] && found([o, Self.word(20)]) == [])
        #expect(found([o, [[0, 0]], Self.word(20)]) == [])
        let a = Self.circle(around: [0, 0], [5, 5]) + [[5, 5]]
        #expect(found([a, Self.circle(around: [0, 0], [12, 12]), Self.word(20)]) == [])
        let opening: Path = [[0, -12], [-4, 0], [0, 12]]
        let closing: Path = [[70, -12], [74, 0], [70, 12]]
        #expect(found([opening, Self.word(5), closing]) == [])
    }

    @Test func arrows() {
        let (tail, tip) = (SIMD2(-140.0, 5), SIMD2(-40.0, 0))
        let barbs = (SIMD2(-56.0, -14), SIMD2(-56.0, 14))
        let shaft = Self.path(tail, tip)
        #expect(
            found([Self.word(), shaft, Self.path(barbs.0, tip, barbs.1)]) == [.init(.arrow, strokes: [1, 2])])
        #expect(
            found([shaft, Self.path(tip, barbs.0), Self.path(tip, barbs.1), Self.word()])
                == [.init(.arrow, strokes: [0, 1, 2])])
        #expect(
            found([Self.word(), Self.path(tail, tip, barbs.0, tip, barbs.1)]) == [.init(.arrow, strokes: [1])])
        // A minus and a greater sign are characters.
        let sign = Self.path([80, -6], [92, 0], [80, 6])
        #expect(found([Self.word(), Self.path([70, 0], [82, 0]), sign, Self.word(100)]) == [])
    }

    @Test func rulesAndDrawings() {
        let rule = Self.path([-20, 40], [300, 42])
        let lines = [Self.word(), Self.word(80), Self.word(160), rule, Self.word(0, 80), Self.word(80, 80)]
        #expect(found(lines).map(\.strokes) == [[3]])
        let letters = (0..<8).map { Self.word(Double($0) * 20, 0, width: 15) }
        let house = Self.path([200, 0], [300, -150], [400, 0], [400, 200], [200, 200], [200, 0])
        #expect(found(letters + [house]) == [.init(.drawing, strokes: [8])])
        // A few letters beside a large one are no page.
        #expect(found([house, Self.word()]) == [])
    }

    @Test func inkWithoutLettersHasNoMarks() {
        #expect(found([]) == [] && found([[], []]) == [] && found([[[0, 0]]]) == [])
        #expect(found([Self.path([0, 0], [100, 0])]) == [])
        #expect(found([Self.path([0, 0], [100, 0]), Self.path([0, 5], [100, 5])]) == [])
    }

    /// Marks are the sample's strokes, though parts of a stroke are joined and empty ones left out; the text is that of the
    /// letters alone.
    @Test func theReaderLeavesThemOut() throws {
        var examples = InkJSONReader(.file(TestFiles.path("data/examples/handwriting.jsonl.gz")))
        let sample = try #require(try examples.next())
        let points = sample.strokes.joined().map(\.position)
        let (left, right) = (points.map(\.x).min()!, points.map(\.x).max()!)
        let bottom = points.map(\.y).max()!
        let size = InkFrame(sample.strokes).size
        let line = Self.path([left, bottom + 0.4 * size], [right, bottom + 0.4 * size]).map {
            InkPoint(x: $0.x, y: $0.y)
        }
        let (first, second) = (Array(line[...5]), Array(line[5...]))
        let compute = Compute(threads: 1)
        let readings = InkReader.shipped.read([sample.strokes, [[]] + sample.strokes + [first, second]], on: compute)
        let count = sample.strokes.count
        #expect(readings[0].marks == [])
        #expect(readings[1].marks == [.init(.underline, strokes: [count + 1, count + 2])])
        #expect(readings[0].text == readings[1].text)
    }

    /// A wave beneath a word is an underline; a word of low letters beneath another is a word.
    @Test func wavesUnderline() {
        func wave(_ half: Double) -> Path {
            stride(from: 0.0, through: 120, by: 5).enumerated().map { index, offset in
                [offset, 22 + (index % 2 == 0 ? -half : half)]
            }
        }
        let letters = (0..<5).map { Self.word(Double($0) * 25, width: 20) }
        #expect(found(letters + [wave(2)]) == [.init(.underline, strokes: [5])])
        #expect(found(letters + [wave(7)]).isEmpty)
    }

    /// A brace beside three lines is a drawing, not a letter; a tall letter among them stays one.
    @Test func bracesAreDrawings() {
        let lines = [0.0, 40, 80].flatMap { y in (0..<3).map { Self.word(Double($0) * 25, y, width: 20) } }
        let brace = Self.path([90, -10], [98, 0], [98, 35], [106, 40], [98, 45], [98, 80], [90, 90])
        #expect(found(lines + [brace]) == [.init(.drawing, strokes: [9])])
        let tall = Self.path([90, -25], [94, -20], [84, 20], [88, 25])
        #expect(found(lines + [tall]).isEmpty)
        let oneLine = (0..<6).map { Self.word(Double($0) * 25, width: 20) }
        #expect(found(oneLine + [brace.map { $0 + [60, -40] }]).isEmpty)
    }
}
