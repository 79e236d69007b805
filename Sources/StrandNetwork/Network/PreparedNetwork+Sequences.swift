extension RecurrentNetwork {
    /// Timesteps that are labelled together on one thread: enough rows a step to use the processor well.
    private static var rowsPerBatch: Int { 8192 }

    /// Probabilities (T, K) of each of several sequences of any lengths, in their order.
    ///
    /// Sequences of like length share a batch and batches are spread over the threads; a single batch is spread by
    /// direction. A sequence's result is the same whatever the others and the number of threads.
    /// - Parameters:
    ///   - lengths: timesteps of each sequence, at least 1.
    ///   - temperature: logits are divided by it before the softmax.
    ///   - inputs: gives the inputs (N, I) of a batch; place k of the sorted batch holds sequence `sequences[k]`.
    ///     Called on several threads at once.
    ///   - compute: where to run.
    public func probabilities(
        lengths: [Int], temperature: Scalar = 1, on compute: Compute,
        inputs: (_ sequences: [Int], _ batch: RaggedBatch) -> Matrix<Scalar>
    ) -> [Matrix<Scalar>] {
        let groups = groups(of: lengths)
        func probabilities(of group: [Int], on compute: Compute) -> [Matrix<Scalar>] {
            // The group is sorted, so the batch keeps its order.
            let batch = RaggedBatch(lengths: group.map { lengths[$0] })
            let all = self.probabilities(batch, inputs: inputs(group, batch), temperature: temperature, on: compute)
            return batch.lengths.indices.map { all.rows(of: $0, in: batch, columns: shape.labels) }
        }
        let results =
            groups.count == 1
            ? [probabilities(of: groups[0], on: compute)]
            : compute.map(groups.count) { probabilities(of: groups[$0], on: compute.inline) }
        var bySequence = [Matrix<Scalar>](repeating: Matrix(), count: lengths.count)
        for (group, matrices) in zip(groups, results) {
            for (sequence, matrix) in zip(group, matrices) { bySequence[sequence] = matrix }
        }
        return bySequence
    }

    /// Sequences in groups of like length, the longest first.
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
