import Strand

/// Evaluation of a reader of handwriting on files of ink.
struct InkEvaluationRun {
    private let reader: InkReader
    private let alphabet: InkAlphabet
    /// The model and how its probabilities become text.
    let name: String
    private let compute: Compute
    private(set) var reports: [TextReport] = []
    /// The samples of each file that were read worst.
    private(set) var worst: [[ReadSample]] = []

    init(_ model: InkModel, _ decoding: DecodingOptions, on compute: Compute) throws {
        var reader = InkReader(model)
        reader.decoder = try decoding.decoder()
        self.reader = reader
        alphabet = model.alphabet
        name = "model \(model.description.name), \(decoding.summary)"
        self.compute = compute
    }

    /// Evaluates on one file.
    mutating func evaluate(_ path: String) throws(FormatError) {
        let data = try InkData(path: path)
        let foreign = data.samples.count { alphabet.labels(of: $0.text ?? "") == nil }
        if foreign > 0 {
            Terminal.message(
                "\(data.name): \(counted(foreign, "sample")) with characters the model cannot read: errors")
        }
        guard data.samples.contains(where: { $0.text?.isEmpty == false }) else {
            throw FormatError(file: path, problem: .noText)
        }
        let readings = reader.read(data.samples.map(\.strokes), on: compute)
        let rates = ErrorRates(of: readings, on: data.samples)
        reports.append(TextReport(file: data.name, reader: name, rates, probabilities: readings.map(\.probability)))
        worst.append(
            ReadSample.worst(rates.samples).map {
                ReadSample(sample: data.samples[$0], reading: readings[$0], errors: rates.samples[$0])
            })
    }
}
