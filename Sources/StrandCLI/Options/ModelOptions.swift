import ArgumentParser
import Strand

/// Which model to run.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Model to use instead of the one inside the program.", valueName: "file"),
        completion: .file())
    var model: String?
}

/// Which model of proteins to run.
struct ProteinModelOptions: ParsableArguments {
    @OptionGroup var options: ModelOptions

    @Option(
        help: ArgumentHelp(
            "Which model inside the program: structure (of profiles where there are some: profile), or disorder (D: no coordinates in a crystal, O: ordered).",
            valueName: "name"))
    var task: ShippedProteinModel?

    func validate() throws {
        if task != nil && options.model != nil { throw ValidationError("--task and --model: give one of them") }
    }

    /// The model; of the shipped ones by default that of profiles where there are some.
    func load(profiles: Bool) throws(SafetensorsError) -> LoadedProteinModel {
        if let path = options.model { return try LoadedProteinModel(path: path) }
        let task = task ?? .structure
        return LoadedProteinModel(task == .structure && profiles ? .profile : task)
    }
}

extension ShippedProteinModel: ExpressibleByArgument {}

extension Model {
    /// The model of that file, or the shipped one.
    static func load(_ path: String?, or shipped: @autoclosure () -> Model) throws(SafetensorsError) -> Model {
        guard let path else { return shipped() }
        return try Model(path: path)
    }
}
