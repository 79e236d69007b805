import ArgumentParser
import Strand

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a model as ONNX, for other programs to run, or a shipped one as safetensors.",
        discussion: """
            The file takes a batch of sequences and gives probabilities, float32 (batch, time, labels), as 'label' and \
            'read' have them with '--precision fp32'; the temperature is applied. Sequences may differ in length: the \
            input 'lengths', int32 (batch), has theirs. What stands after the end of a sequence does not matter to it, \
            and probabilities there may be anything. All operators are ONNX's own (version 17), which ONNX Runtime runs \
            from 1.15 on. Labels, encoder, decoder and origin are in the metadata, shapes in the descriptions of \
            inputs and output.

            FURTHER INPUTS:
              residues   of proteins, uint8 (batch, time): ASCII letters of either case
              profile    beside them for models of profiles, float32 (batch, time, 22)
              features   beside them for models of features, float32 (batch, time, D);
                         alone for ink: the frames that the library's InkEncoder makes

            Weights are written in 32 bits: a model stored in 8 bits, as those inside the program are, becomes up to \
            four times as large. ONNX has no MGU, and a language model is not a network: neither can be written.

            A model inside the program is written as it is, safetensors, if the name of the output ends in \
            '.safetensors': for 'train --from', and for programs that read the tensors.

            EXAMPLES:
              strand export mine.safetensors -o mine.onnx
              strand export --task disorder -o disorder.onnx
              strand export --task ink -o ink.onnx
              strand export --task profile -o profile.safetensors
            """)

    @Option(help: ArgumentHelp("A model inside the program, instead of a file.", valueName: "name"))
    var task: ShippedNetwork?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Where the file goes; '-' is standard output, as ONNX.", valueName: "file"),
        completion: .file())
    var output: String

    @Argument(
        help: ArgumentHelp("The model, of proteins or ink; '-' is standard input.", valueName: "file"),
        completion: .file())
    var model: String?

    func run() throws {
        try RunFiles.check(reading: [model].compactMap { $0 }, writing: [(output, "output")])
        let bytes =
            switch (model, task) {
            case (_?, nil) where isStored:
                throw ValidationError(
                    "a model's file is safetensors already: copy it, or give -o a name ending in .onnx")
            case (let path?, nil): try Self.onnx(path)
            case (nil, let task?) where isStored: task.bytes
            case (nil, let task?): try task.model.onnx(file: "shipped model", sha256: task.sha256)
            default: throw ValidationError("give a model's file, or --task for one inside the program: one of them")
            }
        let destination = ByteDestination(argument: output)
        try ByteWriter.write(bytes, to: destination)
        Terminal.message("wrote \(destination.name): \(grouped(bytes.count)) bytes")
    }

    /// Whether the model is written as it is stored.
    private var isStored: Bool { output.hasSuffix(".safetensors") || output.hasSuffix(".safetensors.gz") }

    private static func onnx(_ path: String) throws -> [UInt8] {
        let (model, sha256) = try ModelFile.hashed(path: path)
        return try model.onnx(file: path, sha256: sha256)
    }
}

extension ShippedNetwork: ExpressibleByArgument {}
