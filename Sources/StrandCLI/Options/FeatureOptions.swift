import ArgumentParser
import Strand

/// What is known of chains beside their residues.
struct FeatureOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Profiles of the chains, by id: alignments, HMMs, tables of scores, or safetensors; may be given several times.",
            valueName: "file"), completion: .file())
    var profiles: [String] = []

    @Option(
        help: ArgumentHelp(
            "Features of the chains, by id: safetensors or .npz with an array (residues, columns) for each, such as embeddings; may be given several times.",
            valueName: "file"), completion: .file())
    var features: [String] = []

    var paths: [String] { profiles + features }

    /// The options that are given.
    var given: GivenOptions { ["--profiles": !profiles.isEmpty, "--features": !features.isEmpty] }

    func validate() throws {
        if !profiles.isEmpty && !features.isEmpty {
            throw ValidationError("'--profiles' and '--features' exclude each other: give one of them")
        }
    }

    /// What was given; nil: nothing.
    func load() throws -> ChainFeatureSet? {
        if !profiles.isEmpty { return .profiles(try ProfileSet(paths: profiles)) }
        return features.isEmpty ? nil : .given(try FeatureSet(paths: features))
    }

    /// What was given, for a model that sees it.
    /// - Throws: `ValidationError` for a model that sees something else.
    func load(for model: ProteinModel) throws -> ChainFeatureSet? {
        let (beside, name) = (model.description.input.beside, model.description.name)
        guard let set = try load() else {
            if case .given(let columns) = beside {
                throw ValidationError("the model \(name) needs '--features' of \(columns) columns")
            }
            return nil
        }
        if set.kind == beside { return set }
        let given =
            switch set {
            case .profiles: "'--profiles'"
            case .given(let set): "'--features' of \(set.columns) columns"
            }
        throw mismatch(given, model)
    }

    private func mismatch(_ given: String, _ model: ProteinModel) -> ValidationError {
        ValidationError("\(given): the model \(model.description.name) sees \(model.description.input.beside.text)")
    }

    /// - Throws: `ValidationError` for a model that sees no profiles.
    func checkProfiles(of model: ProteinModel, for option: String) throws {
        if model.description.input.beside != .profile { throw mismatch("'\(option)'", model) }
    }
}
