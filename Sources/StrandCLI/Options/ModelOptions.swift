import ArgumentParser
import Strand

/// Which model to run.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Model to use instead of the one inside the program.", valueName: "file"),
        completion: .file())
    var model: String?
}

extension ProteinModel {
    /// The model of that file, or the shipped one.
    static func load(_ path: String?) throws(SafetensorsError) -> ProteinModel {
        guard let path else { return .shipped }
        return try ProteinModel(path: path)
    }
}

extension InkModel {
    /// The model of that file, or the shipped one.
    static func load(_ path: String?) throws(SafetensorsError) -> InkModel {
        guard let path else { return .shipped }
        return try InkModel(path: path)
    }
}
