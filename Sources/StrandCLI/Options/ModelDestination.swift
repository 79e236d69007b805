import ArgumentParser
import Strand

/// Where a trained model goes.
struct ModelDestination: ParsableArguments {
    @Option(name: [.short, .long], help: ArgumentHelp("Where the model goes.", valueName: "file"), completion: .file())
    var output: String

    @Option(help: ArgumentHelp("Name the model has in its file (default: that of the output).", valueName: "text"))
    var name: String?

    /// The given name, or the output's without folder and extension.
    var modelName: String {
        if let name { return name }
        let last = fileName(of: output)
        return last.hasSuffix(".safetensors") ? String(last.dropLast(".safetensors".count)) : last
    }

    /// Writes the model, and reports it.
    func write(_ model: Safetensors) throws(SafetensorsError) {
        try model.write(to: output)
        Terminal.message("wrote \(output)")
    }
}
