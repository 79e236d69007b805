import StrandBytes
import StrandEngine
import StrandNetwork
import StrandProteins
import Synchronization
import TestSupport
import Testing

/// What a resumed run says of itself.
@Suite struct ResumedRunTests {
    let directory = TemporaryDirectory()

    /// Work of which the first record is a billion times the second.
    private struct Work: RecordWork {
        static let nouns = (record: "record", unit: "residue")
        func id(of record: FASTARecord) -> [UInt8] { record.header }
        func size(of record: FASTARecord) -> Int { record.header == [UInt8(ascii: "a")] ? 1_000_000_000 : 1 }
        func results(for records: [FASTARecord]) -> [[UInt8]] { records.map { $0.header + [UInt8(ascii: "\n")] } }
    }

    private final class Observer: RunObserver {
        let last = Mutex("")
        func message(_ text: String) {}
        func progress(_ text: @autoclosure () -> String) {}
        func done(_ text: @autoclosure () -> String?) {
            if let text = text() { last.withLock { $0 = text } }
        }
    }

    /// The rate is that of this run's records alone.
    @Test func theRateLeavesOutEarlierRecords() throws {
        let input = directory.write(Array(">a\nM\n>b\nM\n".utf8), to: "in.fa")
        let output = ByteDestination.file(directory("out"))
        var first = try ResumableWriter(output, identity: "work", resuming: false)
        try first.write(Array("a\n".utf8))
        #expect(try first.suspend(records: 1) == 1)
        var settings = PipelineSettings()
        settings.isResuming = true
        let observer = Observer()
        var manifest = RunManifest(
            verb: "test", options: [], model: "none", format: "none", settings: [], shard: .whole, output: .one(output),
            compute: Compute(threads: 1))
        _ = try Pipeline.run(
            Work(), over: [input],
            into: RecordOutput(.one(output), preamble: [], suffix: "", identity: "work", settings), settings,
            meter: InputMeter([input]), stop: StopFlag(), observer: observer, manifest: &manifest, modelSHA256: ""
        ) { FASTAReader($0) }
        #expect(directory.bytes(of: "out") == Array("a\nb\n".utf8))
        let words = observer.last.withLock { $0 }.split(separator: " ")
        #expect(words.prefix(4) == ["2", "records,", "1,000,000,001", "residues,"])
        let rate = try #require(Int(words[4].filter { $0 != "," }))
        #expect(rate < 1_000_000)
    }
}
