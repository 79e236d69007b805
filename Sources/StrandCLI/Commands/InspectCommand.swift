import ArgumentParser
import Strand
import StrandFormats
import StrandNetwork

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tells what a model file or a data file holds.",
        discussion: """
            Of a model: what it is, its sizes, what it was trained on, its figures. Of FASTA or labelled FASTA: \
            counts, lengths, letters, labels, repairs, and what is wrong with it (exit status 1 where a record cannot \
            be read).

            EXAMPLES:
              strand inspect                         the model inside the program
              strand inspect model.safetensors
              strand inspect train.ssfa.gz proteome.fasta.gz
            """)

    @Argument(
        help: ArgumentHelp("Model, FASTA or labelled FASTA files (default: the shipped model).", valueName: "file"))
    var files: [String] = []

    func run() throws {
        if files.isEmpty {
            print(ModelSummary(ProteinModel.shipped, file: "shipped model").text)
            print(ModelSummary(InkModel.shipped, file: "shipped model").text)
            print(ModelSummary(CharacterModel.shipped, file: "shipped model").text)
        }
        for file in files {
            switch try FileKind(of: file) {
            case .model: print(try ModelSummary(path: file).text)
            case .ink: break
            case .fasta: print(try DataSummary(fasta: file).text)
            case .labelledFASTA: print(try DataSummary(labelled: file).text)
            }
        }
    }
}
