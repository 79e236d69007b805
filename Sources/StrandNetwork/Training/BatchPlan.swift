/// The batches of one epoch: sequences of similar length together, in random order.
struct BatchPlan: Sendable, Equatable {
    /// Sequences of each batch.
    let batches: [[Int]]

    /// Lengths are jittered by up to this share before sorting, so that batches differ from epoch to epoch.
    private static let jitter = 0.1

    init(lengths: [Int], rowsPerBatch: Int, using generator: inout SeededGenerator) {
        let keys = lengths.map { Double($0) * (1 + generator.uniform(within: Self.jitter)) }
        var batches: [[Int]] = []
        var rows = 0
        for sequence in lengths.indices.sorted(by: { (keys[$0], $0) < (keys[$1], $1) }) {
            if batches.isEmpty || rows + lengths[sequence] > rowsPerBatch {
                batches.append([])
                rows = 0
            }
            batches[batches.count - 1].append(sequence)
            rows += lengths[sequence]
        }
        batches.shuffle(using: &generator)
        self.batches = batches
    }
}
