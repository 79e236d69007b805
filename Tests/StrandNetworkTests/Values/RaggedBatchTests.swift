import TestSupport
import Testing

@testable import StrandNetwork

@Suite struct RaggedBatchTests {
    /// The drawing in the documentation.
    @Test func drawing() {
        let batch = RaggedBatch(lengths: [1, 4, 2])
        #expect(batch.lengths == [4, 2, 1])
        #expect(batch.order == [1, 2, 0])
        #expect(batch.rowCount == 7)
        #expect(batch.forward.first == [0, 3, 5, 6])
        #expect(batch.forward.rows == [3, 2, 1, 1])
        #expect(batch.forward.previousRow == [-1, -1, -1, 0, 1, 3, 5])
        #expect(batch.backward.first == [6, 5, 3, 0])
        #expect(batch.backward.rows == [1, 1, 2, 3])
        #expect(batch.backward.previousRow == [3, 4, -1, 5, -1, 6, -1])
    }

    @Test func empty() {
        let batch = RaggedBatch(lengths: [])
        #expect(batch.rowCount == 0 && batch.sequences == 0)
        #expect(batch.forward.first.isEmpty && batch.backward.previousRow.isEmpty)
    }

    @Test func equalLengthsKeepTheirOrder() {
        #expect(RaggedBatch(lengths: [2, 3, 2, 3, 2]).order == [1, 3, 0, 2, 4])
    }

    @Test(arguments: 1...40) func everyRowBelongsToOneStepOfOneSequence(count: Int) {
        var generator = SplitMix64(seed: UInt64(count))
        let unsorted = (0..<count).map { _ in Int.random(in: 1...9, using: &generator) }
        let batch = RaggedBatch(lengths: unsorted)
        #expect(batch.order.map { unsorted[$0] } == batch.lengths)
        #expect(batch.order.sorted() == Array(0..<count))
        var rows: [Int] = []
        for (sequence, length) in batch.lengths.enumerated() {
            let own = (0..<length).map { batch.row(sequence: sequence, step: $0) }
            #expect(own.map { batch.forward.previousRow[$0] } == [-1] + own.dropLast().map(Int32.init))
            #expect(own.map { batch.backward.previousRow[$0] } == own.dropFirst().map(Int32.init) + [-1])
            rows += own
        }
        #expect(rows.sorted() == Array(0..<batch.rowCount))
    }
}
