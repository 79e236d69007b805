import StrandBytes
import StrandInk
import TestSupport
import Testing

/// Recordings of tablets as text: Omniglot and SVC.
@Suite struct TabletFilesTests {
    @Test func omniglot() throws {
        let text = "START\n1.5,-2,0\n3,-4.25,16\nBREAK\n\n 5,-6,900 \r\nBREAK\n"
        let samples = try allSamples(OmniglotReader(memory(text)))
        #expect(samples.map(\.id) == ["test"] && samples[0].text == nil)
        #expect(
            samples[0].strokes == [
                [InkPoint(x: 1.5, y: 2, time: 0), InkPoint(x: 3, y: 4.25, time: 16)], [InkPoint(x: 5, y: 6, time: 900)],
            ])
        #expect(try allSamples(OmniglotReader(memory("START\n")))[0].strokes.isEmpty)
    }

    @Test(arguments: [
        ("", "test: no ink; a line 'START' is expected"),
        ("1,2,3\n", "test:1: '1,2,3' where 'START' is expected; fix or remove it"),
        ("START\n1,2\n", "test:2: '1,2' where a point 'x,y,t' or 'BREAK' is expected; fix or remove it"),
        ("START\n1,2,3\nBREAK\n1,nan,3\n", "test:4: 'nan' is not a number; fix or remove it"),
        ("START\n1e13,2,3\n", "test:2: '1e13' is larger than ink can be (1e12); fix or remove it"),
    ]) func faultsOfOmniglot(text: String, message: String) { #expect(fault(OmniglotReader(memory(text))) == message) }

    /// The pen hovers between strokes, and the lowest bit alone says that it is down.
    @Test func svc() throws {
        let text = "6\n9 9 0 0 1 1 0\n1 2 10 1 1 1 5\n3 4 20 3 1 1 5\n3 4 30 0 1 1 0\n4 4 40 2 1 1 0\n5 6 50 1 1 1 7\n"
        let samples = try allSamples(SVCReader(memory(text)))
        #expect(
            samples[0].strokes == [
                [InkPoint(x: 1, y: -2, time: 10), InkPoint(x: 3, y: -4, time: 20)], [InkPoint(x: 5, y: -6, time: 50)],
            ])
    }

    /// Tablets send nothing while the pen is far, and little while it rests.
    @Test func pausesPartStrokes() throws {
        let rows = [(0, 0), (1, 10), (2, 20), (3, 30), (4, 40), (9, 200), (10, 210), (10, 900), (11, 910)]
        let text = "9\n" + rows.map { "\($0.0) 0 \($0.1) 1 0 0 0\n" }.joined()
        let sample = try allSamples(SVCReader(memory(text)))[0]
        #expect(sample.strokes.map { $0.map(\.x) } == [[0, 1, 2, 3, 4], [9, 10, 10, 11]])
    }

    @Test(arguments: [
        ("", "test: no ink; a number of points is expected"),
        ("x\n", "test:1: 'x' where the number of points is expected; fix or remove it"),
        ("2\n1 2 3 1 0 0 0\n", "test: the file ends where point 2 of 2 is expected; is it whole?"),
        (
            "1\n1 2 3 1 0 0 0\n1 2 3 1 0 0 0\n",
            "test:3: '1 2 3 1 0 0 0' where the end is expected; fix or remove it"
        ),
        ("1\n1 2 3\n", "test:2: '1 2 3' where x, y, time, pen status and more is expected; fix or remove it"),
        ("1\n1 2 3 y 0 0 0\n", "test:2: 'y' is not a number; fix or remove it"),
    ]) func faultsOfSVC(text: String, message: String) { #expect(fault(SVCReader(memory(text))) == message) }

    /// A recording of the specimens is the drawing they were made from, upside up.
    @Test(.enabled(if: InkSpecimens.folder != nil)) func specimens() throws {
        let folder = try #require(InkSpecimens.folder)
        let drawn = try allSamples(SVGReader(.file(folder + "specimens/s1.svg")))[0]
        let recorded = try allSamples(SVCReader(.file(folder + "specimens/s1.svc")))[0]
        #expect(drawn.strokes.count == 16 && drawn.pointCount == 428)
        let shift = drawn.strokes[0][0].position - recorded.strokes[0][0].position
        #expect(recorded.strokes.map { $0.map { $0.position + shift } } == drawn.strokes.map { $0.map(\.position) })
        let character = try allSamples(OmniglotReader(.file(folder + "omniglot/Latin_character09_0__03.txt")))[0]
        #expect(character.strokes.first?.first == InkPoint(x: 50.75, y: 45.859438, time: 0))
    }
}
