import Foundation
import Strand
import TestSupport
import Testing

/// Models of proteins as ONNX, read back and run by the equations of its specification, against the labeller.
@Suite struct ProteinsAsONNXTests {
    /// Upper and lower case, letters that are none of the 20, and a chain of one residue.
    private static let chains = ["MKTAYIAKQRQISFVK", "W", "acdefgHIKLMNPQRSTVWYXBZU*"].map { Array($0.utf8) }

    private static var compute: Compute { Compute(threads: 1, path: KernelPath.best(.fp32) ?? .best) }

    /// A small model that sees `beside`, its weights three times as large as new ones.
    private func model(_ beside: FeatureKind, labels: String = "HGIEBTSC") throws -> ProteinModel {
        let (encoder, labels) = (ResidueEncoder.standard.with(beside), try #require(LabelSet(labels)))
        var generator = SeededGenerator(seed: 3)
        let shape = NetworkShape(inputs: encoder.featureCount, hidden: 9, layers: 2, labels: labels.count)
        var file = Safetensors(tensors: RecurrentNetwork<Float>(shape: shape, using: &generator).tensors)
        for index in file.tensors.indices { file.tensors[index].values = file.tensors[index].values.map { 3 * $0 } }
        var model = ProteinModel(
            network: try RecurrentNetwork(file), labels: labels, encoder: encoder, name: "small")
        model.description.temperature = 1.5
        return model
    }

    /// (B, T) bytes, (B, T, D) features, (B) lengths; padding is different from residue to residue, or not a number.
    private func inputs(_ chains: [ChainInput], columns: Int, name: String, _ rows: [[Float]]) -> [String: ONNXFile
        .Tensor]
    {
        let lengths = chains.map(\.sequence.count)
        let steps = lengths.max() ?? 0
        var (residues, features): ([Double], [Double]) = ([], [])
        for (chain, rows) in zip(chains, rows) {
            let padding = steps - chain.sequence.count
            residues += chain.sequence.map(Double.init) + (0..<padding).map { Double($0 * 37 % 256) }
            features += rows.map(Double.init) + Array(repeating: .nan, count: padding * columns)
        }
        var inputs = [
            "residues": ONNXFile.Tensor(shape: [chains.count, steps], values: residues),
            "lengths": ONNXFile.Tensor(shape: [chains.count], values: lengths.map(Double.init)),
        ]
        if columns > 0 {
            inputs[name] = ONNXFile.Tensor(shape: [chains.count, steps, columns], values: features)
        }
        return inputs
    }

    private func expectEqual(
        _ model: ProteinModel, _ chains: [ChainInput], columns: Int = 0, name: String = "", _ rows: [[Float]]
    ) throws -> ONNXFile {
        let file = try ONNXFile(ModelFile.protein(model).onnx(file: "m", sha256: "00"))
        let got = try file.run(inputs(chains, columns: columns, name: name, rows))
        let count = model.labels.count
        #expect(got.shape == [chains.count, chains.map(\.sequence.count).max() ?? 0, count])
        var labelled = 0
        ProteinLabeller(model).label(inputs: chains, on: Self.compute) { index, labels in
            labelled += 1
            for (offset, probability) in labels.probabilities.enumerated() {
                let difference = abs(got.values[index * got.shape[1] * count + offset] - Double(probability))
                #expect(difference < 1e-5, "chain \(index) value \(offset)")
            }
        }
        #expect(labelled == chains.count)
        return file
    }

    @Test(arguments: [ShippedProteinModel.structure, .disorder]) func shipped(_ name: ShippedProteinModel) throws {
        let chains = Self.chains.map { ChainInput($0) }
        let file = try expectEqual(name.model, chains, chains.map { _ in [] })
        #expect(file.inputs.map(\.name) == ["residues", "lengths"] && file.inputs[0].type == 2)
        #expect(file.inputs[0].shape == ["batch", "time"] && file.inputs[1].shape == ["batch"])
        #expect(file.outputs[0].shape == ["batch", "time", "\(name.model.labels.count)"])
    }

    /// Columns as the documentation of the input has them.
    @Test func profiles() throws {
        var random = SplitMix64(seed: 8)
        var (chains, rows): ([ChainInput], [[Float]]) = ([], [])
        for chain in Self.chains {
            var (frequencies, gaps, entropies): ([Float], [Float], [Double]) = ([], [], [])
            for _ in chain {
                let counts = (0..<20).map { _ in Float(Int.random(in: 0..<9, using: &random)) + 0.25 }
                let shares = counts.map { $0 / counts.reduce(0, +) }
                frequencies += shares
                gaps.append(Float.random(in: 0...1, using: &random))
                entropies.append(shares.reduce(0) { $0 - Double($1) * log(Double($1)) })
            }
            let profile = ResidueProfile(frequencies: frequencies, gaps: gaps, depth: nil)
            chains.append(ChainInput(chain, .profile(profile)))
            rows.append(
                chain.indices.flatMap { row in
                    let near = entropies[max(0, row - 10)...min(chain.count - 1, row + 10)]
                    let neff = near.reduce(0, +) / Double(near.count) / log(20)
                    return frequencies[20 * row..<20 * (row + 1)].map { $0.squareRoot() } + [Float(neff), gaps[row]]
                })
        }
        // As the shipped model sees a chain alone, which the labeller hands to another model.
        let model = try model(.profile)
        let file = try expectEqual(model, chains, columns: 22, name: "profile", rows)
        #expect(file.inputs.map(\.name) == ["residues", "profile", "lengths"])
        #expect(file.inputs[1].shape == ["batch", "time", "22"] && file.inputs[1].type == 1)
        _ = try expectEqual(ShippedProteinModel.profile.model, chains, columns: 22, name: "profile", rows)
        let alone = Self.chains.map { chain in
            chain.flatMap { residue in
                ResidueProfile.aminoAcids.map { $0 == residue & 0xDF ? Float(1) : 0 } + [0, 0]
            }
        }
        _ = try expectEqual(model, Self.chains.map { ChainInput($0) }, columns: 22, name: "profile", alone)
    }

    @Test func featuresOfTheUsersOwn() throws {
        let rows = Self.chains.map { chain in (0..<3 * chain.count).map { Float($0 % 11) / 5 - 1 } }
        let chains = zip(Self.chains, rows).map { chain, rows in
            ChainInput(chain, .given(FeatureMatrix(rows, columns: 3)))
        }
        let file = try expectEqual(try model(.given(3), labels: "XYZ"), chains, columns: 3, name: "features", rows)
        #expect(file.inputs[1].shape == ["batch", "time", "3"] && file.outputs[0].shape == ["batch", "time", "3"])
        #expect(file.metadata["labels"] == #"["X","Y","Z"]"# && file.metadata["blank"] == nil)
        #expect(file.metadata["input"] == #"{"alphabet":"ACDEFGHIKLMNPQRSTVWY","beside":"features 3"}"#)
    }

    @Test func metadata() throws {
        let file = try ONNXFile(ModelFile.protein(.shipped).onnx(file: "m", sha256: "abc"))
        #expect(
            file.metadata == [
                "name": ProteinModel.shipped.description.name, "task": "protein", "decoder": "softmax",
                "labels": #"["H","G","I","E","B","T","S","C"]"#, "model_sha256": "abc",
                "encoder": "21 features: ACDEFGHIKLMNPQRSTVWY and unknown", "input": #""ACDEFGHIKLMNPQRSTVWY""#,
                "temperature": "\(ProteinModel.shipped.description.temperature)", "strand_version": strandVersion,
            ])
        #expect(file.producer == ["strand", strandVersion] && file.name == "protein")
        #expect(file.documentation.hasPrefix("protein model '"))
        #expect((file.inputs + file.outputs).allSatisfy { $0.documentation.contains("[batch") })
    }
}
