import Foundation
import StrandNetwork
import TestSupport
import Testing

@testable import StrandInk

@Suite struct InkPoseTests {
    private typealias Path = [SIMD2<Double>]

    /// Some words of zigzags as high as letters, 20, on a line at `y`.
    private static func line(_ words: Int, y: Double = 0) -> [Path] {
        (0..<words).map { word in
            stride(from: 0.0, through: 60, by: 5).enumerated().map { index, offset in
                [Double(word) * 80 + offset, y + (index % 2 == 0 ? -10 : 10)]
            }
        }
    }

    private static func turned(_ strokes: [Path], by degrees: Double) -> [Path] {
        let (cosine, sine) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
        return strokes.map { $0.map { [cosine * $0.x - sine * $0.y, sine * $0.x + cosine * $0.y] } }
    }

    /// The angle of the line from the first point to the last one, in degrees.
    private static func slope(_ strokes: [Path]) -> Double {
        let way = strokes[strokes.count - 1][0] - strokes[0][0]
        return atan2(way.y, way.x) * 180 / .pi
    }

    @Test(arguments: [-24.0, -15, -7, 7, 15, 24]) func turnedLinesBecomeLevel(degrees: Double) throws {
        let level = try #require(InkTilt.levelled(Self.turned(Self.line(5), by: degrees)))
        #expect(abs(Self.slope(level)) < 1.1, "\(Self.slope(level))")
        // Distances stay.
        #expect(abs((level[4][0] - level[0][0]).length - 320) < 1e-9)
        let page = Self.line(4) + Self.line(3, y: 50) + Self.line(4, y: 100)
        let upright = try #require(InkTilt.levelled(Self.turned(page, by: degrees)))
        #expect(InkLines.split(upright) == [Array(0..<4), Array(4..<7), Array(7..<11)])
    }

    @Test func levelAndShortInkStaysAsItIs() {
        #expect(InkTilt.levelled(Self.line(5)) == nil)
        #expect(InkTilt.levelled(Self.turned(Self.line(1).map { Array($0.prefix(4)) }, by: 20)) == nil)
        #expect(InkTilt.levelled([]) == nil && InkTilt.levelled([[[3, 3]]]) == nil)
        // Far apart: no page.
        #expect(InkTilt.levelled(Self.line(1) + [[[1e9, 1e9], [1e9 + 5, 1e9 - 20]]]) == nil)
    }

    /// Words below each other, each farther to the right, and the lines of two columns, gather ink in slanting rows too.
    @Test func levelLinesThatAreNoRowsStayAsTheyAre() {
        let stairs = (0..<6).flatMap { step in
            Self.line(1, y: Double(step) * 60).map { $0.map { $0 + [Double(step) * 100, 0] } }
        }
        #expect(InkTilt.levelled(stairs) == nil)
        let left = (0..<4).flatMap { Self.line(2, y: Double($0) * 50) }
        let right = (0..<4).flatMap { Self.line(2, y: Double($0) * 50 + 25).map { $0.map { $0 + [300, 0] } } }
        #expect(InkTilt.levelled(left + right) == nil)
        #expect(InkTilt.levelled(Self.line(1).map { $0.map { $0 + [300, -60] } } + Self.line(3)) == nil)
    }

    @Test func framesDoNotCount() throws {
        let frame: Path = [[-10, -30], [150, -30], [150, 30], [-10, 30], [-10, -30]]
        let level = try #require(InkTilt.levelled(Self.turned(Self.line(2) + [frame], by: 20)))
        #expect(abs(Self.slope(Array(level.prefix(2)))) < 1.1)
        #expect(InkMarks(level).strokes == [2])
    }

    /// A long straight mark leads elsewhere than the letters do.
    @Test func marksDoNotCount() throws {
        let strokes = Self.line(3) + [[[0, 40], [400, -160]]]
        #expect(InkTilt.levelled(strokes, without: [3]) == nil)
    }

    private func readings(_ change: (Path) -> Path) throws -> [String] {
        let examples = try allSamples(InkJSONReader(.file(TestFiles.path("data/examples/handwriting.jsonl.gz"))))
        let inks = examples.filter { $0.text == "a sheet of ink" || $0.text == "Write it down" }.map { sample in
            sample.strokes.map { change($0.map(\.position)).map { InkPoint(x: $0.x, y: $0.y) } }
        }
        return InkReader.shipped.read(inks, on: Compute(threads: 1)).map(\.text)
    }

    @Test(arguments: [-20.0, 12]) func turnedHandwritingIsRead(degrees: Double) throws {
        let texts = try readings { $0 }
        #expect(texts.count == 2)
        #expect(try readings { Self.turned([$0], by: degrees)[0] } == texts)
    }

    @Test(arguments: [-0.25, 0.5]) func leaningHandwritingIsRead(shear: Double) throws {
        let texts = try readings { $0 }
        let leaning = try readings { $0.map { [$0.x + shear * $0.y, $0.y] } }
        // How wide a blank is depends on the slant.
        func letters(_ texts: [String]) -> [String] { texts.map { $0.filter { $0 != " " } } }
        #expect(letters(leaning) == letters(texts) && letters(texts) == ["asheetofink", "Writeitdown"])
    }

    /// Stems and bars: what leans a little stays as it is, what leans much leans as much as most people's does.
    @Test(arguments: [(-0.2, -0.2), (0.0, 0.0), (0.4, 0.0), (-0.6, -0.268)]) func slants(given: Double, left: Double) {
        let letters = (0..<5).map { letter -> Path in
            let x = Double(letter) * 20
            return [[x, 0], [x + 20 * given, 20], [x + 20 * given + 8, 20], [x + 8 + 30 * given, 30]]
        }
        #expect(abs(InkFrame.slant(of: InkSlant.corrected(letters)) - left) < 1e-12)
        #expect((InkSlant.corrected(letters) == letters) == (given == left))
        let mark: Path = [[0, 0], [-30, 40]]
        #expect(Array(InkSlant.corrected(letters + [mark], without: [5]).prefix(5)) == InkSlant.corrected(letters))
    }
}
