import StrandBytes
import Synchronization
import TestSupport
import Testing

@Suite struct InputMeterTests {
    let directory = TemporaryDirectory()

    private func digest(_ bytes: [UInt8]) -> String {
        var digest = SHA256()
        digest.update(bytes[...])
        return digest.finish()
    }

    /// Stored bytes count, of several files read in turns.
    @Test func countsAndHashesWhatIsRead() throws {
        let bytes = Array(repeating: UInt8(ascii: "x"), count: 300_000)
        let zipped = Gzip.compress(bytes)
        let files = [directory.write(bytes, to: "a"), directory.write(zipped, to: "b.gz")]
        let readings = Mutex(0)
        let meter = InputMeter(files, isHashing: true, didRead: { readings.withLock { $0 += 1 } })
        #expect(meter.share == 0 && meter.secondsLeft == nil)
        var first = meter.reader(of: files[0])
        var second = meter.reader(of: files[1])
        var buffer = [UInt8](repeating: 0, count: 100_000)
        var counts = [0, 0]
        while true {
            let added = [try first.read(into: &buffer), try second.read(into: &buffer)]
            counts = [counts[0] + added[0], counts[1] + added[1]]
            if meter.share.map({ $0 < 1 }) == true { #expect((meter.secondsLeft ?? -1) >= 0) }
            if added == [0, 0] { break }
        }
        #expect(counts == [300_000, 300_000] && meter.share == 1 && meter.secondsLeft == nil)
        #expect(meter.hashes == [digest(bytes), digest(zipped)] && readings.withLock { $0 } > 3)
    }

    @Test func sizesOfPipesAreUnknown() {
        #expect(shell("mkfifo \(directory("fifo"))"))
        #expect(InputMeter([directory("fifo")]).share == nil && InputMeter().share == nil)
        #expect(InputMeter([directory.write([], to: "empty")]).share == 1)
    }

    /// A reader that waits for a pipe is told to stop.
    @Test func waitingStops() throws {
        let path = directory("fifo")
        #expect(shell("mkfifo \(path) && (sleep 20 > \(path) &)"))
        let asked = Mutex(0)
        let meter = InputMeter(
            [path],
            isStopped: {
                asked.withLock {
                    $0 += 1
                    return $0 > 2
                }
            })
        #expect(throws: FormatError(file: path, problem: .file(.stopped))) {
            var reader = meter.reader(of: path)
            var buffer = [UInt8](repeating: 0, count: 10)
            _ = try reader.read(into: &buffer)
        }
    }
}
