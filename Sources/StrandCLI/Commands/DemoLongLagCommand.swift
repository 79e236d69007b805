import ArgumentParser
import Strand

struct DemoLongLagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "longlag",
        abstract: "Trains RNN, GRU and LSTM on the classical tasks of long memory.",
        discussion: """
            The tasks are those of Hochreiter & Schmidhuber (1997): in a sequence of so many steps (the lag) two numbers \
            must be added or multiplied, or the order of two or three symbols told, from steps near the beginning; and \
            strings of the embedded Reber grammar foretold. A task is solved when 2,000 sequences that were never \
            trained on are right, one after the other: a number within 0.04 (multiplication: but 13 of them), every \
            probability within 0.3; all 256 strings held back. A network that has not solved it after --budget \
            sequences has failed.

            Each network has one layer, reads forward and has about 1,000 weights. 'gates open' begins with biases \
            that keep a gate open over the lag (Tallec & Ollivier 2018), the others with a forget bias of 1.

            The table goes to standard output: the median of the sequences needed, and how many of the seeds solved \
            the task. All tasks, lags and seeds take most of an hour on two cores.

            EXAMPLES:
              strand demo longlag --quick
              strand demo longlag --task adding --lag 100 --cell rnn --cell lstm
              strand demo longlag --json longlag.json --plot longlag.svg
            """)

    @Option(help: ArgumentHelp("adding, multiplication, order-2, order-3 or reber (default: all).", valueName: "name"))
    var task: [LongLagTask] = []

    @Option(help: ArgumentHelp("Steps of a sequence (default: 10, 50, 100, 200, 500, 1000).", valueName: "n"))
    var lag: [Int] = []

    @Option(help: ArgumentHelp("Cells that are compared (default: rnn, gru and lstm).", valueName: "cell"))
    var cell: [RecurrentCell] = []

    @Option(help: ArgumentHelp("Networks trained for each, with seeds 1, 2, ... (default: 10).", valueName: "n"))
    var seeds: Int?

    @Option(help: ArgumentHelp("Sequences after which a network has failed.", valueName: "n"))
    var budget = LongLagExperiment().mostSequences

    @Flag(help: "Lags 10 and 50, two seeds: half a minute.")
    var quick = false

    @OptionGroup var demo: DemoOptions
    @OptionGroup var compute: ComputeOptions

    func validate() throws {
        if let lag = lag.first(where: { !(10...100_000).contains($0) }) {
            throw ValidationError("--lag \(lag): give 10 to 100000")
        }
        if let seeds, !(1...1000).contains(seeds) { throw ValidationError("--seeds \(seeds): give 1 to 1000") }
        if budget < 1 { throw ValidationError("--budget \(budget): give 1 or more") }
    }

    private var experiment: LongLagExperiment {
        var experiment = LongLagExperiment()
        if quick { (experiment.lags, experiment.seeds) = ([10, 50], 2) }
        if !task.isEmpty { experiment.tasks = task }
        if !lag.isEmpty { experiment.lags = lag }
        if !cell.isEmpty { experiment.networks = LongLagNetwork.all.filter { cell.contains($0.cell) } }
        if let seeds { experiment.seeds = seeds }
        experiment.mostSequences = budget
        return experiment
    }

    func run() throws {
        let experiment = experiment
        let compute = try compute.makeTrainingCompute()
        let output = try demo.makeOutput()
        Terminal.message("\(grouped(experiment.runs.count)) networks, \(counted(compute.threads, "thread"))")
        let results = experiment.results(on: compute, observer: ConsoleObserver())
        let report = LongLagReport(experiment: experiment, results: results)
        try Terminal.output(report.table, terminator: "")
        try output.write(report.file, drawing: report.plots)
    }
}

extension LongLagTask: ExpressibleByArgument {}
