import StrandBytes
import StrandInk
import TestSupport
import Testing

/// The shipped example; `tools/examples/write_ink.py` writes it.
@Suite struct ExampleInkTests {
    private func samples() throws -> [InkSample] {
        var reader = InkJSONReader(.file(TestFiles.path("data/examples/handwriting.jsonl.gz")))
        var samples: [InkSample] = []
        while let sample = try reader.next() { samples.append(sample) }
        return samples
    }

    @Test func textsOfTwoWriters() throws {
        let samples = try samples()
        #expect(
            samples.map(\.text) == [
                "strand", "a sheet of ink", "hello world", "beta 42", "Write it down", "pack my box, quiz 1906",
            ])
        #expect(Set(samples.map(\.writer)) == ["upright", "slanted"])
        #expect(samples.allSatisfy { $0.unitsPerMillimetre == 100 && $0.hertz == 100 })
    }

    @Test func everyPointHasItsTime() throws {
        for sample in try samples() {
            let times = try sample.strokes.joined().map { try #require($0.time) }
            #expect(times.first == 0)
            #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
            #expect(sample.strokes.allSatisfy { $0.count >= 3 })
        }
    }
}
