import NIOHTTP1
import StrandInk

/// What `POST /v1/read` is asked for, beside its body.
struct ReadRequest: Sendable {
    /// How probabilities become text.
    struct Decoding: Hashable {
        let hasLanguageModel: Bool
        let alternatives: Int

        var decoder: InkDecoder {
            let isSearched = hasLanguageModel || alternatives > 1
            var decoder = InkDecoder(beamWidth: max(isSearched ? 16 : 1, alternatives))
            decoder.alternatives = alternatives
            if hasLanguageModel { decoder.languageModel = .shipped }
            return decoder
        }
    }

    let decoding: Decoding

    init(_ text: Substring?, _ headers: HTTPHeaders) throws(Problem) {
        var query = try Query(text)
        let hasLanguageModel = try query.take("lm", [("true", true), ("false", false)])
        let alternatives = try query.take("n", in: 1...50)
        try query.end()
        try LabelRequest.checkBody(headers)
        let offers = [("application/json", true), ("application/jsonl", true)].map { (type: $0.0, value: $0.1) }
        guard AcceptedTypes(headers).best(of: offers) != nil else {
            throw Problem(.notAcceptable, "accept application/json or application/jsonl")
        }
        decoding = Decoding(hasLanguageModel: hasLanguageModel ?? false, alternatives: alternatives ?? 1)
    }
}
