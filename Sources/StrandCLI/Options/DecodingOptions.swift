import ArgumentParser
import FoundationEssentials
import Strand

/// How probabilities become text.
struct DecodingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Texts kept while searching; 1: the most probable path (default: 1, with a language model or a lexicon \(InkDecoder.usualBeam)).",
            valueName: "n"))
    var beam: Int?

    @Flag(help: "Search with the language model inside the program: English.")
    var lm = false

    @Option(
        help: ArgumentHelp("Search with this language model, from 'strand train text'.", valueName: "file"),
        completion: .file())
    var lmModel: String?

    @Option(
        help: ArgumentHelp(
            "Weight of the language model. (default: \(InkDecoder.bestPath.languageWeight))", valueName: "x"))
    var lmWeight: Double?

    @Option(
        help: ArgumentHelp(
            "Added for each character beside a language model, in nats. (default: \(InkDecoder.bestPath.characterBonus))",
            valueName: "x"))
    var lmBonus: Double?

    @Option(
        help: ArgumentHelp(
            "Words a text must consist of, a word a line; other characters are free.", valueName: "file"),
        completion: .file()
    )
    var lexicon: String?

    @Option(
        help: ArgumentHelp("The only characters a text may have, such as 0123456789.", valueName: "characters"))
    var only: String?

    func validate() throws {
        if only?.isEmpty == true { throw ValidationError("--only: give at least one character") }
        if let beam, !(1...10_000).contains(beam) { throw ValidationError("--beam \(beam): give 1 to 10000") }
        if beam == 1 && isGuided {
            throw ValidationError("--beam 1: a language model and a lexicon need 2 or more")
        }
        if lm && lmModel != nil { throw ValidationError("--lm and --lm-model: give one of them") }
        if let lmWeight, !(lmWeight >= 0 && lmWeight.isFinite) {
            throw ValidationError("--lm-weight \(lmWeight): give 0 or more")
        }
        if let lmBonus, !lmBonus.isFinite { throw ValidationError("--lm-bonus \(lmBonus): give a number") }
        if !lm && lmModel == nil {
            try refuse(
                ["--lm-weight": lmWeight != nil, "--lm-bonus": lmBonus != nil],
                because: "there is no language model: give '--lm' or '--lm-model'")
        }
    }

    /// The options that are given.
    var given: GivenOptions {
        [
            "--beam": beam != nil, "--lm": lm, "--lm-model": lmModel != nil, "--lm-weight": lmWeight != nil,
            "--lm-bonus": lmBonus != nil, "--lexicon": lexicon != nil, "--only": only != nil,
        ]
    }

    private var weight: Double { lmWeight ?? InkDecoder.bestPath.languageWeight }
    private var bonus: Double { lmBonus ?? InkDecoder.bestPath.characterBonus }

    /// Whether anything besides the network affects the text.
    private var isGuided: Bool { lm || lmModel != nil || lexicon != nil }

    /// Texts kept while searching, for this many alternatives.
    private func width(alternatives: Int) -> Int {
        InkDecoder.beamWidth(beam, isGuided: isGuided, alternatives: alternatives)
    }

    /// In a few words, for reports.
    var summary: String {
        let width = width(alternatives: 1)
        let restriction = only.map { ", only \($0)" } ?? ""
        if width == 1 { return "most probable path" + restriction }
        let model = lm ? ["language model"] : lmModel.map { ["language model \($0)"] } ?? []
        return (["beam \(width)"] + model + (lexicon.map { ["lexicon \($0)"] } ?? [])).joined(separator: ", ")
            + restriction
    }

    /// Everything that the texts depend on, including named files.
    var identity: String {
        let files = [lmModel, lexicon].compactMap { $0.map(FileState.description(of:)) }
        return ([summary, "weight \(weight)", "bonus \(bonus)"] + files).joined(separator: ", ")
    }

    /// - Parameter alphabet: the characters that the model reads.
    func decoder(alternatives: Int = 1, for alphabet: InkAlphabet) throws -> InkDecoder {
        let foreign = (only ?? "").filter { alphabet.label(of: $0) == nil }
        if !foreign.isEmpty { throw ValidationError("--only: the model cannot read '\(foreign)': leave that out") }
        var decoder = InkDecoder(beamWidth: width(alternatives: alternatives))
        decoder.alternatives = alternatives
        decoder.characters = only.map { Set($0) }
        decoder.languageWeight = weight
        decoder.characterBonus = bonus
        if let lmModel { decoder.languageModel = try CharacterModel(path: lmModel) }
        if lm { decoder.languageModel = .shipped }
        if let lexicon {
            let words = try DetectedFile(lexicon).textBytes("a list of words")
            decoder.lexicon = try Lexicon(path: lexicon, words, alphabet: alphabet)
        }
        return decoder
    }
}
