import StrandBytes
import StrandEngine
import StrandInk

/// A request for texts of ink.
final class ReadJob: Job {
    let exchange: Exchange
    let request: ReadRequest
    private(set) var body: Body?
    private var samples = Backlog<InkSample>()
    private var output = PartedAnswer(type: "application/json")
    private(set) var isOpen = false
    private(set) var size = 0
    private(set) var isDone = false

    init(_ exchange: Exchange, _ body: Body, _ request: ReadRequest) {
        (self.exchange, self.body, self.request) = (exchange, body, request)
    }

    func open(_ limits: ServerLimits) throws(Problem) {
        guard let body else { return }
        let bytes = try body.unpacked(limits.inkBytes)
        size = body.isPacked ? bytes.count : 0
        let samples = try Self.samples(bytes, limits)
        // One is an object; several are lines, an array only for who takes nothing else.
        if samples.count > 1 ? request.acceptsLines : !request.acceptsJSON {
            output = PartedAnswer(type: "application/jsonl")
        } else if samples.count > 1 {
            output.isArray = true
        }
        self.samples = Backlog(samples)
        self.body = Body(bytes: [], reservation: body.reservation)
        isOpen = true
    }

    /// The samples in a body.
    static func samples(_ bytes: [UInt8], _ limits: ServerLimits) throws(Problem) -> [InkSample] {
        var samples: [InkSample] = []
        do throws(FormatError) {
            var reader = InkFileReader(.memory(bytes, name: Body.name))
            while let sample = try reader.next() {
                samples.append(sample)
                if let problem = excess(samples.count, sample, limits) {
                    throw FormatError(file: Body.name, problem: FormatError.Problem(problem))
                }
            }
        } catch { throw Problem(error) }
        if samples.isEmpty { throw Problem(.unprocessableEntity, "no ink: send {\"strokes\":[[[x,y],[x,y]]]}") }
        return samples
    }

    private static func excess(_ count: Int, _ sample: InkSample, _ limits: ServerLimits) -> TooMuch? {
        if count > limits.samples { return TooMuch(count: limits.samples, noun: "sample") }
        if sample.strokes.count > limits.strokes { return TooMuch(count: limits.strokes, noun: "stroke") }
        return sample.pointCount > limits.points ? TooMuch(count: limits.points, noun: "point") : nil
    }

    /// The next samples, with about this many points.
    func take(points: Int) -> [InkSample] { samples.take(points, size: \.pointCount) }

    /// Answers with the readings of the samples that were taken.
    func answer(_ part: [InkSample], _ readings: ArraySlice<InkReading>, _ maker: PredictionMaker) {
        isDone = samples.isEmpty
        let rows = zip(part, readings).map { ReadingFormat.jsonl.bytes(of: $1, $0, maker: maker) }
        output.send(rows, isLast: isDone, to: exchange)
    }
}
