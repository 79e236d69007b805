import StrandBytes

/// Words with their weights, from a file.
public struct WordList: Sendable {
    let words: [WordTree.Word]
    /// Lines that are no word a model can know: with other characters than its letters and apostrophes, or too long.
    public let leftOut: Int

    /// Number of words.
    public var count: Int { words.count }

    /// Reads a word a line, a blank and its weight behind it; 1 if there is none.
    /// - Parameters:
    ///   - path: the file, plain or gzip.
    ///   - meter: measures and hashes what is read.
    ///   - alphabet: the characters of the model.
    /// - Throws: `notUTF8`, `wordWeight`, `noWords` if there is no word, or what `LineReader` throws.
    public init(path: String, meter: InputMeter, alphabet: InkAlphabet) throws(FormatError) {
        var lines = LineReader(meter.reader(of: path))
        let letters = WordTree.Letters(alphabet)
        var words: [WordTree.Word] = []
        var leftOut = 0
        while let line = try lines.next() {
            func fail(_ problem: FormatError.Problem) -> FormatError {
                FormatError(file: path, line: lines.lineNumber, problem: problem)
            }
            guard let text = String(validating: line, as: UTF8.self) else { throw fail(.text(.notUTF8)) }
            let fields = text.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let word = fields.first else { continue }
            let weight = fields.count == 1 ? 1 : Double(fields[1])
            guard fields.count < 3, let weight, weight > 0, weight.isFinite else { throw fail(.ink(.wordWeight(text))) }
            if letters.small(word) == nil {
                leftOut += 1
            } else {
                words.append(WordTree.Word(text: word, weight: weight))
            }
        }
        if words.isEmpty { throw FormatError(file: path, problem: .ink(.noWords)) }
        self.words = words
        self.leftOut = leftOut
    }
}
