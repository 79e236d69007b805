import StrandBytes

/// `mmseqs easy-search` (Steinegger & Soeding 2017) at its highest sensitivity.
struct NearChainSearch {
    let threads: Int
    let eValue: Double

    /// The alignments of each of `chains` with training chains.
    func run(
        _ chains: [[UInt8]], against training: [[UInt8]]
    ) throws -> [[(training: Int, match: LeakAudit.Match)]] {
        let run = try MmseqsRun(threads: threads)
        try run.write(chains, to: "evaluated.fasta")
        try run.write(training, to: "training.fasta")
        try run(
            "easy-search", run.path("evaluated.fasta"), run.path("training.fasta"), run.path("hits.tsv"),
            run.path("work"), "-s", "7.5", "-e", String(eValue), "--format-output", MmseqsHit.fields)
        var found = chains.map { _ in [(training: Int, match: LeakAudit.Match)]() }
        var lines = LineReader(.file(run.path("hits.tsv")))
        while let line = try lines.next() {
            guard let hit = MmseqsHit(line), chains.indices.contains(hit.evaluated),
                training.indices.contains(hit.training)
            else {
                throw MmseqsError.unexpectedLine(String(decoding: line, as: UTF8.self), number: lines.lineNumber)
            }
            found[hit.evaluated].append((hit.training, hit.match))
        }
        return found
    }
}

/// A line of `mmseqs easy-search --format-output`.
struct MmseqsHit {
    /// The requested fields.
    static let fields = "query,target,raw,bits,evalue,fident,qstart,qend,tstart,tend"

    let evaluated: Int
    let training: Int
    let match: LeakAudit.Match

    /// Nil if the line does not have these fields.
    init?(_ line: ArraySlice<UInt8>) {
        let values = line.split(separator: UInt8(ascii: "\t")).map { Double(String(decoding: $0, as: UTF8.self)) }
        guard values.count == 10, values.allSatisfy({ $0.map { $0.isFinite } ?? false }) else { return nil }
        let numbers = values.map { $0 ?? 0 }
        let integers = [0, 1, 2, 6, 7, 8, 9].map { Int(exactly: numbers[$0]) }
        guard integers.allSatisfy({ $0 != nil }) else { return nil }
        let whole = integers.map { $0 ?? 0 }
        // Positions count from 1 and ranges include the last.
        guard whole[3] >= 1, whole[3] <= whole[4], whole[5] >= 1, whole[5] <= whole[6] else { return nil }
        evaluated = whole[0]
        training = whole[1]
        match = LeakAudit.Match(
            score: whole[2], bits: numbers[3], eValue: numbers[4], identity: numbers[5],
            evaluatedRange: whole[3] - 1..<whole[4], trainingRange: whole[5] - 1..<whole[6])
    }
}
