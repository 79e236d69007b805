import StrandBytes

/// The words that may occur in a text.
///
/// A word is a run of letters, with apostrophes and hyphens inside it if the list has such words; everything else
/// separates words and is unrestricted. A word also counts with a capital first letter, or all capitals. Letters are
/// compared by their UTF-8 bytes.
public struct Lexicon: Sendable, Equatable {
    /// All words one after another, in byte order.
    private let bytes: [UInt8]
    /// Offset of each word; one more at the end.
    private let starts: [Int]

    /// The words that start with the same bytes.
    struct Prefix: Sendable, Equatable {
        /// Indices of the words.
        fileprivate(set) var words: Range<Int>
        /// Length of their common prefix in bytes.
        fileprivate(set) var length = 0
    }

    /// - Parameter words: blanks and empty words are ignored.
    public init(_ words: some Sequence<String>) {
        let words = words.map { $0.filter { !$0.isWhitespace } }
        let forms = words + words.map { $0.prefix(1).uppercased() + $0.dropFirst() } + words.map { $0.uppercased() }
        let sorted = Set(forms.map { Array($0.utf8) }).filter { !$0.isEmpty }.sorted {
            $0.lexicographicallyPrecedes($1)
        }
        bytes = Array(sorted.joined())
        starts = sorted.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    }

    /// The words of a file, one a line.
    /// - Parameter alphabet: the characters that can be read.
    /// - Throws: `notUTF8`, `noWords` if no word consists of these characters, or what `LineReader` throws.
    public init(path: String, alphabet: InkAlphabet) throws(FormatError) {
        try self.init(path: path, ByteReader(ByteSource(argument: path)), alphabet: alphabet)
    }

    /// - Parameters:
    ///   - path: the file's name.
    ///   - bytes: its contents.
    ///   - alphabet: see above.
    public init(path: String, _ bytes: consuming ByteReader, alphabet: InkAlphabet) throws(FormatError) {
        var lines = LineReader(bytes)
        var words: [String] = []
        while let line = try lines.next() {
            guard let word = String(validating: line, as: UTF8.self) else {
                throw FormatError(file: path, line: lines.lineNumber, problem: .text(.notUTF8))
            }
            words.append(word)
        }
        self.init(words)
        if !words.contains(where: { !$0.trimmed.isEmpty && alphabet.labels(of: $0.trimmed) != nil }) {
            throw FormatError(file: path, problem: .ink(.noWords))
        }
    }

    /// The empty prefix, before a word.
    var start: Prefix { Prefix(words: 0..<starts.count - 1) }

    /// The prefix after one more character; nil if no word continues like that.
    func prefix(after prefix: Prefix, _ character: Character) -> Prefix? {
        var next = prefix
        for byte in character.utf8 {
            let low = bound(next) { $0 < Int(byte) }
            let high = bound(next) { $0 <= Int(byte) }
            next = Prefix(words: low..<high, length: next.length + 1)
        }
        if !next.words.isEmpty { return next }
        return !character.isLetter && canEnd(prefix) ? start : nil
    }

    /// Whether a text may end here.
    func canEnd(_ prefix: Prefix) -> Bool {
        prefix.length == 0 || prefix.words.first.map { starts[$0 + 1] - starts[$0] == prefix.length } ?? false
    }

    /// The first of the words whose next byte (-1 at a word's end) is not below the given one.
    private func bound(_ prefix: Prefix, isBelow: (Int) -> Bool) -> Int {
        var range = prefix.words
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            let offset = starts[middle] + prefix.length
            let byte = offset < starts[middle + 1] ? Int(bytes[offset]) : -1
            range = isBelow(byte) ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}
