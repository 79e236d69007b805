import StrandBytes
import StrandInk
import TestSupport
import Testing

@Suite struct SVGTests {
    private func drawing(_ content: String, _ attributes: String = "") -> SVGReader {
        SVGReader(
            memory(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" fill=\"none\" stroke=\"black\" \(attributes)>\(content)</svg>"
            ))
    }

    private func strokes(_ content: String) throws -> [[SIMD2<Double>]] {
        try allSamples(drawing(content)).first?.strokes.map { $0.map(\.position) } ?? []
    }

    @Test(arguments: [
        ("M1 2L3 4", [[[1, 2], [3, 4]]]), ("m1,2 3-4-.5.5", [[[1, 2], [4, -2], [3.5, -1.5]]]),
        ("M0 0H5V6h-1v-1", [[[0, 0], [5, 0], [5, 6], [4, 6], [4, 5]]]),
        ("M1 1 2 2z", [[[1, 1], [2, 2], [1, 1]]]),
        // A second subpath, and one that begins where a closed one did.
        ("M0 0L1 1M5 5l1 0", [[[0, 0], [1, 1]], [[5, 5], [6, 5]]]),
        ("M1 1L2 1L2 2zl0 9", [[[1, 1], [2, 1], [2, 2], [1, 1]], [[1, 1], [1, 10]]]),
        ("M1e1,-1E-1L2 3", [[[10, -0.1], [2, 3]]]), ("M7 8", [[[7, 8]]]), ("none", []),
    ]) func lines(path: String, expected: [[[Double]]]) throws {
        let found = try strokes("<path d=\"\(path)\"/><path d=\"M9 9\"/>").dropLast()
        #expect(found.map { $0.map { [$0.x, $0.y] } } == expected)
    }

    /// Each curve at half its way, by its formula.
    @Test func curves() throws {
        let cubic = try strokes("<path d=\"M0 0C0 8 8 8 8 0S16-8 16 0\"/>")[0]
        #expect(cubic.count == 33 && cubic[8] == [4, 6] && cubic[16] == [8, 0])
        // The second curve is the first one turned about its start.
        #expect(cubic[24] == [12, -6] && cubic[32] == [16, 0])
        let quadratic = try strokes("<path d=\"m0 0q4 8 8 0t8 0\"/>")[0]
        #expect(quadratic[8] == [4, 4] && quadratic[24] == [12, -4])
        // After another command a smooth curve starts straight on its way.
        let smooth = try strokes("<path d=\"M0 0L1 0S5 4 9 0\"/>")[0]
        #expect(smooth.count == 18 && smooth[9] == [3.5, 1.5])
    }

    @Test func arcs() throws {
        for (path, middle) in [("A5 5 0 0 1 10 0", -5.0), ("A5 5 0 0010 0", 5)] {
            let arc = try strokes("<path d=\"M0 0\(path)\"/>")[0]
            let distances = arc.map { (($0 - [5, 0]) * ($0 - [5, 0])).sum() }
            #expect(arc.count == 17 && arc[0] == [0, 0] && arc[16] == [10, 0])
            #expect(distances.allSatisfy { abs($0 - 25) < 1e-9 } && abs(arc[8].y - middle) < 1e-9)
        }
        // Too small radii grow; a radius of 0 makes a line.
        let grown = try strokes("<path d=\"M0 0A1 1 0 0 1 10 0\"/>")[0]
        #expect(abs(grown[8].y + 5) < 1e-9)
        #expect(try strokes("<path d=\"M0 0A0 1 0 0 1 10 0\"/>") == [[[0, 0], [10, 0]]])
        // Three quarters of a circle, the large way round.
        let large = try strokes("<path d=\"M0 0a5 5 0 1 1 5 5\"/>")[0]
        #expect(large.count == 25 && large.contains { abs($0.x - 10) < 1e-9 && abs($0.y) < 1e-9 })
    }

    @Test func transforms() throws {
        let nested = try strokes(
            "<g transform=\"translate(10,20)\"><g transform=\"scale(2) rotate(90)\"><path d=\"M1 0\"/></g></g><path d=\"M1 0\"/>"
        )
        #expect((nested[0][0] - [10, 22]).max() < 1e-12 && nested[1] == [[1, 0]])
        let others = try strokes(
            """
            <path transform="matrix(1 2 3 4 5 6)" d="M1 1"/><path transform="rotate(180 1 1)" d="M0 0"/>
            <path transform="skewX(45)" d="M0 2"/><path transform="skewY(45)" d="M2 0"/><path transform="translate(3)" d="M0 0"/>
            """)
        for (found, expected) in zip(
            others.map { $0[0] }, [[9, 12], [2, 2], [2, 2], [2, 2], [3, 0]] as [SIMD2<Double>])
        {
            let off = found - expected
            #expect((off * off).sum() < 1e-20)
        }
    }

    @Test func whatIsALine() throws {
        var reader = drawing(
            """
            <defs><path d="M1 1L2 2"/></defs><g display="none"><path d="M1 1L2 2"/></g><rect width="5" height="5"/>
            <path style="stroke: none; fill:#123" d="M1 1L2 2"/><polyline points="1,2 3,4"/><polygon points="0 0 1 0 1 1"/>
            <line x1="1" y1="2" y2="5.5px"/><text>a</text>
            """, "width=\"50mm\" viewBox=\"0 0 200 100\"")
        let sample = try #require(try reader.next())
        #expect(
            sample.strokes == [
                stroke((1, 2), (3, 4)), stroke((0, 0), (1, 0), (1, 1), (0, 0)), stroke((1, 2), (0, 5.5)),
            ])
        #expect("\(reader.takeRepairs())" == "3 strokes of another tool than a pen: left out (rect, filled area, text)")
        #expect(sample.unitsPerMillimetre == 4)
    }

    /// Drawings of SVG 1.1 name a document type; one with declarations is refused, as everywhere.
    @Test func documentTypes() throws {
        let type =
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">"
        let content = "<svg><path stroke=\"red\" d=\"M1 2\"/></svg>"
        #expect(try allSamples(InkFileReader(memory(type + content))).count == 1)
        let refused = "a document type declaration ('<!DOCTYPE') is refused; remove it"
        for declaration in ["<!DOCTYPE svg [<!ENTITY a \"b\">]>", "<!DOCTYPE svg SYSTEM \"a\" [ ]>"] {
            #expect(fault(InkFileReader(memory(declaration + content))) == "test: \(refused)")
            #expect(fault(SVGReader(memory(declaration + content))) == "test:1: \(refused)")
        }
    }

    @Test(arguments: [
        ("<path d=\"L1 2\"/>", "'L1 2' where 'M' or 'm' is expected"),
        ("<path d=\"M1 x\"/>", "'x' where a number is expected"),
        ("<path d=\"M1 1 5\"/>", "'the end' where a number is expected"),
        ("<path d=\"M1 1X5\"/>", "'X5' where a command of a path is expected"),
        ("<path d=\"M1 1A1 1 0 2 0 1 1\"/>", "'2 0 1 1' where 0 or 1 is expected"),
        ("<path d=\"M1 1e400\"/>", "'1e400' is larger than ink can be (1e12)"),
        ("<g transform=\"turn(5)\"><path d=\"M1 1\"/></g>", "'turn' where a transform and its numbers is expected"),
    ]) func faults(content: String, message: String) {
        #expect(fault(drawing(content)) == "test:1: record test: \(message); fix or remove it")
    }
}
