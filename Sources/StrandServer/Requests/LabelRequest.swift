import NIOHTTP1
import StrandProteins

/// What `POST /v1/label` is asked for, beside its body.
struct LabelRequest: Sendable {
    enum Shape {
        /// The bytes of a format, as `strand label` writes them.
        case file
        /// The objects of `jsonl` as one array.
        case array
    }

    /// Which model; nil until the body is known: that of profiles for alignments, else of sequences.
    var task: ShippedProteinModel?
    let states: StateCount
    let format: PredictionFormat
    let shape: Shape
    let isJSON: Bool
    let type: String

    init(_ text: Substring?, _ headers: HTTPHeaders, _ models: ServerModels) throws(Problem) {
        var query = try Query(text)
        task = try query.take("task", ShippedProteinModel.allCases.map { ($0.rawValue, $0) })
        let states = try query.take("states", [("3", StateCount.three), ("8", .eight)])
        let named = try query.take("format", PredictionFormat.allCases.map { ($0.rawValue, $0) })
        try query.end()
        try Self.checkBody(headers)
        isJSON = headers.mediaType == "application/json"
        if let named {
            (format, shape, type) = (named, .file, Self.type(of: named))
        } else {
            let lines = (type: "application/jsonl", value: (PredictionFormat.jsonl, Shape.file, "application/jsonl"))
            let array = (type: "application/json", value: (PredictionFormat.jsonl, Shape.array, "application/json"))
            let offers =
                (isJSON ? [array, lines] : [lines, array]) + [
                    ("application/x-ndjson", (.jsonl, .file, "application/x-ndjson")),
                    ("text/tab-separated-values", (.tsv, .file, Self.type(of: .tsv))),
                    ("text/x-fasta", (.fasta, .file, Self.type(of: .fasta))),
                ]
            guard let best = AcceptedTypes(headers).best(of: offers) else {
                let types = offers.map(\.type).joined(separator: ", ")
                throw Problem(.notAcceptable, "accept one of \(types), or name a format: '?format=gff3'")
            }
            (format, shape, type) = best
        }
        self.states = states ?? .three
        if !format.stateCounts.contains(self.states) {
            throw Problem(
                .badRequest, "format=\(format.rawValue) shows 3 states: leave out states=8, or take another format")
        }
        if let task { try Self.check(models.model(task).labeller.labels, states, format) }
    }

    /// - Throws: if the labels of a model cannot be shown so.
    static func check(_ labels: LabelSet, _ states: StateCount?, _ format: PredictionFormat) throws(Problem) {
        if labels.isDSSP { return }
        if states != nil {
            throw Problem(.badRequest, "states: the model labels with \(labels.text), leave the parameter out")
        }
        if !format.showsAnyLabels {
            throw Problem(
                .badRequest, "format=\(format.rawValue) shows DSSP's states, and the model labels with \(labels.text)")
        }
    }

    /// - Throws: if a body is sent in a way that nothing here reads.
    static func checkBody(_ headers: HTTPHeaders) throws(Problem) {
        if headers.mediaType == "multipart/form-data" {
            throw Problem(.unsupportedMediaType, "the body is a form: send the file itself, 'curl --data-binary @FILE'")
        }
        let codings = headers[canonicalForm: "content-encoding"].map { $0.lowercased() }.filter { $0 != "identity" }
        if !codings.isEmpty && codings != ["gzip"] {
            throw Problem(
                .unsupportedMediaType, "Content-Encoding: \(codings.joined(separator: ", ")): send gzip, or plain bytes"
            )
        }
    }

    private static func type(of format: PredictionFormat) -> String {
        switch format {
        case .tsv, .summary: "text/tab-separated-values; charset=utf-8"
        case .fasta: "text/x-fasta; charset=utf-8"
        case .jsonl: "application/jsonl"
        case .netsurfp: "text/csv; charset=utf-8"
        default: "text/plain; charset=utf-8"
        }
    }
}
