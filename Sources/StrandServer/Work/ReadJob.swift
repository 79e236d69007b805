import StrandBytes
import StrandEngine
import StrandInk

/// A request for texts of ink.
final class ReadJob: Job {
    let exchange: Exchange
    let request: ReadRequest
    private(set) var body: Body?
    private var samples: [InkSample] = []
    private var next = 0
    private var hasBegun = false
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
        samples = try Self.samples(bytes, limits)
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
    func take(points: Int) -> [InkSample] {
        var end = next
        var sum = 0
        while end < samples.count, end == next || sum + samples[end].pointCount <= points {
            sum += samples[end].pointCount
            end += 1
        }
        defer { next = end }
        return Array(samples[next..<end])
    }

    /// Answers with the readings of the samples that were taken.
    func answer(_ part: [InkSample], _ readings: ArraySlice<InkReading>, _ maker: PredictionMaker) {
        let lines = zip(part, readings).map { ReadingFormat.jsonl.bytes(of: $1, id: $0.id, maker: maker) }
        let isFirst = !hasBegun
        isDone = next == samples.count
        if isFirst && isDone && samples.count == 1 {
            return exchange.respond(Response(.ok, lines[0], type: request.acceptsJSON ? Self.object : Self.lines))
        }
        // Several are lines, an array only for who takes nothing else.
        var bytes = lines.flatMap(\.self)
        if !request.acceptsLines {
            bytes = Array((isFirst ? "[" : ",").utf8) + lines.map { $0.dropLast() }.joined(separator: ",".utf8)
            if isDone { bytes += "]\n".utf8 }
        }
        if isFirst { exchange.begin(ResponseHead(type: request.acceptsLines ? Self.lines : Self.object)) }
        hasBegun = true
        exchange.send(bytes)
        if isDone { exchange.end() }
    }

    private static let object = "application/json"
    private static let lines = "application/jsonl"
}
