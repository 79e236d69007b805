import Foundation
import Strand
import TestSupport
import Testing

/// `strand export`.
@Suite struct ExportTests {
    let directory = TemporaryDirectory()

    private func run(_ arguments: String..., status: Int32 = 0) throws -> Command.Result {
        let result = try Command(["export"] + arguments, in: directory.path).wait()
        #expect(result.status == status, "\(arguments): \(result.errors)")
        return result
    }

    /// A model's file of the given cell, made here.
    private func write(_ cell: RecurrentCell, to name: String) throws {
        var generator = SeededGenerator(seed: 1)
        let shape = NetworkShape(cell: cell, inputs: 21, hidden: 20, layers: 2, labels: 8)
        let network = RecurrentNetwork<Float>(shape: shape, using: &generator)
        try ProteinModel(network: network, name: "small").file.write(to: directory(name))
    }

    private func file(_ name: String) throws -> ONNXFile { try ONNXFile(try #require(directory.bytes(of: name))) }

    /// A shipped model by name is its file.
    @Test(arguments: [
        ("structure", "protein"), ("disorder", "disorder"), ("profile", "protein-profile"), ("ink", "ink"),
    ]) func shippedModels(task: String, file name: String) throws {
        let path = TestFiles.path("data/models/\(name).safetensors")
        let named = try run("--task", task, "-o", "a.onnx")
        #expect(named.output.isEmpty)
        _ = try run(path, "-o", "b.onnx")
        let bytes = try #require(directory.bytes(of: "a.onnx"))
        #expect(directory.bytes(of: "b.onnx") == bytes && directory.names == ["a.onnx", "b.onnx"])
        #expect(named.errors == "strand: wrote a.onnx: \(grouped(bytes.count)) bytes\n")
        #expect(try run(path, "-o", "-").output == Data(bytes))
        #expect(try file("a.onnx").metadata["model_sha256"] == SHA256.hexDigest(ofFile: path))
        _ = try run("--task", task, "-o", "a.safetensors")
        #expect(try directory.bytes(of: "a.safetensors") == Array(Data(contentsOf: URL(filePath: path))))
        // Four bytes a weight where the file has one for most.
        let stored = try Data(contentsOf: URL(filePath: path)).count
        #expect((3.2...4).contains(Double(bytes.count) / Double(stored)))
    }

    @Test(arguments: [RecurrentCell.lstm, .peepholeLSTM, .gru, .rnn]) func cells(_ cell: RecurrentCell) throws {
        try write(cell, to: "m.safetensors")
        _ = try run("m.safetensors", "-o", "m.onnx")
        let types = try file("m.onnx").nodes.map(\.type)
        #expect(types.filter { ["LSTM", "GRU", "RNN"].contains($0) }.count == 2)
        let before = directory.bytes(of: "m.onnx")
        _ = try run("m.safetensors", "-o", "m.onnx")
        #expect(directory.bytes(of: "m.onnx") == before)
    }

    @Test func aFileIsSafetensorsAlready() throws {
        try write(.gru, to: "m.safetensors")
        let result = try run("m.safetensors", "-o", "n.safetensors", status: 64)
        #expect(result.errors.contains("a model's file is safetensors already"))
        #expect(directory.names == ["m.safetensors"])
    }

    /// A limit on the size of files, as batch systems set it, leaves nothing half-written.
    @Test func aLimitOnTheSizeOfFiles() throws {
        let command = "cd \(directory.path) && ulimit -f 100 && \(Command.path) export --task ink -o a.onnx 2> err"
        #expect(!shell("bash -c \"\(command)\""))
        let errors = String(decoding: directory.bytes(of: "err") ?? [], as: UTF8.self)
        #expect(errors == "strand: error: a.onnx: cannot write: File too large\n")
        #expect(directory.names == ["err"])
    }

    /// As the other outputs: compressed by name, a model from a pipe.
    @Test func streams() throws {
        try write(.gru, to: "m.safetensors")
        _ = try run("m.safetensors", "-o", "m.onnx")
        _ = try run("m.safetensors", "-o", "m.onnx.gz")
        var packed = ByteReader(.file(directory("m.onnx.gz")))
        #expect(try packed.readAll(limit: 1 << 20) == directory.bytes(of: "m.onnx"))
        let model = Data(try #require(directory.bytes(of: "m.safetensors")))
        let piped = try Command(["export", "-", "-o", "p.onnx"], input: model, in: directory.path).wait()
        #expect(piped.status == 0 && directory.bytes(of: "p.onnx") == directory.bytes(of: "m.onnx"))
    }

    @Test func whatCannotBeWritten() throws {
        try write(.mgu, to: "mgu.safetensors")
        _ = directory.write(Array("not a model".utf8), to: "x.safetensors")
        let before = directory.names
        let english = TestFiles.path("data/models/english.safetensors")
        for (path, message) in [
            (
                "mgu.safetensors",
                "has metadata 'network' that cannot be used: it is made of MGU units, for which ONNX has no operator"
            ), (english, "is a model for 'text', not for 'protein or ink'"),
            ("none.safetensors", "cannot be read: no such file"),
        ] {
            let result = try run(path, "-o", "m.onnx", status: 1)
            #expect(result.errors == "strand: error: \(path): \(message)\n" && result.output.isEmpty)
        }
        #expect(try run("x.safetensors", "-o", "m.onnx", status: 1).errors.contains("is not a model file"))
        #expect(try run("mgu.safetensors", "-o", "none/m.onnx", status: 1).errors.contains("cannot write"))
        #expect(directory.names == before)
    }

    @Test func anOutputDoesNotReplaceTheModel() throws {
        try write(.lstm, to: "m.safetensors")
        let before = directory.bytes(of: "m.safetensors")
        let result = try run("m.safetensors", "-o", "./m.safetensors", status: 1)
        #expect(
            result.errors
                == "strand: error: ./m.safetensors: the output would replace the input 'm.safetensors'; name another file\n"
        )
        #expect(directory.bytes(of: "m.safetensors") == before)
    }

    @Test func oneModel() throws {
        let message =
            "Error: give a model's file, or --task for one inside the program: one of them\nUsage: strand export "
        #expect(try run("-o", "m.onnx", status: 64).errors.hasPrefix(message))
        #expect(try run("--task", "ink", "m.safetensors", "-o", "m.onnx", status: 64).errors.hasPrefix(message))
        #expect(directory.names.isEmpty)
    }
}
