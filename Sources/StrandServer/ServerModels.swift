import StrandBytes
import StrandEngine
import StrandInk
import StrandNetwork
import StrandProteins

/// The models that a server runs.
public struct ServerModels: Sendable {
    /// Models of proteins, by what they do.
    private let proteins: [ShippedProteinModel: LoadedProteinModel]
    private let makers: [ShippedProteinModel: PredictionMaker]
    let makerOfTexts: PredictionMaker
    let reader: InkReader
    let compute: Compute

    /// - Parameters:
    ///   - structure: labels sequences; nil: the shipped model.
    ///   - profile: labels chains of alignments; nil: the shipped model.
    ///   - ink: reads ink, with the SHA-256 of its file; nil: the shipped model.
    ///   - compute: where to run.
    public init(
        structure: LoadedProteinModel? = nil, profile: LoadedProteinModel? = nil,
        ink: (model: InkModel, sha256: String)? = nil, compute: Compute
    ) {
        let proteins: [ShippedProteinModel: LoadedProteinModel] = [
            .structure: structure ?? LoadedProteinModel(.structure), .profile: profile ?? LoadedProteinModel(.profile),
            .disorder: LoadedProteinModel(.disorder),
        ]
        self.proteins = proteins
        makers = proteins.mapValues { PredictionMaker(model: $0.model.description.name, sha256: $0.sha256) }
        let ink = ink ?? (.shipped, InkModel.shippedSHA256)
        makerOfTexts = PredictionMaker(model: ink.model.description.name, sha256: ink.sha256)
        reader = InkReader(ink.model)
        self.compute = compute
    }

    func model(_ task: ShippedProteinModel) -> LoadedProteinModel { proteins[task]! }

    func maker(_ task: ShippedProteinModel) -> PredictionMaker { makers[task]! }

    /// Runs each network once, so that the first request does not wait for weights to be laid out.
    func warmUp() {
        let chain = Array("MKTAYIAKQRQISFVKSHFSRQ".utf8)
        for task in [ShippedProteinModel.structure, .disorder] { _ = model(task).labeller.label([chain], on: compute) }
        _ = reader.read([[[InkPoint(x: 0, y: 0), InkPoint(x: 0, y: 9)]]], on: compute)
    }

    /// All models as a JSON document.
    var description: [UInt8] {
        var document = Array("{\"version\":".utf8)
        document.append(jsonString: strandVersion)
        document += ",\"models\":".utf8
        let rows = ShippedProteinModel.allCases.map { task in
            let (model, maker) = (model(task), maker(task))
            return [
                ("task", task.rawValue), ("name", maker.model), ("sha256", maker.sha256),
                ("labels", model.labeller.labels.text),
                ("input", task == .profile ? "residues and profiles" : "residues"),
            ]
        }
        let reader = [
            ("task", "ink"), ("name", makerOfTexts.model), ("sha256", makerOfTexts.sha256),
            ("labels", String(reader.alphabet.characters)), ("input", "strokes"),
        ]
        document.append(jsonArray: rows + [reader]) { document, row in
            document += "{".utf8
            for (name, value) in row {
                document.append(jsonString: name)
                document += ":".utf8
                document.append(jsonString: value)
                document += ",".utf8
            }
            document += "\"precision\":".utf8
            document.append(jsonString: compute.path.arithmetic)
            document += "}".utf8
        }
        return document + "}\n".utf8
    }
}
