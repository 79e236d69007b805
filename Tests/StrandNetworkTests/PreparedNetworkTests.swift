import Testing

@testable import StrandNetwork

@Suite struct PreparedNetworkTests {
    static let paths = KernelPath.allCases.filter(\.isSupported)

    private let lengths = [7, 1, 30, 4]

    private func network(_ cell: RecurrentCell = .lstm) -> RecurrentNetwork<Float> {
        var generator = SeededGenerator(seed: 4)
        let shape = NetworkShape(cell: cell, inputs: 3, hidden: 20, layers: 2, labels: 5)
        return RecurrentNetwork(shape: shape, using: &generator)
    }

    private static func inputs(_ batch: RaggedBatch) -> Matrix<Float> {
        Matrix(
            rows: batch.rowCount, columns: 3,
            elements: (0..<3 * batch.rowCount).map { Float($0 % 17) / 17 - 0.5 })
    }

    /// Prepared once or for each call, alone or in a batch: the same bytes.
    @Test(arguments: paths, RecurrentCell.allCases) func equalsThePlainCall(_ path: KernelPath, _ cell: RecurrentCell) {
        let (network, compute) = (network(cell), Compute(threads: 2, path: path))
        let prepared = PreparedNetwork(network, for: compute)
        let batch = RaggedBatch(lengths: lengths)
        let inputs = Self.inputs(batch)
        for _ in 0..<2 {
            #expect(
                prepared.logits(batch, inputs: inputs).elements
                    == network.logits(batch, inputs: inputs, on: compute).elements)
            #expect(
                prepared.probabilities(batch, inputs: inputs, temperature: 2).elements
                    == network.probabilities(batch, inputs: inputs, temperature: 2, on: compute).elements)
        }
        #expect(
            prepared.probabilities(lengths: lengths) { Self.inputs($1) }.map(\.elements)
                == network.probabilities(lengths: lengths, on: compute) { Self.inputs($1) }.map(\.elements))
    }

    /// Packed tensor by tensor from a file, in 8 bits or not: the same bytes.
    @Test(arguments: paths, [false, true]) func equalsThatOfAFile(_ path: KernelPath, _ isQuantised: Bool) throws {
        let network = isQuantised ? network().quantised() : network()
        let stored = try StoredNetwork(Safetensors(tensors: network.tensors))
        #expect(stored.network.weights.elements == network.weights.elements)
        let compute = Compute(threads: 2, path: path)
        let batch = RaggedBatch(lengths: lengths)
        let inputs = Self.inputs(batch)
        #expect(
            PreparedNetwork(stored, for: compute).logits(batch, inputs: inputs).elements
                == network.logits(batch, inputs: inputs, on: compute).elements)
    }

    /// A cache gives the same network for every computation, packs once a path, and keeps no threads.
    @Test func cachePacksOncePerPath() throws {
        let network = network()
        let cache = PreparedNetworkCache(network)
        for path in Self.paths {
            let first = cache.network(for: Compute(threads: 2, path: path))
            let other = Compute(threads: 1, path: path)
            let second = cache.network(for: other)
            #expect(second.compute === other && second.compute.path == path)
            #expect(first.weights.sharesMemory(with: second.weights))
            let batch = RaggedBatch(lengths: lengths)
            let inputs = Self.inputs(batch)
            #expect(
                second.logits(batch, inputs: inputs).elements
                    == network.logits(batch, inputs: inputs, on: other).elements)
        }
    }

    @Test func sharingBetweenThreads() async {
        let (network, compute) = (network(), Compute(threads: 2))
        let cache = PreparedNetworkCache(network)
        let batch = RaggedBatch(lengths: lengths)
        let expected = network.logits(batch, inputs: Self.inputs(batch), on: compute).elements
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    cache.network(for: compute).logits(batch, inputs: Self.inputs(batch)).elements == expected
                }
            }
            for await isEqual in group { #expect(isEqual) }
        }
    }
}

extension Matrix {
    fileprivate func sharesMemory(with other: Matrix) -> Bool {
        withElements(of: self, other) { $0 == $1 }
    }
}
