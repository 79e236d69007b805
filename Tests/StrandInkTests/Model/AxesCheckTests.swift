import StrandInk
import StrandNetwork
import TestSupport
import Testing

@Suite struct AxesCheckTests {
    /// The shipped example in each of the eight ways.
    @Test(arguments: InkAxes.all.indices) func inkThatIsTheWrongWayRound(way: Int) throws {
        let axes = InkAxes.all[way]
        var reader = InkJSONReader(.file(TestFiles.path("data/examples/handwriting.jsonl.gz")))
        // What is upright by these axes: its own inverse, but for the two turns by a quarter.
        let inverse = InkAxes.all.first { $0.upright(axes.upright(Self.corner)) == Self.corner }
        let turned = try reader.all().map { (inverse ?? axes).upright($0) }
        var work = InkReadingWork(reader: .shipped, compute: Compute(threads: 1), format: .text, isDrawn: false)
        _ = work.results(for: turned)
        #expect(work.betterAxes?.axes == (axes == .usual ? nil : axes))
        var corrected = InkReadingWork(reader: .shipped, compute: Compute(threads: 1), format: .text, isDrawn: false)
        corrected.axes = axes
        _ = corrected.results(for: turned)
        #expect(corrected.betterAxes == nil)
    }

    private static let corner = InkSample(id: "", strokes: [[InkPoint(x: 1, y: 2), InkPoint(x: 3, y: 5)]])
}
