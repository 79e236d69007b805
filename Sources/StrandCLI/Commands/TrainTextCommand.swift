import ArgumentParser
import Strand

struct TrainTextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text",
        abstract: "Makes a language model of characters from text.",
        discussion: """
            Each line of a file is a text of its own, such as a sentence or a word; tables, JSON Lines and ink give the \
            texts of their samples. A file that is given twice counts twice. Lines with characters outside the alphabet are left out, \
            and counted. With --words the model knows words beside n-grams, with their weights, and from their second letter on how \
            they go on; other words stay possible. With --validation the model is measured, in bits a character.

            EXAMPLES:
              strand train text sentences.txt words.txt -o english.safetensors
              strand train text --order 6 --validation valid.jsonl.gz -o m.safetensors \\
                train.jsonl.gz
            """)

    @OptionGroup var destination: ModelDestination

    @Option(help: ArgumentHelp("Characters of the longest n-gram, 1 to 8.", valueName: "n"))
    var order = 8

    @Option(help: ArgumentHelp("Bytes of the model at most: n-grams that tell least are pruned.", valueName: "n"))
    var size = 4_000_000

    @Option(help: ArgumentHelp("Characters it knows (default: the 95 of printable ASCII).", valueName: "characters"))
    var alphabet: String?

    @Option(
        help: ArgumentHelp(
            "Words of the language: a word a line, a blank and its weight behind it (default: 1).", valueName: "file"),
        completion: .file())
    var words: String?

    @Option(
        help: ArgumentHelp("Text to measure the model on; may be given several times.", valueName: "file"),
        completion: .file())
    var validation: [String] = []

    @Argument(
        help: ArgumentHelp(
            "Text, a text a line, or any file of texts that 'score' reads, plain or gzip.", valueName: "file"),
        completion: .file())
    var files: [String]

    func validate() throws {
        if !(1...8).contains(order) { throw ValidationError("--order \(order): give 1 to 8") }
        if size < 1000 { throw ValidationError("--size \(size): give 1000 or more") }
        let characters = try inkAlphabet(alphabet).characters.count
        if characters > CharacterModel.mostCharacters {
            throw ValidationError("--alphabet: \(characters) characters; give at most \(CharacterModel.mostCharacters)")
        }
    }

    func run() throws {
        try RunFiles.check(
            reading: files + validation + (words.map { [$0] } ?? []), writing: [(destination.output, "output")])
        let alphabet = try inkAlphabet(alphabet)
        var lines: [String] = []
        var data: [DataFile] = []
        for file in files {
            let meter = InputMeter(isHashing: true)
            let texts = try Self.texts(of: DetectedFile(file, meter: meter))
            data.append(
                DataFile(
                    name: fileName(of: file), role: "train", sha256: meter.hashes[0], records: texts.count,
                    symbols: texts.reduce(0) { $0 + $1.count }))
            lines += texts
        }
        let words = try words.map { path in
            let meter = InputMeter(isHashing: true)
            let list = try WordList(path: path, meter: meter, alphabet: alphabet)
            data.append(
                DataFile(
                    name: fileName(of: path), role: "words", sha256: meter.hashes[0], records: list.count, symbols: 0))
            Terminal.message("\(counted(list.count, "word"))")
            if list.leftOut > 0 {
                Terminal.message(
                    "left out: \(counted(list.leftOut, "word")) with other characters than letters, or too long")
            }
            return list
        }
        let foreign = lines.count { alphabet.labels(of: $0) == nil }
        if foreign > 0 {
            Terminal.message("left out: \(counted(foreign, "line")) with characters outside the alphabet")
        }
        guard
            let model = CharacterModel(
                lines, alphabet: alphabet, order: order, sizeLimit: size, words: words, data: data)
        else {
            throw FormatError(file: files[0], problem: .ink(.noText))
        }
        Terminal.message(
            "\(counted(lines.count - foreign, "line")), \(counted(model.gramCount, "n-gram")) of up to \(counted(order, "character"))"
        )
        for file in validation {
            let bits = model.crossEntropy(of: try Self.texts(of: DetectedFile(file)))
            Terminal.message("\(file): \(bits.map { fixed($0, 3) } ?? "-") bits a character")
        }
        try destination.write(model.file)
    }

    private static func texts(of file: DetectedFile) throws(FormatError) -> [String] {
        var reader = try TextReader(file.textBytes())
        var texts: [String] = []
        while let text = try reader.next() { if let text = text.text { texts.append(text) } }
        return texts
    }
}

/// The characters named on the command line.
func inkAlphabet(_ characters: String?) throws -> InkAlphabet {
    guard let characters else { return .printableASCII }
    guard let alphabet = InkAlphabet(characters) else {
        throw ValidationError("--alphabet: give different characters, each once")
    }
    return alphabet
}
