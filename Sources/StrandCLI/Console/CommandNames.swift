import ArgumentParser
import Strand

extension ParsableCommand {
    /// What is wrong if the first words of a command line name no command: a misspelt one, or none before a file.
    /// - Parameter words: of the command line, without the program's name.
    /// - Returns: nil if there is nothing to say.
    static func unknownCommand(in words: some Collection<String>) -> (message: String, in: ParsableCommand.Type)? {
        let commands = configuration.subcommands
        guard let word = words.first, !word.hasPrefix("-"), word != "help", !commands.isEmpty else { return nil }
        let names = commands.map { $0.configuration.commandName ?? "" }
        if let index = names.firstIndex(of: word) { return commands[index].unknownCommand(in: words.dropFirst()) }
        let advice: String
        if let name = Self.nearest(word, of: names) {
            advice = "did you mean '\(name)'?"
        } else {
            advice = "commands are \(names.joined(separator: ", "))"
        }
        return ("'\(word)' is no command: \(advice)", self)
    }

    /// The name that was probably meant: at most two letters differ, and less than half of them.
    private static func nearest(_ word: String, of names: [String]) -> String? {
        let distances = names.map { ErrorTally(reference: Array($0), hypothesis: Array(word.lowercased())).errors }
        guard let index = distances.indices.min(by: { distances[$0] < distances[$1] }) else { return nil }
        return distances[index] <= 2 && 2 * distances[index] < names[index].count ? names[index] : nil
    }
}
