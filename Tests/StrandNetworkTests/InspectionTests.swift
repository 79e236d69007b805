import Testing

@testable import StrandNetwork

/// What is seen of a network from outside, against plain loops.
@Suite struct InspectionTests {
    private let inputs = 3
    private let compute = Compute(threads: 1)

    private func network(_ cell: RecurrentCell) -> RecurrentNetwork<Double> {
        var generator = SeededGenerator(seed: 11)
        let shape = NetworkShape(
            cell: cell, isBidirectional: true, inputs: inputs, hidden: 16, layers: 1, labels: 2)
        return RecurrentNetwork(shape: shape, using: &generator)
    }

    /// A direction as its plain twin, read off the flat buffer.
    private func twin(_ network: RecurrentNetwork<Double>, direction: Int) -> PlainTwin.Recurrent {
        var generator = SeededGenerator(seed: 1)
        var twin = PlainTwin.Recurrent(network.shape.cell, inputs: inputs, hidden: 16, using: &generator)
        twin.recurrentBias = twin.recurrentBias.map { _ in 0 }
        for parameter in network.layout.parameters where parameter.name.hasSuffix("_reverse") == (direction == 1) {
            func values(_ count: Int) -> [Double] {
                var values = [Double](repeating: 0, count: count)
                parameter.forEachElement { values[$0] = network.weights[0, $1] }
                return values
            }
            switch parameter.role {
            case .inputWeight: twin.inputWeights = values(twin.inputWeights.count)
            case .recurrentWeight: twin.recurrentWeights = values(twin.recurrentWeights.count)
            case .inputBias: twin.bias = values(twin.bias.count)
            case .recurrentBias: twin.recurrentBias = values(twin.bias.count)
            case .peepholes: twin.peepholes = values(twin.peepholes.count)
            case .headWeight, .headBias: break
            }
        }
        return twin
    }

    /// Where the twin keeps a gate.
    private static let keptIndices: [RecurrentGate: Int] = [.input: 0, .forget: 1, .output: 3, .reset: 1, .update: 2]

