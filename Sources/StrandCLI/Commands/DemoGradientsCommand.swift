import ArgumentParser
import Strand

struct DemoGradientsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gradients",
        abstract: "Shows how the gradient of RNN, GRU and LSTM vanishes over time.",
        discussion: """
            The task is to add two numbers shown at the beginning of a sequence. The norm of the gradient of the loss, \
            by what the network put out so many steps before the end, is told relative to the last step: before and \
            after training, in double precision, the mean over 100 sequences. A network learns nothing from what its \
            gradient does not reach.

            EXAMPLES:
              strand demo gradients
              strand demo gradients --lag 200 --plot gradients.svg
            """)

    @Option(help: ArgumentHelp("Steps of a sequence.", valueName: "n"))
    var lag = 100

    @Option(help: ArgumentHelp("Sequences to train on, unless the task is solved before.", valueName: "n"))
    var budget = LongLagExperiment().mostSequences

    @Option(help: ArgumentHelp("Seed of initial weights and sequences.", valueName: "n"))
    var seed: UInt64 = 1

    @OptionGroup var demo: DemoOptions
    @OptionGroup var compute: ComputeOptions

    func validate() throws {
        if !(10...10_000).contains(lag) { throw ValidationError("--lag \(lag): give 10 to 10000") }
        if budget < 1 { throw ValidationError("--budget \(budget): give 1 or more") }
    }

    func run() throws {
        let compute = try compute.makeTrainingCompute()
        let output = try demo.makeOutput()
        let report = GradientReport(lag: lag, seed: seed, mostSequences: budget, on: compute)
        try Terminal.output(report.table, terminator: "")
        try output.write(report.flows, drawing: report.plots)
    }
}
