extension PreparedNetwork {
    /// Timesteps that are labelled together on one thread: enough rows a step to use the processor well.
    private static var rowsPerBatch: Int { 8192 }

    /// Probabilities (T, K) of each of several sequences of any lengths, in their order.
    ///
    /// Sequences of similar length share a batch, and batches are spread over the threads; a single batch is spread by
    /// direction. A sequence's result depends neither on the other sequences nor on the number of threads.
    /// - Parameters:
    ///   - lengths: timesteps of each sequence, at least 1.
    ///   - temperature: divides the logits before the softmax.
    ///   - inputs: returns the inputs (N, I) of a batch, whose sequence k, in sorted order, is `sequences[k]`. Called on
    ///     several threads at once.
    public func probabilities(
        lengths: [Int], temperature: Scalar = 1,
        inputs: @Sendable (_ sequences: [Int], _ batch: RaggedBatch) -> Matrix<Scalar>
    ) -> [Matrix<Scalar>] {
        let groups = groups(of: lengths)
        @Sendable func probabilities(of group: [Int], by network: PreparedNetwork) -> [Matrix<Scalar>] {
            // The group is sorted, so the batch keeps its order.
            let batch = RaggedBatch(lengths: group.map { lengths[$0] })
            let all = network.probabilities(batch, inputs: inputs(group, batch), temperature: temperature)
            return batch.lengths.indices.map { all.rows(of: $0, in: batch, columns: shape.labels) }
        }
        let results =
            groups.count == 1
            ? [probabilities(of: groups[0], by: self)]
            : compute.map(groups.count) { probabilities(of: groups[$0], by: moved(to: compute.inline)) }
        var bySequence = [Matrix<Scalar>](repeating: Matrix(), count: lengths.count)
        for (group, matrices) in zip(groups, results) {
            for (sequence, matrix) in zip(group, matrices) { bySequence[sequence] = matrix }
        }
        return bySequence
    }

    /// Sequences in groups of similar length, the longest first.
    private func groups(of lengths: [Int]) -> [[Int]] {
        var groups: [[Int]] = []
        var rows = 0
        for sequence in lengths.indices.sorted(by: { (lengths[$1], $0) < (lengths[$0], $1) }) {
            if groups.isEmpty || rows + lengths[sequence] > Self.rowsPerBatch {
                groups.append([])
                rows = 0
            }
            groups[groups.count - 1].append(sequence)
            rows += lengths[sequence]
        }
        return groups
    }
}
