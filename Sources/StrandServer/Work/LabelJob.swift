import StrandEngine
import StrandProteins

/// A request for labels.
final class LabelJob: Job {
    let exchange: Exchange
    private(set) var request: LabelRequest
    private(set) var body: Body?
    private var records = Backlog<FASTARecord>()
    /// What labels them as the request wants; nil until the body is read.
    private var work: LabellingWork?
    private var output: PartedAnswer
    private(set) var isOpen = false
    private(set) var size = 0
    private(set) var isDone = false
    private let models: ServerModels

    init(_ exchange: Exchange, _ body: Body, _ request: LabelRequest, _ models: ServerModels) {
        (self.exchange, self.body, self.request, self.models) = (exchange, body, request, models)
        output = PartedAnswer(type: request.type, isArray: request.shape == .array)
    }

    func open(_ limits: ServerLimits) throws(Problem) {
        guard let body else { return }
        let wanted = request.task.map { $0 == .profile }
        let bytes = try body.unpacked(limits.bodyBytes)
        size = body.isPacked ? bytes.count : 0
        let chains = try SequencesBody(
            bytes, isJSON: request.isJSON, isAlignment: wanted, limits)
        if chains.records.isEmpty { throw Problem(.unprocessableEntity, "no chains: send FASTA") }
        let guess =
            chains.isAlignment && request.task == nil ? ["taken as an alignment, whose first chain is labelled"] : []
        let repairs = (guess + (chains.repairs.isEmpty ? [] : [chains.repairs])).joined(separator: "; ")
        if !repairs.isEmpty { output.headers = [("Strand-Repairs", repairs)] }
        let task = request.task ?? (chains.isAlignment ? .profile : .structure)
        request.task = task
        let labeller = models.model(task).labeller
        try LabelRequest.check(labeller.labels, nil, request.format)
        let work = LabellingWork(
            labeller: labeller, compute: models.compute, states: request.states, format: request.format,
            maker: models.maker(task))
        output.preamble = work.preamble
        (self.work, records) = (work, Backlog(chains.records))
        // The reservation stays: the records have about as many bytes.
        self.body = Body(bytes: [], reservation: body.reservation)
        isOpen = true
    }

    /// The next records, with about this many residues.
    func take(residues: Int) -> [FASTARecord] { records.take(residues) { $0.sequence.count } }

    /// Answers with the labels of the records that were taken.
    func answer(_ part: [FASTARecord], _ labels: ArraySlice<ProteinLabels>) {
        let format = request.format
        let predictions = work!.predictions(of: part, labels)
        let rows = models.compute.map(predictions.count) { format.bytes(of: predictions[$0]) }
        isDone = records.isEmpty
        output.send(rows, isLast: isDone, to: exchange)
    }
}
