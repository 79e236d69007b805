import StrandBytes
import TestSupport
import Testing

@Suite struct LineReaderTests {
    @Test(arguments: [
        ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb\r\n", ["a", "b"]), ("a\n\nb", ["a", "", "b"]),
        ("a\rb\n", ["a\rb"]), ("a\r\r\n", ["a\r"]), ("a\r", ["a\r"]), ("\u{FEFF}a\n\u{FEFF}b", ["a", "\u{FEFF}b"]),
        ("\u{FEFF}", [""]),
    ])
    func linesOf(text: String, expected: [String]) throws {
        for chunkSize in [1, 2, 3, 1000] {
            #expect(
                try readLines(memory(text), chunkSize: chunkSize).map { Array($0.utf8) }
                    == expected.map { Array($0.utf8) })
        }
    }

    @Test func numbersLines() throws {
        var reader = LineReader(memory("a\n\nb"))
        #expect(reader.lineNumber == 0)
        while let line = try reader.next() {
            #expect(line.elementsEqual(["a", "", "b"][reader.lineNumber - 1].utf8))
        }
        #expect(reader.lineNumber == 3)
        #expect(try reader.next() == nil)
    }

    @Test func keptLinesStayAsTheyWere() throws {
        var reader = LineReader(memory("first\nsecond\nthird\n"), chunkSize: 4)
        var kept: [ArraySlice<UInt8>] = []
        while let line = try reader.next() { kept.append(line) }
        #expect(kept.map { String(decoding: $0, as: UTF8.self) } == ["first", "second", "third"])
    }

    @Test func keepsBytesThatAreNotUTF8() throws {
        var reader = LineReader(memory([0xE9, 0x00, 0xFF, 0x0A]))
        #expect(try reader.next() == [0xE9, 0x00, 0xFF])
    }

    @Test func agreesWithSplittingOnRandomText() throws {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                "ab\n".utf8.randomElement(using: &generator)!
            }
            var expected = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
            if expected.last == [] { expected.removeLast() }
            let chunkSize = Int.random(in: 1...9, using: &generator)
            #expect(try readLines(memory(text), chunkSize: chunkSize).map { Array($0.utf8) } == expected)
        }
    }
}
