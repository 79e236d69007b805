import Testing

@testable import StrandNetwork

/// Double-precision central differences (f(w + h) - f(w - h)) / 2h against the backward pass, for every parameter.
@Suite struct GradientTests {
    /// Ragged lengths, T = 1 among them, in an order that is not sorted.
    static let lengths = [3, 1, 6, 4, 1]

    struct Case: Sendable, CustomTestStringConvertible {
        var shape: NetworkShape
        var softShare = 0.0
        var isTaught = false
        var dropout = 0.0
        var threads = 1
        var testDescription: String {
            "\(shape.summary) I=\(shape.inputs) H=\(shape.hidden) L=\(shape.layers) K=\(shape.labels) e=\(softShare) p=\(dropout)"
        }
    }

    static let cases =
        [
            Case(shape: NetworkShape(inputs: 3, hidden: 2, layers: 1, labels: 2)),
            Case(shape: NetworkShape(inputs: 3, hidden: 3, layers: 2, labels: 4), softShare: 0.1, threads: 2),
            Case(shape: NetworkShape(inputs: 2, hidden: 18, layers: 2, labels: 3), dropout: 0.5, threads: 2),
            Case(
                shape: NetworkShape(inputs: 1, hidden: 2, layers: 3, labels: 17), softShare: 0.2, isTaught: true,
                dropout: 0.3),
        ]
        + RecurrentCell.allCases.flatMap { cell in
            [
                Case(
                    shape: NetworkShape(
                        cell: cell, isBidirectional: false, inputs: 3, hidden: 5, layers: 1, labels: 2)),
                Case(shape: NetworkShape(cell: cell, inputs: 2, hidden: 19, layers: 2, labels: 3), threads: 2),
            ]
        } + [
            // An RNN's units fill panels of 64.
            Case(shape: NetworkShape(cell: .rnn, isBidirectional: false, inputs: 2, hidden: 70, layers: 2, labels: 3))
        ]

    @Test(arguments: cases) func everyParameter(of test: Case) {
        var generator = SeededGenerator(seed: 7)
        var network = RecurrentNetwork<Double>(shape: test.shape, using: &generator)
        scatter(&network.weights, of: network.layout, using: &generator)
        let batch = RaggedBatch(lengths: Self.lengths)
        let inputs = Matrix(
            rows: batch.rowCount, columns: test.shape.inputs,
            elements: (0..<batch.rowCount * test.shape.inputs).map { _ in generator.uniform(within: 1) })
        let targets = (0..<batch.rowCount).map { row -> UInt32 in
            // One label, two labels, none.
            [1 << UInt32(row % test.shape.labels), 0b11, 0, 1][row % 4]
        }
        let soft = test.isTaught ? distributions(batch.rowCount, test.shape.labels, using: &generator) : nil
        let masks = network.dropoutMasks(test.dropout, for: batch, using: &generator)
        let compute = Compute(threads: test.threads)
        let loss = CrossEntropy(softShare: test.softShare)
        var tape = RecurrentNetwork<Double>.Tape(test.shape)

        func value(of network: RecurrentNetwork<Double>) -> Double {
            network.forward(batch, inputs: inputs, masks: masks, tape: &tape, on: compute)
            return loss(
                tape.logits, labels: test.shape.labels, targets: targets, soft: soft, gradient: &tape.logitGradient,
                on: compute
            ).mean
        }

        _ = value(of: network)
        var gradient = Matrix<Double>(rows: 1, columns: network.layout.count)
        network.backward(batch, tape: &tape, gradient: &gradient, on: compute)

        let step = 1e-5
        var worst = 0.0
        for parameter in network.layout.parameters {
            parameter.forEachElement { _, position in
                let original = network.weights[0, position]
                network.weights[0, position] = original + step
                let above = value(of: network)
                network.weights[0, position] = original - step
                let below = value(of: network)
                network.weights[0, position] = original
                let expected = (above - below) / (2 * step)
                let got = gradient[0, position]
                worst = max(worst, abs(got - expected) / max(abs(got) + abs(expected), 1e-3))
            }
        }
        #expect(worst <= 1e-6)
    }

    /// Random probabilities (rows, labels).
    private func distributions(
        _ rows: Int, _ labels: Int, using generator: inout SeededGenerator
    ) -> Matrix<Double> {
        let elements = (0..<rows).flatMap { _ in
            let weights = (0..<labels).map { _ in generator.uniform() }
            return weights.map { $0 / weights.reduce(0, +) }
        }
        return Matrix(rows: rows, columns: labels, elements: elements)
    }

    /// Larger weights than a fresh network's, biases too, so that no gradient is zero by symmetry.
    private func scatter(
        _ weights: inout Matrix<Double>, of layout: ParameterLayout, using generator: inout SeededGenerator
    ) {
        for parameter in layout.parameters {
            parameter.forEachElement { _, position in weights[0, position] += generator.uniform(within: 0.5) }
        }
    }

    @Test(arguments: RecurrentCell.allCases) func paddingStaysZero(_ cell: RecurrentCell) {
        var generator = SeededGenerator(seed: 3)
        let shape = NetworkShape(cell: cell, inputs: 2, hidden: 5, layers: 2, labels: 3)
        var network = RecurrentNetwork<Float>(shape: shape, using: &generator)
        let batch = RaggedBatch(lengths: Self.lengths)
        let compute = Compute(threads: 2)
        var tape = RecurrentNetwork<Float>.Tape(shape)
        var optimiser = AdamW(.init(), weights: network.weights)
        let inputs = Matrix<Float>(
            rows: batch.rowCount, columns: 2, elements: (0..<2 * batch.rowCount).map { Float($0) / 9 })
        for _ in 0..<3 {
            network.forward(batch, inputs: inputs, masks: nil, tape: &tape, on: compute)
            _ = CrossEntropy()(
                tape.logits, labels: 3, targets: Array(repeating: 2, count: batch.rowCount),
                gradient: &tape.logitGradient, on: compute)
            var gradient = Matrix<Float>(rows: 1, columns: network.layout.count)
            network.backward(batch, tape: &tape, gradient: &gradient, on: compute)
            _ = optimiser.update(&network, gradient: gradient, rate: 0.01, on: compute)
        }
        var padding = Set(0..<network.layout.count)
        for parameter in network.layout.parameters { parameter.forEachElement { padding.remove($1) } }
        // The head's padding columns never reach a label; every other padding element must stay exactly zero.
        let head = network.layout.head
        padding.subtract(head.weights..<network.layout.count)
        #expect(!padding.isEmpty)
        #expect(padding.allSatisfy { network.weights[0, $0] == 0 })
    }
}
