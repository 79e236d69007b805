import StrandNetwork
import TestSupport
import Testing

/// `strand quantize`.
@Suite struct QuantizeTests {
    let directory = TemporaryDirectory()

    /// A model of weights in 32 bits, trained here, on chains whose labels follow from their residues.
    private func train() throws {
        let chains = (0..<60).map { index -> String in
            let residues = (0..<30).map { "AVGK".dropFirst(($0 * $0 + index) % 4).prefix(1) }.joined()
            let labels = residues.map { $0 == "A" ? "H" : $0 == "V" ? "E" : "C" }.joined()
            return ">c\(index)\n\(residues)\n\(labels)\n"
        }.joined()
        _ = directory.write(Array(chains.utf8), to: "a.ssfa")
        let result = try Command.run(
            "train", "protein", "--train", "a.ssfa", "--validation", "a.ssfa", "--hidden", "24", "--epochs", "4",
            "--batch-rows", "300", "--rate", "0.01", "-o", "m.safetensors", in: directory.path)
        #expect(result.status == 0)
    }

    private func labels(_ model: String, _ precision: String) throws -> String {
        let proteins = TestFiles.path("data/examples/proteins.fasta")
        return try Command.run(
            "label", "--format", "tsv", "--precision", precision, "--model", model, proteins, in: directory.path
        ).text
    }

    @Test func smallerAndTheSame() throws {
        try train()
        let result = try Command.run(
            "quantize", "--model", "m.safetensors", "a.ssfa", "-o", "q.safetensors", in: directory.path)
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(result.errors.contains("strand: Q3 ") && result.errors.contains(" % stay the same\n"))
        #expect(result.errors.contains("strand: wrote q.safetensors: "))
        let (before, after) = (
            try #require(directory.bytes(of: "m.safetensors")), try #require(directory.bytes(of: "q.safetensors"))
        )
        #expect(after.count < before.count / 2)
        #expect(try labels("q.safetensors", "int8") == labels("m.safetensors", "int8"))
        #expect(try labels("q.safetensors", "fp32") != labels("m.safetensors", "fp32"))
        let shown = try Command.run("inspect", "q.safetensors", in: directory.path).text
        #expect(shown.contains("  tensor     lstm.weight_hh_l0 96 x 24, 8 bits\n"))
        #expect(shown.contains("  tensor     lstm.weight_hh_l0.scale 96\n"))
        // Once more changes nothing, over itself too.
        let again = try Command.run(
            "quantize", "--model", "q.safetensors", "a.ssfa", "-o", "q.safetensors", in: directory.path)
        #expect(again.status == 0 && directory.bytes(of: "q.safetensors") == after)
    }

    @Test func aLossIsRefused() throws {
        try train()
        // A giant weight in every row, from a unit that is silent: only in 8 bits it matters, where all others become 0.
        var file = try Safetensors(path: directory("m.safetensors"))
        for index in file.tensors.indices {
            let (name, shape) = (file.tensors[index].name, file.tensors[index].shape)
            var values = file.tensors[index].values
            if name.contains("weight_hh") || name.contains("weight_ih_l1") {
                for offset in stride(from: 0, to: values.count, by: shape[1]) { values[offset] = 1e6 }
            }
            if name.contains("bias_ih") { values[3 * shape[0] / 4] = -1e9 }
            file.tensors[index].values = values
        }
        try file.write(to: directory("bad.safetensors"))
        let result = try Command.run(
            "quantize", "--model", "bad.safetensors", "--most-loss", "0", "a.ssfa", "-o", "q.safetensors",
            in: directory.path)
        #expect(result.status == 1 && directory.bytes(of: "q.safetensors") == nil)
        #expect(result.errors.contains("bad.safetensors: weights of 8 bits make "))
        let text = try Command.run(
            "quantize", "--model", TestFiles.path("data/models/english.safetensors"), "a.ssfa", "-o", "q.safetensors",
            in: directory.path)
        #expect(text.status == 1 && text.errors.contains("not for"))
    }

    @Test func trainingNeedsMoreThanEightBits() throws {
        try train()
        let result = try Command.run(
            "train", "protein", "--train", "a.ssfa", "--validation", "a.ssfa", "--precision", "int8", "-o",
            "n.safetensors", in: directory.path)
        #expect(result.status == 64 && result.errors.hasPrefix("Error: --precision int8 is for inference"))
    }
}
