import ArgumentParser
import Strand
import StrandFormats
import StrandNetwork

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tells what a model file or a data file holds.",
        discussion: """
            Of a model: what it is, its sizes, what it was trained on, its figures. Of FASTA or chains with \
            labels (labelled FASTA, predictions as other programs write them, DSSP, mmCIF): counts, lengths, letters, labels, repairs, and what is wrong with it (exit status 1 where a record cannot \
            be read). Of ink: counts, texts, alphabet, which way the axes go, and what looks wrong: missing pen-ups, \
            repeated samples, labels that cannot be true, absurd sampling rates; of several files of ink, what they \
            share, such as writers.

            EXAMPLES:
              strand inspect                         the models inside the program
              strand inspect model.safetensors
              strand inspect train.ssfa.gz proteome.fasta.gz
              strand inspect train.jsonl.gz valid.jsonl.gz
            """)

    @Argument(
        help: ArgumentHelp("Models, FASTA, chains with labels, ink (default: the shipped models).", valueName: "file"),
        completion: .file())
    var files: [String] = []

    func run() throws {
        if files.isEmpty {
            print(ModelSummary(ProteinModel.shipped, file: "shipped model").text)
            print(ModelSummary(InkModel.shipped, file: "shipped model").text)
            print(ModelSummary(CharacterModel.shipped, file: "shipped model").text)
        }
        var ink: [InkSummary] = []
        for file in files {
            switch try FileKind(of: file) {
            case .model: print(try ModelSummary(path: file).text)
            case .ink:
                ink.append(try InkSummary(ink: file))
                print(ink[ink.count - 1].text)
            case .fasta: print(try DataSummary(fasta: file).text)
            case .labelledFASTA: print(try DataSummary(labelled: file).text)
            case .predictions(let format): print(try DataSummary(predictions: file, format).text)
            case .structure(let format): print(try DataSummary(structure: file, format).text)
            }
        }
        let overlaps = InkSummary.overlaps(ink)
        if !overlaps.isEmpty { print(overlaps) }
    }
}
