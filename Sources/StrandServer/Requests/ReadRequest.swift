import NIOHTTP1
import StrandInk

/// What `POST /v1/read` is asked for, beside its body.
struct ReadRequest: Sendable {
    /// How probabilities become text.
    struct Decoding: Hashable {
        let hasLanguageModel: Bool
        let alternatives: Int

        var decoder: InkDecoder {
            let width = InkDecoder.beamWidth(nil, isGuided: hasLanguageModel, alternatives: alternatives)
            var decoder = InkDecoder(beamWidth: width)
            decoder.alternatives = alternatives
            if hasLanguageModel { decoder.languageModel = .shipped }
            return decoder
        }
    }

    let decoding: Decoding
    /// Whether an object, or an array of them, may be the answer.
    let acceptsJSON: Bool
    /// Whether lines may be.
    let acceptsLines: Bool

    init(_ text: Substring?, _ headers: HTTPHeaders) throws(Problem) {
        var query = try Query(text)
        let hasLanguageModel = try query.take("lm", [("true", true), ("false", false)])
        let alternatives = try query.take("n", in: 1...10)
        try query.end()
        try LabelRequest.checkBody(headers)
        let accepted = AcceptedTypes(headers)
        (acceptsJSON, acceptsLines) = (accepted.contains("application/json"), accepted.contains("application/jsonl"))
        if !acceptsJSON && !acceptsLines {
            throw Problem(.notAcceptable, "accept application/json or application/jsonl")
        }
        decoding = Decoding(hasLanguageModel: hasLanguageModel ?? false, alternatives: alternatives ?? 1)
    }
}