    @Test(arguments: RecurrentCell.allCases, RecurrentGate.allCases)
    func gates(of cell: RecurrentCell, _ gate: RecurrentGate) throws {
        let network = network(cell)
        var generator = SeededGenerator(seed: 5)
        let x = (0..<7).map { _ in (0..<inputs).map { _ in generator.uniform(within: 1) } }
        let activations = network.activations(
            of: gate, inputs: Matrix(rows: 7, columns: inputs, elements: Array(x.joined())), on: compute)
        guard gate.exists(in: cell) else {
            #expect(activations.isEmpty)
            return
        }
        #expect(activations.map(\.isReverse) == [false, true] && activations.map(\.layer) == [1, 1])
        let index = try #require(Self.keptIndices[gate])
        for (direction, found) in activations.enumerated() {
            let steps = twin(network, direction: direction).forward(direction == 0 ? x : x.reversed())
            let inOrder = direction == 0 ? steps : steps.reversed()
            for (row, step) in inOrder.enumerated() {
                for unit in 0..<16 { #expect(abs(found.values[row, unit] - step.kept[index][unit]) < 1e-12) }
            }
        }
    }

    /// dL/dh_t against central differences: what the last output says of a change of h_t is what the change of the state
    /// before says, so a copy of the network goes on from a changed h_t.
    @Test(arguments: [RecurrentCell.lstm, .gru, .mgu, .rnn]) func outputGradients(of cell: RecurrentCell) throws {
        var generator = SeededGenerator(seed: 5)
        let shape = NetworkShape(
            cell: cell, isBidirectional: false, inputs: inputs, hidden: 16, layers: 1, labels: 1)
        let network = RecurrentNetwork<Double>(shape: shape, using: &generator)
        let batch = RaggedBatch(lengths: [6])
        let elements = (0..<6 * inputs).map { _ in generator.uniform(within: 1) }
        let norms = network.outputGradientNorms(
            batch, inputs: Matrix(rows: 6, columns: inputs, elements: elements), on: compute
        ) { logits in
            var gradient = Matrix<Double>(rows: logits.rows, columns: logits.columns)
            gradient[5, 0] = 1
            return gradient
        }
        #expect(norms.count == 6)
        // The last step reaches the loss through the head alone.
        let head = try #require(network.layout.parameters.first { $0.name == "linear.weight" })
        var squares = 0.0
        head.forEachElement { _, position in squares += network.weights[0, position] * network.weights[0, position] }
        #expect(abs(norms[5] - squares.squareRoot()) < 1e-12)

        let direction = twin(network, direction: 0)
        var dy = [[Double]](repeating: [Double](repeating: 0, count: 16), count: 6)
        head.forEachElement { index, position in dy[5][index] = network.weights[0, position] }
        let x = (0..<6).map { Array(elements[$0 * inputs..<($0 + 1) * inputs]) }
        let expected = direction.backward(direction.forward(x), dy).h
        for step in 0..<6 {
            let norm = expected[step].reduce(0) { $0 + $1 * $1 }.squareRoot()
            #expect(abs(norms[step] - norm) < 1e-12)
        }
    }

    /// Gates that begin open: the biases alone differ, and they lie where the longest lag says.
    @Test(arguments: RecurrentCell.allCases) func gatesBeginOpen(_ cell: RecurrentCell) throws {
        func network(longestLag: Int?) -> RecurrentNetwork<Float> {
            var generator = SeededGenerator(seed: 2)
            let shape = NetworkShape(cell: cell, inputs: 2, hidden: 40, layers: 2, labels: 2)
            return RecurrentNetwork(shape: shape, longestLag: longestLag, using: &generator)
        }
        let (usual, open) = (network(longestLag: nil).tensors, network(longestLag: 100).tensors)
        for (before, after) in zip(usual, open) {
            guard before.name.contains(".bias_ih"), cell != .rnn else {
                #expect(before == after)
                continue
            }
            let gates = (0..<cell.gates).map { Array(after.values[$0 * 40..<($0 + 1) * 40]) }
            let keeps = cell == .mgu ? 0 : 1
            // log of 1 ... 99
            #expect(gates[keeps].allSatisfy { (0...4.5952).contains($0) } && Set(gates[keeps]).count > 30)
            #expect(gates[keeps].contains { $0 > 4 })
            for gate in 0..<cell.gates where gate != keeps {
                let isInput = (cell == .lstm || cell == .peepholeLSTM) && gate == 0
                #expect(gates[gate] == (isInput ? gates[keeps].map { -$0 } : Array(repeating: 0, count: 40)))
            }
        }
    }

    @Test func squaredErrorAgainstDifferences() {
        var generator = SeededGenerator(seed: 4)
        var outputs = Matrix<Double>(
            rows: 5, columns: 16, elements: (0..<80).map { _ in generator.uniform(within: 1) })
        let targets = [1: 0.3, 4: -0.7]
        var gradient = Matrix<Double>(rows: 1, columns: 1)
        let (mean, count) = SquaredError()(outputs, targets: targets, gradient: &gradient)
        let expected = targets.reduce(0) {
            $0 + 0.5 * (outputs[$1.key, 0] - $1.value) * (outputs[$1.key, 0] - $1.value)
        }
        #expect(count == 2 && abs(mean - expected / 2) < 1e-15)
        let analytic = gradient
        for row in 0..<5 {
            for column in 0..<16 {
                let original = outputs[row, column]
                func value(_ change: Double) -> Double {
                    outputs[row, column] = original + change
                    return SquaredError()(outputs, targets: targets, gradient: &gradient).mean
                }
                let difference = (value(1e-5) - value(-1e-5)) / 2e-5
                outputs[row, column] = original
                #expect(abs(difference - analytic[row, column]) < 1e-9)
            }
        }
    }

    @Test func squaredErrorOfSeveralColumnsAgainstDifferences() {
        var generator = SeededGenerator(seed: 5)
        func random(_ rows: Int, _ columns: Int) -> Matrix<Double> {
            Matrix(
                rows: rows, columns: columns,
                elements: (0..<rows * columns).map { _ in generator.uniform(within: 1) })
        }
        var outputs = random(3, 16)
        let targets = random(3, 4)
        let counting = [true, false, true]
        var gradient = Matrix<Double>(rows: 3, columns: 16)
        gradient.fill(with: 7)
        func loss(_ gradient: inout Matrix<Double>) -> Double {
            SquaredError().add(outputs, from: 8, targets: targets, counting: counting, scale: 0.6, to: &gradient)
        }
        let value = loss(&gradient)
        var expected = 0.0
        for row in [0, 2] {
            for column in 0..<4 {
                let difference = outputs[row, 8 + column] - targets[row, column]
                expected += 0.6 / 4 * 0.5 * difference * difference
            }
        }
        #expect(abs(value - expected) < 1e-15)
        var scratch = gradient
        for row in 0..<3 {
            for column in 0..<16 {
                guard counting[row], (8..<12).contains(column) else {
                    #expect(gradient[row, column] == 7, "another loss's")
                    continue
                }
                let original = outputs[row, column]
                outputs[row, column] = original + 1e-5
                let above = loss(&scratch)
                outputs[row, column] = original - 1e-5
                #expect(abs((above - loss(&scratch)) / 2e-5 - gradient[row, column]) < 1e-9)
                outputs[row, column] = original
            }
        }
    }

    @Test func moreOrFewerLabels() {
        var generator = SeededGenerator(seed: 6)
        let shape = NetworkShape(inputs: 3, hidden: 5, layers: 2, labels: 9)
        let network = RecurrentNetwork<Double>(shape: shape, using: &generator)
        let batch = RaggedBatch(lengths: [4, 2])
        let inputs = Matrix<Double>(
            rows: 6, columns: 3, elements: (0..<18).map { _ in generator.uniform(within: 1) })
        let compute = Compute(threads: 1)
        let logits = network.logits(batch, inputs: inputs, on: compute)
        for count in [1, 8, 9, 17, 40] {
            let other = network.withLabels(count)
            #expect(other.shape.labels == count && other.shape.hidden == 5)
            let found = other.logits(batch, inputs: inputs, on: compute)
            for row in 0..<6 {
                for label in 0..<min(count, 9) { #expect(found[row, label] == logits[row, label]) }
            }
            if count > 9 { #expect(found[0, 9] != 0) }
        }
    }
}
