import StrandBytes
import StrandInk
import TestSupport
import Testing

/// Damaged files give samples or an error, never a crash, and what is read can be written.
@Suite struct HostileInkTests {
    private static let words = [
        "\"", "<", ">", "/>", "&", ",", ":", "-", "'", "*", "?", "#FFFFFFFFFFFFFFFFFFFF", "1e999", "-1e308", "NaN",
        "\n",
        "\0", "9999999999999999999", ".SEGMENT WORD 0-1:7 ? \"x\"", "\n.PEN_UP\n", "\n.DT 1e12\n", "\u{FEFF}", "[", "}",
        "\n.X_POINTS_PER_MM 1e-9\n", "<trace>1 '1e307, 1e307 \"1e307</trace>", "\r",
    ]

    private func damaged(_ text: String, _ generator: inout SplitMix64) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let offset = Int.random(in: 0...bytes.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes.removeSubrange(offset..<min(bytes.count, offset + Int.random(in: 1...9, using: &generator)))
            case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: offset)
            case 2: bytes.insert(contentsOf: Self.words.randomElement(using: &generator)!.utf8, at: offset)
            default: bytes.insert(contentsOf: bytes[..<offset].suffix(20), at: offset)
            }
        }
        return bytes
    }

    private func survives<Writer: InkSampleWriter & ~Copyable>(
        _ samples: [InkSample], _ writer: consuming Writer
    ) throws(FormatError) -> ByteSource {
        var writer = writer
        for sample in samples { try writer.write(sample) }
        return .memory(try writer.finish(), name: "written")
    }

    @Test(arguments: InkFileReaderTests.files.indices) func damagedFiles(index: Int) throws {
        var generator = SplitMix64(seed: UInt64(index))
        let (text, format) = InkFileReaderTests.files[index]
        for _ in 0..<2000 {
            let bytes = damaged(text, &generator)
            let detected = InkFileReader(.memory(bytes, name: "test"))
            let given = InkFileReader(.memory(bytes, name: "test"), format: format)
            _ = fault(detected)
            guard let samples = try? allSamples(given) else { continue }
            #expect(samples.allSatisfy { $0.strokes.joined().allSatisfy { abs($0.x) <= 1e12 && abs($0.y) <= 1e12 } })
            _ = try survives(samples, QuickDrawWriter(.memory(name: "out")))
            _ = try survives(samples, PointerEventWriter(.memory(name: "out")))
            let lines = try allSamples(InkJSONReader(try survives(samples, InkJSONWriter(.memory(name: "out")))))
            #expect(lines == samples)
            let inkML = try allSamples(InkMLReader(try survives(samples, InkMLWriter(.memory(name: "out")))))
            #expect(inkML.map(\.strokes) == samples.map(\.strokes))
        }
    }
}
