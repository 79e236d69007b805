import ArgumentParser
import Strand
import StrandNetwork

/// Which model is run.
struct ModelOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Model to use instead of the one inside the program.", valueName: "file"))
    var model: String?

    func load() throws(SafetensorsError) -> ProteinModel {
        guard let model else { return .shipped }
        return try ProteinModel(path: model)
    }
}
