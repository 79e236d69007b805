extension RecurrentNetwork {
    /// The results of a forward pass that its backward pass needs, and the memory of both. Reused from batch to batch.
    struct Tape: Sendable {
        fileprivate(set) var layers: [RecurrentLayer.Tape<Scalar>]
        /// Input of each layer and of the head (N, columns): after dropout.
        fileprivate var inputs: [Matrix<Scalar>]
        /// Output of each layer (N, directions x H): before dropout.
        fileprivate var outputs: [Matrix<Scalar>]
        /// Dropout factors after each layer (B, directions x H); nil: no dropout.
        fileprivate var masks: [Matrix<Scalar>]?
        fileprivate var transposed = Matrix<Scalar>()
        fileprivate var inputGradient = Matrix<Scalar>()
        /// After the backward pass dL/dh of the first layer (N, directions x H).
        fileprivate(set) var outputGradient = Matrix<Scalar>()
        /// (N, K padded)
        var logits = Matrix<Scalar>()
        /// (N, K padded): set it before the backward pass.
        var logitGradient = Matrix<Scalar>()

        /// (N, directions x H) of the last recurrent layer, before dropout.
        var topOutput: Matrix<Scalar> { outputs[outputs.count - 1] }

        init(_ shape: NetworkShape) {
            layers = .init(repeating: .init(), count: shape.layers)
            inputs = .init(repeating: .init(), count: shape.layers + 1)
            outputs = .init(repeating: .init(), count: shape.layers)
        }
    }

    /// Dropout factors for a batch: one mask a sequence, the same at every timestep (Gal & Ghahramani 2016), after
    /// every layer. A unit is dropped with `probability`; the others are scaled up, which keeps the mean.
    func dropoutMasks(
        _ probability: Double, for batch: RaggedBatch, using generator: inout SeededGenerator
    ) -> [Matrix<Scalar>]? {
        guard probability > 0 else { return nil }
        let kept = Scalar(1 / (1 - probability))
        return layout.layers.map { layer in
            let count = batch.sequences * layer.outputs
            let factors = (0..<count).map { _ in generator.uniform() < probability ? 0 : kept }
            return Matrix(rows: batch.sequences, columns: layer.outputs, elements: factors)
        }
    }

    /// Computes `tape.logits`; the tape keeps what `backward` needs.
    func forward(
        _ batch: RaggedBatch, inputs: Matrix<Scalar>, masks: [Matrix<Scalar>]?, tape: inout Tape, on compute: Compute
    ) {
        precondition(inputs.rows == batch.rowCount && inputs.columns == shape.inputs, "inputs do not fit the batch")
        precondition(compute.path.canTrain, "the \(compute.path.rawValue) kernels are for inference")
        let (layout, weights) = compute.prepared(layout, weights)
        // Nothing shares memory with the outputs, so they are written without a copy.
        for index in tape.inputs.indices where tape.masks == nil { tape.inputs[index] = Matrix() }
        tape.inputs[0] = inputs
        tape.masks = masks
        for (index, layer) in layout.layers.enumerated() {
            compute.recurrentForward(
                layer, weights: weights, batch: batch, input: tape.inputs[index], output: &tape.outputs[index],
                tape: &tape.layers[index])
            if let masks {
                compute.maskRows(
                    batch, mask: masks[index], input: tape.outputs[index], output: &tape.inputs[index + 1])
            } else {
                tape.inputs[index + 1] = tape.outputs[index]
            }
        }
        compute.linearForward(
            layout.head, weights: weights, input: tape.inputs[shape.layers], output: &tape.logits)
    }

    /// Adds the gradient of all weights, from `tape.logitGradient`, to `gradient` (1, count).
    func backward(
        _ batch: RaggedBatch, tape: inout Tape, gradient: inout Matrix<Scalar>, on compute: Compute
    ) {
        compute.transposeWeights(layout, weights: weights, into: &tape.transposed)
        compute.linearBackward(
            layout.head, transposed: tape.transposed, input: tape.inputs[shape.layers],
            outputGradient: tape.logitGradient, weightGradient: &gradient, inputGradient: &tape.outputGradient)
        for (index, layer) in layout.layers.enumerated().reversed() {
            if let masks = tape.masks {
                compute.maskRows(batch, mask: masks[index], inPlace: &tape.outputGradient)
            }
            compute.recurrentBackward(
                layer, weights: weights, transposed: tape.transposed, batch: batch, input: tape.inputs[index],
                output: tape.outputs[index], tape: &tape.layers[index], outputGradient: &tape.outputGradient,
                weightGradient: &gradient)
            guard index > 0 else { return }
            compute.recurrentInputGradient(
                layer, transposed: tape.transposed, batch: batch, tape: tape.layers[index], into: &tape.inputGradient)
            swap(&tape.inputGradient, &tape.outputGradient)
        }
    }
}
