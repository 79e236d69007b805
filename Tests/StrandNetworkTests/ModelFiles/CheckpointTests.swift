import FoundationEssentials
import Testing

@testable import StrandNetwork

/// Checkpoints that are damaged: an error each. (That a sound one goes on bit for bit: `DeterminismTests`.)
@Suite struct CheckpointTests {
    private static let key = "strand.training"
    private let task = EchoTask(sequences: 20)
    private let file: Safetensors

    init() {
        var trainer = Trainer(task, shape: EchoTask.shape, options: .quick(epochs: 3))
        _ = trainer.run(steps: 3, on: Compute(threads: 1))
        file = trainer.checkpoint()
    }

    private func problem(_ file: Safetensors) -> SafetensorsError.Problem? {
        do throws(SafetensorsError.Problem) { _ = try Trainer(task, resuming: file) } catch { return error }
        return nil
    }

    /// With another state.
    private func problem(state: String) -> SafetensorsError.Problem? {
        var file = file
        file.metadata[Self.key] = state
        return problem(file)
    }

    private var noState: SafetensorsError.Problem {
        .badMetadata(key: Self.key, reason: "it is not the state of a training")
    }

    private var state: String { file.metadata[Self.key] ?? "" }

    @Test func sound() {
        #expect(problem(file) == nil)
        #expect(file.trainingNotes.isEmpty && Safetensors().trainingNotes.isEmpty)
    }

    @Test func noMetadata() {
        #expect(problem(Safetensors(tensors: file.tensors)) == .missingMetadata(key: Self.key))
    }

    @Test(arguments: ["", "{", "[]", "{}", "null", String(repeating: "[", count: 100_000)])
    func notAState(state: String) { #expect(problem(state: state) == noState) }

    @Test func everyTruncationOfTheState() {
        for count in 0..<state.count { #expect(problem(state: String(state.prefix(count))) == noState) }
    }

    /// Each number of the state replaced by absurd ones: an error, or a training that can take steps.
    @Test(arguments: ["-1", "9223372036854775807", "-9223372036854775808", "1e300", "0.5", "null", "\"x\"", "[]"])
    func absurdNumbers(number: String) {
        let numbers = state.matches(of: /:(-?[0-9][0-9.e+-]*)/)
        #expect(numbers.count > 15)
        for match in numbers {
            var file = file
            let found = match.output.1
            file.metadata[Self.key] = state[..<found.startIndex] + number + state[found.endIndex...]
            guard var trainer = try? Trainer(task, resuming: file) else { continue }
            let compute = Compute(threads: 1)
            for _ in 0..<3 where (try? trainer.step(on: compute)) == nil { break }
            _ = trainer.checkpoint()
        }
    }

    @Test(arguments: ["step", "epoch", "nextBatch", "lossCount", "epochsSinceBest"], ["-1", "9223372036854775807"])
    func countsThatNoTrainingReaches(name: String, number: String) {
        let state = state.replacing(try! Regex("\"\(name)\":[0-9]+"), with: "\"\(name)\":\(number)")
        #expect(state != self.state)
        #expect(problem(state: state) == noState)
    }

    @Test(arguments: ["hidden", "inputs", "labels", "layers"], ["0", "-1", "65537", "9223372036854775807"])
    func absurdSizes(name: String, number: String) {
        let state = state.replacing(try! Regex("\"\(name)\":[0-9]+"), with: "\"\(name)\":\(number)")
        #expect(problem(state: state) == noState)
    }

    /// The largest sizes that are allowed: nothing is reserved before the tensors are known to be as large.
    @Test func largestSizes() {
        var large = state
        for (name, size) in [("hidden", 65536), ("inputs", 65536), ("labels", 65536), ("layers", 64)] {
            large = large.replacing(try! Regex("\"\(name)\":[0-9]+"), with: "\"\(name)\":\(size)")
        }
        #expect(
            problem(state: large)
                == .tensorShape(tensor: "weights.lstm.weight_ih_l0", expected: [262_144, 65_536], found: [48, 2]))
    }

    /// A checkpoint of a training on more data has taken more batches than this data has.
    @Test func otherData() throws {
        let state = state.replacing(/"nextBatch":[0-9]+/, with: "\"nextBatch\":1000")
        guard case .badMetadata(Self.key, let reason)? = problem(state: state) else {
            Issue.record("the checkpoint was taken")
            return
        }
        #expect(reason.hasPrefix("1000 batches of this epoch are done and the data make "))
    }

    @Test func wrongTensors() {
        for index in file.tensors.indices {
            var other = file
            let name = other.tensors.remove(at: index).name
            #expect(problem(other) == .missingTensor(name))
            other = file
            other.tensors[index].values[0] = .nan
            #expect(problem(other) == .notFinite(tensor: name))
            other = file
            other.tensors[index].shape.append(1)
            #expect(
                problem(other)
                    == .tensorShape(
                        tensor: name, expected: file.tensors[index].shape, found: other.tensors[index].shape))
        }
    }

    /// A training whose figures are no numbers can still be written and read.
    @Test(arguments: [Double.nan, .infinity, -.infinity]) func figuresThatAreNotFinite(score: Double) throws {
        var task = task
        task.score = { _ in score }
        var trainer = Trainer(task, shape: EchoTask.shape, options: .quick(epochs: 2))
        _ = trainer.run(on: Compute(threads: 1))
        let resumed = try Trainer(task, resuming: trainer.checkpoint())
        #expect(try resumed.checkpoint().encoded() == trainer.checkpoint().encoded())
    }
}
