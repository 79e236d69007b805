import StrandEngine
import StrandNetwork
import Synchronization

/// Networks on tasks at several lags and seeds: how often a task is solved, and how many sequences that takes.
public struct LongLagExperiment: Sendable, Codable, Equatable {
    public var tasks: [LongLagTask]
    /// Shortest lengths of a sequence.
    public var lags: [Int]
    public var networks: [LongLagNetwork]
    /// Seeds 1, 2, ... of initial weights and sequences.
    public var seeds: Int
    /// Number of sequences after which a network has failed.
    public var mostSequences: Int

    public init(
        tasks: [LongLagTask] = LongLagTask.allCases, lags: [Int] = [10, 50, 100, 200, 500, 1000],
        networks: [LongLagNetwork] = LongLagNetwork.compared, seeds: Int = 10, mostSequences: Int = 100_000
    ) {
        self.tasks = tasks
        self.lags = lags
        self.networks = networks
        self.seeds = seeds
        self.mostSequences = mostSequences
    }

    /// All runs, longest sequences first.
    public var runs: [LongLagRun] {
        let all = tasks.flatMap { task in
            (task.hasLag ? lags.map { $0 } : [nil]).flatMap { lag in
                networks.flatMap { network in
                    (1...seeds).map { LongLagRun(task: task, lag: lag, network: network, seed: UInt64($0)) }
                }
            }
        }
        return all.enumerated().sorted { ($1.element.lag ?? 0, $0.offset) < ($0.element.lag ?? 0, $1.offset) }
            .map(\.element)
    }

    /// A run and its result.
    public struct Result: Sendable, Codable, Equatable {
        public var run: LongLagRun
        public var outcome: LongLagRun.Outcome
    }

    /// Trains all networks, one per thread. Results do not depend on the number of threads.
    /// - Parameters:
    ///   - compute: where to run.
    ///   - observer: told of every network that is done.
    public func results(on compute: Compute, observer: any RunObserver = SilentObserver()) -> [Result] {
        let (runs, stopwatch) = (runs, Stopwatch())
        let done = Mutex(0)
        let results = compute.map(runs.count) { index in
            let run = runs[index]
            let outcome = run.outcome(mostSequences: mostSequences, on: compute.inline)
            done.withLock { done in
                done += 1
                observer.progress("\(stopwatch.progress(done, of: runs.count, "network")), \(run.summary)")
            }
            return Result(run: run, outcome: outcome)
        }
        observer.done()
        observer.message("done in \(duration(stopwatch.seconds))")
        return results
    }
}

extension LongLagRun {
    fileprivate var summary: String { "\(task.rawValue) \(lag.map(String.init) ?? "") \(network.title), seed \(seed)" }
}

/// The results of all seeds for one network, task and lag.
public struct LongLagSummary: Sendable, Equatable {
    public var task: LongLagTask
    public var lag: Int?
    public var network: LongLagNetwork
    public var seeds: Int
    public var solved: Int
    /// Median over the runs that solved the task.
    public var sequences: Int?
    /// Median over all runs.
    public var testError: Double

    /// Summaries in the experiment's order of tasks, lags and networks.
    public static func all(
        of results: [LongLagExperiment.Result], in experiment: LongLagExperiment
    ) -> [LongLagSummary] {
        experiment.tasks.flatMap { task in
            (task.hasLag ? experiment.lags.map { $0 } : [nil]).flatMap { lag in
                experiment.networks.compactMap { network in
                    let chosen = results.filter { ($0.run.task, $0.run.lag, $0.run.network) == (task, lag, network) }
                    return LongLagSummary(chosen.map(\.outcome), task: task, lag: lag, network: network)
                }
            }
        }
    }

    private init?(_ outcomes: [LongLagRun.Outcome], task: LongLagTask, lag: Int?, network: LongLagNetwork) {
        guard !outcomes.isEmpty else { return nil }
        self.task = task
        self.lag = lag
        self.network = network
        seeds = outcomes.count
        let successes = outcomes.filter(\.isSolved).map(\.sequences).sorted()
        solved = successes.count
        sequences = successes.isEmpty ? nil : successes[successes.count / 2]
        testError = outcomes.map(\.testError).sorted()[outcomes.count / 2]
    }
}
