import StrandBytes
import StrandEngine
import StrandMetrics
import StrandNetwork

/// Evaluates a handwriting reader on files of ink.
public struct InkEvaluationRun {
    private let reader: InkReader
    private let alphabet: InkAlphabet
    /// The model and how its probabilities become text.
    public let name: String
    private let compute: Compute
    private let observer: any RunObserver
    public private(set) var reports: [TextReport] = []
    /// The worst-read samples of each file.
    public private(set) var worst: [[ReadSample]] = []

    /// - Parameters:
    ///   - model: the model to evaluate.
    ///   - decoder: how its probabilities become text.
    ///   - decoding: the decoder in words.
    ///   - compute: where to run.
    ///   - observer: told of unreadable input.
    public init(
        _ model: InkModel, _ decoder: InkDecoder, decoding: String, on compute: Compute, observer: any RunObserver
    ) {
        var reader = InkReader(model)
        reader.decoder = decoder
        self.reader = reader
        alphabet = model.alphabet
        name = "model \(model.description.name), \(decoding)"
        self.compute = compute
        self.observer = observer
    }

    /// Evaluates on the samples of one file that have a text.
    /// - Throws: `noneHasText`.
    public mutating func evaluate(_ data: InkData) throws(FormatError) {
        if !data.repairs.isEmpty { observer.message("\(data.name): repaired: \(data.repairs)") }
        let samples = data.samples.filter { $0.text != nil }
        if samples.isEmpty {
            throw FormatError(file: data.path, problem: .ink(.noneHasText(samples: data.samples.count)))
        }
        let withoutText = data.samples.count - samples.count
        if withoutText > 0 {
            observer.message("\(data.name): \(counted(withoutText, "sample")) without text: left out")
        }
        // A line feed stands between lines.
        let foreign = samples.count { alphabet.labels(of: ($0.text ?? "").filter { $0 != "\n" }) == nil }
        if foreign > 0 {
            observer.message(
                "\(data.name): \(counted(foreign, "sample")) with characters the model cannot read: errors")
        }
        let joined = samples.reduce(0) { $0 + $1.joinedStrokes }
        if joined > 0 {
            observer.message("\(data.name): joined \(counted(joined, "stroke")) \(InkSample.joinReason)")
        }
        let readings = readings(of: samples, in: data.name)
        let marks = readings.flatMap(\.marks).reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
        if let left = InkReading.Mark.summary(of: marks) {
            observer.message("\(data.name): left out of the text: \(left)")
        }
        let rates = ErrorRates(of: readings, on: samples)
        reports.append(
            TextReport(
                file: data.name, reader: name, rates, probabilities: readings.map(\.probability),
                withoutText: withoutText))
        worst.append(
            ReadSample.worst(rates.samples).map {
                ReadSample(sample: samples[$0], reading: readings[$0], errors: rates.samples[$0])
            })
    }

    /// Samples read together.
    private static let window = 128

    private func readings(of samples: [InkSample], in file: String) -> [InkReading] {
        let stopwatch = Stopwatch()
        defer { observer.done() }
        return stride(from: 0, to: samples.count, by: Self.window).flatMap { start in
            let window = samples[start..<min(start + Self.window, samples.count)]
            defer { observer.progress("\(file): \(stopwatch.progress(window.endIndex, of: samples.count, "sample"))") }
            return reader.read(window.map(\.strokes), on: compute)
        }
    }
}
