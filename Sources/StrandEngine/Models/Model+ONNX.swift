import StrandNetwork

/// An encoder that operators of ONNX compute, or part of it.
package protocol ONNXEncoder: SequenceEncoder, CustomStringConvertible {
    /// Adds the inputs of a model to its graph, and what makes features of them.
    /// - Returns: the name of the features (T, B, I), float32.
    func add(to graph: inout ONNXGraph) -> String
}

extension Model where Task.Encoder: ONNXEncoder {
    /// The model as ONNX: it takes what its encoder adds, and the sequences' lengths (B); it gives probabilities (B, T, K),
    /// with the temperature applied. Weights are in 32 bits, also those that the model's file has in 8.
    /// - Parameter sha256: of the model's file, in hexadecimal.
    /// - Throws: `badMetadata` for a network that ONNX cannot hold.
    package func onnx(sha256: String) throws(SafetensorsError.Problem) -> ONNXModel {
        var graph = ONNXGraph()
        graph.documentation =
            "\(description.task.rawValue) model '\(description.name)' of Strand \(strandVersion): "
            + "\(description.network.summary). Sequences in a batch may differ in length: 'lengths' has their true lengths."
        let features = description.input.add(to: &graph)
        let lengths = graph.input(
            .init(
                "lengths", .int32, [.batch],
                "timesteps of each sequence, 1 to time. What stands after the end of a sequence does not matter to it.")
        )
        let output = try network.add(
            to: &graph, features: features, lengths: lengths, temperature: Float(description.temperature))
        graph.output(
            .init(
                output, .float32, [.batch, .time, .fixed(labels.logitCount)],
                "the probability of each label at each timestep, in the order of 'labels' in the metadata. Rows after the "
                    + "end of a sequence may hold anything."))
        return ONNXModel(
            graph: graph, name: description.task.rawValue, producerVersion: strandVersion,
            metadata: metadata(sha256: sha256))
    }

    /// What a program needs to know to run the file, and its origin.
    private func metadata(sha256: String) -> [(key: String, value: String)] {
        let letters = Array(description.labels).map(String.init)
        // CTC's blank comes before the labels and has no character.
        let blanks = labels.logitCount - letters.count
        return [
            ("name", description.name), ("task", description.task.rawValue),
            ("labels", ModelMetadata.json([String](repeating: "", count: blanks) + letters)),
            ("decoder", description.decoder),
        ] + (blanks > 0 ? [("blank", "0")] : []) + [
            ("encoder", "\(description.input)"), ("input", ModelMetadata.json(description.input)),
            ("temperature", "\(description.temperature)"), ("model_sha256", sha256),
            ("strand_version", strandVersion),
        ]
    }
}
