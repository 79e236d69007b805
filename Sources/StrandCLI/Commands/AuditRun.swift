import Strand

/// Comparison of chains with those of training files.
struct AuditRun {
    private let trainSets: [ChainFile]
    private let audit: LeakAudit
    private let engine: AuditOptions.Engine
    private let compute: Compute
    private let isBesideOutput: Bool

    /// Reads the training files of the options, at least one.
    /// - Parameter isBesideOutput: whether results go to standard output meanwhile.
    init(_ options: AuditOptions, on compute: Compute, isBesideOutput: Bool = false) throws {
        var trainSets: [ChainFile] = []
        for path in options.trainSet {
            trainSets.append(try ChainFile(path: path))
            trainSets[trainSets.count - 1].reportRepairs()
        }
        self.trainSets = trainSets
        self.compute = compute
        self.isBesideOutput = isBesideOutput
        engine = options.engine
        audit = LeakAudit(training: trainSets.flatMap(\.chains), criteria: options.criteria)
    }

    /// The chains that are near a training chain: the place of each with its nearest neighbour.
    func nearChains(of chains: [[UInt8]]) throws -> [Int: LeakAudit.Neighbour] {
        var nearest: [Int: LeakAudit.Neighbour] = [:]
        for (index, found) in try neighbours(of: chains).enumerated() { nearest[index] = found.first }
        return nearest
    }

    /// The near training chains of each chain, the nearest first.
    func neighbours(of chains: [[UInt8]]) throws -> [[LeakAudit.Neighbour]] {
        if engine == .mmseqs {
            let search = MmseqsSearch(threads: compute.threads, eValue: audit.criteria.largestEValue)
            return audit.neighbours(of: chains, among: try search.run(chains, against: trainSets.flatMap(\.chains)))
        }
        let progress = Progress(isBesideOutput: isBesideOutput)
        defer { progress.clear() }
        return audit.neighbours(of: chains, on: compute) {
            progress.update("\(grouped($0)) of \(grouped(chains.count)) chains, \(duration(progress.seconds))")
        }
    }

    /// The training files.
    var trainSetNames: [String] { trainSets.map(\.name) }

    /// The id and the file of a training chain.
    func origin(ofTraining index: Int) -> (id: String, file: String) {
        var place = index
        for file in trainSets {
            if place < file.ids.count { return (file.ids[place], file.name) }
            place -= file.ids.count
        }
        preconditionFailure("no training chain \(index)")
    }

    /// How many chains of a file are near.
    func summary(_ evaluated: ChainFile, _ found: [[LeakAudit.Neighbour]]) -> String {
        let near = grouped(found.count { !$0.isEmpty })
        let names = trainSets.map(\.name).joined(separator: ", ")
        return "\(evaluated.name): \(near) of \(grouped(found.count)) chains are near a chain of \(names)"
    }
}
