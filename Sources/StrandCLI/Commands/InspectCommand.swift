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
        if files.isEmpty { print(ModelSummary(ProteinModel.shipped, file: "shipped model").text) }
        for file in files {
            switch try FileKind(of: file) {
            case .model: print(ModelSummary(try ProteinModel(path: file), file: file).text)
            case .ink: break
            case .fasta: print(try DataSummary(fasta: file).text)
            case .labelledFASTA: print(try DataSummary(labelled: file).text)
            }
        }
    }
}

/// What a file looks like from its first bytes.
enum FileKind {
    case model, fasta, labelledFASTA, ink

    /// - Throws: what the file's reader throws when it cannot be opened.
    init(of path: String) throws(FormatError) {
        var reader = ByteReader(.file(path))
        var bytes = [UInt8](repeating: 0, count: 9)
        var count = 0
        while count < bytes.count {
            let more = try reader.read(into: &bytes, at: count)
            if more == 0 { break }
            count += more
        }
        if count == bytes.count, bytes[8] == UInt8(ascii: "{") {
            self = .model
        } else if bytes[..<count].first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{") {
            self = .ink
        } else {
            self = try Self.isLabelled(path) ? .labelledFASTA : .fasta
        }
    }

    /// Whether the third line of the first record is as long as the second and is not the next header, and the fourth
    /// starts another record.
    private static func isLabelled(_ path: String) throws(FormatError) -> Bool {
        var lines = LineReader(.file(path))
        var first: [ArraySlice<UInt8>] = []
        while first.count < 4, let line = try lines.next() {
            if !line.isEmpty { first.append(ArraySlice(Array(line))) }
        }
        guard first.count >= 3, first[1].first != UInt8(ascii: ">"), first[1].count == first[2].count else {
            return false
        }
        return first.count == 3 || first[3].first == UInt8(ascii: ">")
    }
}
