import StrandEngine
import StrandProteins

/// A request for labels.
final class LabelJob: Job {
    let exchange: Exchange
    private(set) var request: LabelRequest
    private(set) var body: Body?
    private var records: [FASTARecord] = []
    private var next = 0
    private var repairs = ""
    private var hasBegun = false
    private(set) var isOpen = false
    private(set) var size = 0
    private(set) var isDone = false
    private let models: ServerModels

    init(_ exchange: Exchange, _ body: Body, _ request: LabelRequest, _ models: ServerModels) {
        (self.exchange, self.body, self.request, self.models) = (exchange, body, request, models)
    }

    func open(_ limits: ServerLimits) throws(Problem) {
        guard let body else { return }
        let wanted = request.task.map { $0 == .profile }
        let bytes = try body.unpacked(limits.bodyBytes)
        size = body.isPacked ? bytes.count : 0
        let chains = try SequencesBody(
            bytes, isJSON: request.isJSON, isAlignment: wanted, limits)
        (records, repairs) = (chains.records, chains.repairs)
        if chains.isAlignment && request.task == nil {
            repairs = (["taken as an alignment, whose first chain is labelled"] + (repairs.isEmpty ? [] : [repairs]))
                .joined(separator: "; ")
        }
        if records.isEmpty { throw Problem(.unprocessableEntity, "no chains: send FASTA") }
        let task = request.task ?? (chains.isAlignment ? .profile : .structure)
        request.task = task
        try LabelRequest.check(models.model(task).labeller.labels, nil, request.format)
        // The reservation stays: the records have about as many bytes.
        self.body = Body(bytes: [], reservation: body.reservation)
        isOpen = true
    }

    /// The next records, with about this many residues.
    func take(residues: Int) -> [FASTARecord] {
        var end = next
        var sum = 0
        while end < records.count, end == next || sum + records[end].sequence.count <= residues {
            sum += records[end].sequence.count
            end += 1
        }
        defer { next = end }
        return Array(records[next..<end])
    }

    /// Answers with the labels of the records that were taken.
    func answer(_ part: [FASTARecord], _ labels: ArraySlice<ProteinLabels>) {
        let task = request.task!
        let (format, maker) = (request.format, models.maker(task))
        let isDSSP = models.model(task).labeller.labels.isDSSP
        let states = isDSSP ? request.states : nil
        let showsDepth = models.model(task).labeller.beside == .profile
        let rows = models.compute.map(part.count) { index in
            format.bytes(
                of: PredictionRecord(
                    part[index], labels[labels.startIndex + index], states, both: format.showsBothCounts,
                    showsDepth ? ProfileDepth(part[index].features) : nil, maker))
        }
        var bytes: [UInt8] = []
        if !hasBegun {
            let letters = states?.letters ?? models.model(task).labeller.labels.letters
            bytes +=
                request.shape == .array
                ? Array("[".utf8) : format.preamble(states: letters, showsDepth: showsDepth, maker: maker)
        }
        isDone = next == records.count
        switch request.shape {
        case .file: for row in rows { bytes += row }
        case .array:
            for (index, row) in rows.enumerated() {
                if index > 0 || hasBegun { bytes.append(UInt8(ascii: ",")) }
                bytes += row.dropLast()
            }
            if isDone { bytes += "]\n".utf8 }
        }
        deliver(bytes)
    }

    private func deliver(_ bytes: [UInt8]) {
        let headers = repairs.isEmpty ? [] : [(name: "Strand-Repairs", value: repairs)]
        if isDone && !hasBegun {
            var response = Response(.ok, bytes, type: request.type)
            response.headers += headers
            return exchange.respond(response)
        }
        if !hasBegun { exchange.begin(ResponseHead(type: request.type, headers: headers)) }
        hasBegun = true
        exchange.send(bytes)
        if isDone { exchange.end() }
    }
}
