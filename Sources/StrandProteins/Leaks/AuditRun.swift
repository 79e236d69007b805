import Glibc
import StrandBytes
import StrandEngine
import StrandNetwork

/// Compares chains with those of training files.
public struct AuditRun {
    private let trainSets: [ChainFile]
    private let audit: LeakAudit
    private let engine: Engine
    private let compute: Compute
    private let observer: any RunObserver

    /// The alignment engine.
    public enum Engine: String, Sendable, CaseIterable {
        case builtin, mmseqs
    }

    /// - Parameters:
    ///   - trainSets: files of training chains, at least one.
    ///   - criteria: what counts as near.
    ///   - engine: the alignment engine.
    ///   - compute: where to run.
    ///   - observer: told of repairs and progress.
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

    /// The chains near a training chain: the index of each with its nearest neighbour.
    public func nearChains(of chains: [[UInt8]]) throws -> [Int: LeakAudit.Neighbour] {
        var nearest: [Int: LeakAudit.Neighbour] = [:]
        for (index, found) in try neighbours(of: chains).enumerated() { nearest[index] = found.first }
        return nearest
    }

    /// The near training chains of each chain, nearest first.
    public func neighbours(of chains: [[UInt8]]) throws -> [[LeakAudit.Neighbour]] {
        if engine == .mmseqs {
            let search = NearChainSearch(threads: compute.threads, eValue: audit.criteria.largestEValue)
            return audit.neighbours(of: chains, among: try search.run(chains, against: trainSets.flatMap(\.chains)))
        }
        let stopwatch = Stopwatch()
        defer { observer.done() }
        return audit.neighbours(of: chains, on: compute) {
            observer.progress(stopwatch.progress($0, of: chains.count, "chain"))
        }
    }

    /// The training files.
    public var trainSetNames: [String] { trainSets.map(\.name) }

    /// The id and the file of a training chain.
    public func origin(ofTraining index: Int) -> (id: String, file: String) {
        var rest = index
        for file in trainSets {
            if rest < file.ids.count { return (file.ids[rest], file.name) }
            rest -= file.ids.count
        }
        preconditionFailure("no training chain \(index)")
    }

    /// How many chains of a file are near.
    public func summary(_ evaluated: ChainFile, _ found: [[LeakAudit.Neighbour]]) -> String {
        let near = found.count { !$0.isEmpty }
        let names = trainSets.map(\.name).joined(separator: ", ")
        let verb = near == 1 || found.count == 1 ? "is" : "are"
        return "\(evaluated.name): \(grouped(near)) of \(counted(found.count, "chain")) \(verb) "
            + "near a chain of \(names)"
    }
}

/// Near chains as tab-separated values.
public enum AuditTable {
    public static let header =
        "evaluated\ttraining\tidentity\tcoverage_evaluated\tcoverage_training\te_value\tbits\treason\tevaluated_file\t"
        + "training_file\n"

    /// A line and its end.
    public static func row(
        _ neighbour: LeakAudit.Neighbour, _ evaluated: ChainFile, _ training: (id: String, file: String)
    ) -> String {
        let fields = [
            evaluated.ids[neighbour.evaluated], training.id, fixed(neighbour.match.identity, 3),
            fixed(neighbour.evaluatedCoverage, 3), fixed(neighbour.trainingCoverage, 3),
            scientific(neighbour.match.eValue), fixed(neighbour.match.bits, 1), neighbour.reason.rawValue,
            evaluated.name, training.file,
        ]
        return fields.joined(separator: "\t") + "\n"
    }
}
