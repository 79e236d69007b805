import ArgumentParser

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Shows what the network can do, and why it is what it is.",
        subcommands: [DemoLongLagCommand.self, DemoGradientsCommand.self, DemoContextCommand.self])
}
