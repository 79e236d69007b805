import Foundation
import StrandInk
import Testing

@testable import StrandInk

@Suite struct InkLinesTests {
    private typealias Path = [SIMD2<Double>]

    /// A zigzag as high as letters from `x` on, `width` wide, in the middle of a line at `y`.
    private func word(_ x: Double, _ y: Double, width: Double = 60) -> Path {
        stride(from: 0.0, through: width, by: 5).enumerated().map { index, offset in
            [x + offset, y + (index % 2 == 0 ? -10 : 10)]
        }
    }

    /// A digit: an arch 20 high and 14 wide.
    private func digit(_ x: Double, _ y: Double) -> Path {
        [[x, y + 10], [x, y - 10], [x + 14, y - 10], [x + 14, y + 10]]
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
        let bar: Path = [[20, -5], [35, -5]]
        let strokes = [word(0, 0), word(80, 0), bar, word(0, 60), word(80, 60), bar]
        #expect(InkLines.split(strokes) == [[0, 1, 2, 5], [3, 4]])
    }

    /// Numbers one below the other, as close as 0.4 of their height.
    @Test(arguments: [28.0, 34, 60]) func aColumnOfNumbersIsSeveralLines(pitch: Double) {
        let rows = (0..<4).map { Double($0) * pitch }
        #expect(
            InkLines.split(rows.flatMap { [digit(0, $0), digit(20, $0)] }) == [[0, 1], [2, 3], [4, 5], [6, 7]])
        #expect(InkLines.split(rows.map { digit(0, $0) }) == [[0], [1], [2], [3]])
    }

    /// The rings of an 8, whichever is written first, with a gap of a fifth of a ring's height; two digits are further apart.
    @Test func twoRingsMayBeOneDigit() {
        func ring(_ x: Double, _ y: Double) -> Path {
            (0...16).map { [x + 10 * cos(Double($0) * .pi / 8), y + 10 * sin(Double($0) * .pi / 8)] }
        }
        #expect(InkLines.split([ring(0, 0), ring(-2, 24)]) == [[0, 1]])
        #expect(InkLines.split([ring(0, 24), ring(3, 0)]) == [[0, 1]])
        #expect(InkLines.split([ring(0, 0), ring(0, 28)]) == [[0], [1]])
    }

    /// Each in one stroke, as cursive is written, with a gap of a fifth of their height.
    @Test func twoWordsAreNoDigit() {
        #expect(InkLines.split([word(0, 0), word(0, 24)]) == [[0], [1]])
    }

    @Test func shortLinesMayEndAtTheRight() {
        let strokes = [digit(0, 0), digit(20, 0), digit(40, 0), digit(40, 32), digit(20, 64), digit(40, 64)]
        #expect(InkLines.split(strokes) == [[0, 1, 2], [3], [4, 5]])
    }

    /// A hyphen, an accent, a comma and an underline are part of their line.
    @Test(
        arguments: [
            [[20, 0], [28, 0]], [[30, -16], [34, -20]], [[34, 8], [31, 16]], [[0, 18], [60, 18]],
        ] as [[SIMD2<Double>]])
    func marksAreNoLines(mark: [SIMD2<Double>]) {
        #expect(InkLines.split([word(0, 0), word(80, 0), mark]) == [[0, 1, 2]])
    }

    @Test func columnsAreReadOneAfterTheOther() {
        let left = (0..<3).map { word(0, Double($0) * 50) }
        let right = (0..<3).map { word(150, Double($0) * 50) }
        #expect(InkLines.split(left + right) == [[0], [1], [2], [3], [4], [5]])
        // Written row by row, a row is a line.
        #expect(InkLines.split((0..<3).flatMap { [left[$0], right[$0]] }) == [[0, 1], [2, 3], [4, 5]])
    }

    @Test func aTitleWrittenLastIsReadFirst() {
        #expect(InkLines.split([word(0, 60), word(0, 110), word(10, 0)]) == [[2], [0], [1]])
    }

    /// A word added to an earlier line goes there, and the pen back to where it was.
    @Test func aWordAddedToAnEarlierLineIsPartOfIt() {
        let strokes = [word(0, 0), word(0, 60), word(80, 60), word(75, 0), word(160, 60)]
        #expect(InkLines.split(strokes) == [[0, 3], [1, 2, 4]])
    }

    @Test func strangeInkIsInSomeLine() {
        let far: [Path] = [[[-1e12, 1e12]], [[1e12, -1e12]], [[0, 0]]]
        #expect(InkLines.split(far).joined().sorted() == [0, 1, 2])
    }
}

/// The order of reading in a line.
@Suite struct LineOrderTests {
    private func order(_ strokes: [[SIMD2<Double>]]) -> [Int] { InkLines.split(strokes).flatMap { $0 } }

    /// A letter: an arch 10 wide and high.
    private func letter(_ x: Double) -> [SIMD2<Double>] { [[x, 10], [x, 0], [x + 10, 0], [x + 10, 10]] }
    private func dot(_ x: Double) -> [SIMD2<Double>] { [[x, -4], [x + 1, -4]] }
    private func bar(_ x: Double) -> [SIMD2<Double>] { [[x, 4], [x + 12, 4]] }

    @Test func theFirstWordWrittenLastIsReadFirst() {
        #expect(order([letter(40), letter(52), letter(0), letter(12)]) == [2, 3, 0, 1])
    }

    @Test func aGapIsFilled() {
        #expect(order([letter(0), letter(60), letter(72), letter(20), letter(32), letter(84)]) == [0, 3, 4, 1, 2, 5])
    }

    @Test func severalLateWordsFindTheirPlaces() {
        #expect(order([letter(60), letter(0), letter(90), letter(30)]) == [1, 3, 0, 2])
    }

    @Test func dotsAndBarsStayWhereTheyWereWritten() {
        #expect(order([letter(0), letter(12), letter(24), dot(5), bar(11)]) == Array(0..<5))
        // Those of a late word come with it, those of other words after it.
        #expect(order([letter(40), letter(0), letter(12), dot(5), bar(39)]) == [1, 2, 3, 0, 4])
    }

    /// A dot between letters, where there is nothing beneath, is a dot all the same; so is a stroke that crosses letters.
    @Test func whatIsSmallOrCrossesInkIsDelayed() {
        #expect(order([letter(0), letter(20), letter(32), dot(14)]) == Array(0..<4))
        let cross: [SIMD2<Double>] = [[2, -2], [8, 12], [2, 12], [8, -2]]
        #expect(order([letter(0), letter(20), letter(32), cross]) == Array(0..<4))
    }
}
