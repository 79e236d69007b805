import Synchronization

/// A network ready to run on one `Compute`: its weights are packed, once, as the products of that computation read them.
///
/// Make one where several calls follow each other, such as in a labeller or a server: with bfloat16 products, preparing
/// costs about as much as labelling a short sequence. Sharing it between threads is safe.
public struct PreparedNetwork<Scalar: KernelScalar>: Sendable {
    /// Where it runs.
    public let compute: Compute
    let layout: ParameterLayout
    /// (1, count): all weights where `layout` says, those of products as the kernels' `prepare` leaves them.
    let weights: Matrix<Scalar>

    /// Sizes of the network.
    public var shape: NetworkShape { layout.shape }

    /// Packs the weights of `network` for `compute`.
    public init(_ network: RecurrentNetwork<Scalar>, for compute: Compute) {
        let (layout, weights) = compute.prepared(network.layout, network.weights)
        self.init(layout, weights: weights, compute)
    }

    /// Packs weights that are made one parameter at a time, by its index, or all at once, if products read them as they are.
    init(
        _ layout: ParameterLayout, for compute: Compute, weights: (_ parameter: Int) -> Matrix<Scalar>,
        all: () -> Matrix<Scalar>
    ) {
        let (layout, weights) = compute.prepared(layout, weights) ?? (layout, all())
        self.init(layout, weights: weights, compute)
    }

    private init(_ layout: ParameterLayout, weights: Matrix<Scalar>, _ compute: Compute) {
        self.layout = layout
        self.weights = weights
        self.compute = compute
    }

    /// The same on another computation of the same path, without packing again.
    func moved(to compute: Compute) -> PreparedNetwork {
        precondition(compute.path == self.compute.path, "weights are prepared for one path")
        return PreparedNetwork(layout, weights: weights, compute)
    }

    /// Logits (N, K padded to a multiple of 16; columns from K on are meaningless) of every label at every row.
    /// - Parameters:
    ///   - batch: lengths and order of the sequences.
    ///   - inputs: (N, I), row by row as `batch` numbers them.
    /// - Returns: results that do not depend on the number of threads, nor a sequence's on the other sequences.
    public func logits(_ batch: RaggedBatch, inputs: Matrix<Scalar>) -> Matrix<Scalar> {
        precondition(inputs.rows == batch.rowCount && inputs.columns == shape.inputs, "inputs do not fit the batch")
        let headSeesScalars = compute.headSeesScalars(Scalar.self)
        var input = inputs
        var output = Matrix<Scalar>()
        for (index, layer) in layout.layers.enumerated() {
            compute.recurrentForward(
                layer, weights: weights, batch: batch, input: input, inputIsOperands: index > 0, output: &output,
                outputIsOperands: index < shape.layers - 1 || !headSeesScalars)
            swap(&input, &output)
        }
        compute.linearForward(
            layout.head, weights: weights, input: input, inputIsOperands: !headSeesScalars, output: &output)
        return output
    }

    /// Probabilities (N, K padded to a multiple of 16; columns from K on are meaningless) of every label at every row.
    /// - Parameters:
    ///   - batch: lengths and order of the sequences.
    ///   - inputs: (N, I), row by row as `batch` numbers them.
    ///   - temperature: divides the logits before the softmax.
    public func probabilities(
        _ batch: RaggedBatch, inputs: Matrix<Scalar>, temperature: Scalar = 1
    ) -> Matrix<Scalar> {
        var logits = logits(batch, inputs: inputs)
        compute.softmax(&logits, labels: shape.labels, temperature: temperature)
        return logits
    }
}

/// A network that stays prepared from one call to the next, for callers that are told where to run in every call.
///
/// It keeps the weights that were packed last, so that calls on computations of one path pack them once.
public final class PreparedNetworkCache<Scalar: KernelScalar>: Sendable {
    private let prepare: @Sendable (Compute) -> PreparedNetwork<Scalar>
    /// On a computation without threads, so that none are kept alive.
    private let last = Mutex<PreparedNetwork<Scalar>?>(nil)

    /// Nothing is packed before the first use.
    public convenience init(_ network: RecurrentNetwork<Scalar>) {
        self.init { PreparedNetwork(network, for: $0) }
    }

    /// - Parameter prepare: packs the network for a computation; called when that is of another path than the last.
    public init(prepare: @escaping @Sendable (Compute) -> PreparedNetwork<Scalar>) { self.prepare = prepare }

    /// The network, ready to run on `compute`.
    public func network(for compute: Compute) -> PreparedNetwork<Scalar> {
        if let last = last.withLock({ $0 }), last.compute.path == compute.path { return last.moved(to: compute) }
        // Packed outside the lock: a task of `compute` may be waiting for it.
        let prepared = prepare(compute)
        last.withLock { $0 = prepared.moved(to: compute.inline) }
        return prepared
    }
}

extension PreparedNetwork {
    /// Timesteps that are labelled together on one thread: enough rows a step to use the processor well, few enough that the
    /// layers' outputs take little memory.
    private static var rowsPerBatch: Int { 2048 }

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
