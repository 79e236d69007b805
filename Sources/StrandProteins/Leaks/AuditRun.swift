import StrandEngine
import StrandNetwork

/// Comparison of chains with those of training files.
public struct AuditRun {
    private let trainSets: [ChainFile]
    private let audit: LeakAudit
    private let engine: Engine
    private let compute: Compute
    private let observer: any RunObserver

    /// What makes the alignments.
    public enum Engine: String, Sendable, CaseIterable {
        case builtin, mmseqs
    }

    /// - Parameters:
    ///   - trainSets: files of training chains, at least one.
    ///   - criteria: what counts as near.
    ///   - engine: what makes the alignments.
    ///   - compute: where to run.
    ///   - observer: hears of repairs and progress.
    public init(
        _ trainSets: [ChainFile], criteria: LeakAudit.Criteria, engine: Engine, on compute: Compute,
        observer: any RunObserver
    ) {
        for file in trainSets { file.reportRepairs(to: observer) }
        self.trainSets = trainSets
        self.compute = compute
        self.observer = observer
        self.engine = engine
        audit = LeakAudit(training: trainSets.flatMap(\.chains), criteria: criteria)
    }

    /// The chains that are near a training chain: the place of each with its nearest neighbour.
    public func nearChains(of chains: [[UInt8]]) throws -> [Int: LeakAudit.Neighbour] {
        var nearest: [Int: LeakAudit.Neighbour] = [:]
        for (index, found) in try neighbours(of: chains).enumerated() { nearest[index] = found.first }
        return nearest
    }

    /// The near training chains of each chain, the nearest first.
    public func neighbours(of chains: [[UInt8]]) throws -> [[LeakAudit.Neighbour]] {
        if engine == .mmseqs {
            let search = MmseqsSearch(threads: compute.threads, eValue: audit.criteria.largestEValue)
            return audit.neighbours(of: chains, among: try search.run(chains, against: trainSets.flatMap(\.chains)))
        }
        let stopwatch = Stopwatch()
        defer { observer.done() }
        return audit.neighbours(of: chains, on: compute) {
            observer.progress("\(grouped($0)) of \(grouped(chains.count)) chains, \(duration(stopwatch.seconds))")
        }
    }

    /// The training files.
    public var trainSetNames: [String] { trainSets.map(\.name) }

    /// The id and the file of a training chain.
    public func origin(ofTraining index: Int) -> (id: String, file: String) {
        var place = index
        for file in trainSets {
            if place < file.ids.count { return (file.ids[place], file.name) }
            place -= file.ids.count
        }
        preconditionFailure("no training chain \(index)")
    }

    /// How many chains of a file are near.
    public func summary(_ evaluated: ChainFile, _ found: [[LeakAudit.Neighbour]]) -> String {
        let near = grouped(found.count { !$0.isEmpty })
        let names = trainSets.map(\.name).joined(separator: ", ")
        return "\(evaluated.name): \(near) of \(grouped(found.count)) chains are near a chain of \(names)"
    }
}
