import StrandBytes
import StrandEngine

/// The characters a model reads: grapheme clusters, equal where they are canonically equivalent (NFC).
public struct InkAlphabet: TaskLabels {
    /// In the order of their labels, which start at 1; 0 is CTC's blank.
    public let characters: [Character]
    private let labels: [Character: Int32]

    /// CTC's blank among the labels.
    public static let blank = 0

    /// All printable ASCII characters.
    public static let printableASCII = InkAlphabet(String((32...126).map { Character(Unicode.Scalar(UInt8($0))) }))!

    /// - Parameter text: the characters one after another; nil is returned if one is repeated, or there is none.
    public init?(_ text: String) {
        characters = Array(text)
        labels = Dictionary(zip(characters, 1...), uniquingKeysWith: { first, _ in first })
        if characters.isEmpty || labels.count != characters.count { return nil }
    }

    /// The characters one after another.
    public var text: String { String(characters) }

    /// K: labels of the network, including the blank.
    public var labelCount: Int { characters.count + 1 }
    public var logitCount: Int { labelCount }

    /// The label of a character; nil if it is not in the alphabet.
    public func label(of character: Character) -> Int32? { labels[character] }

    /// The labels of a text; nil if a character is not in the alphabet.
    public func labels(of text: String) -> [Int32]? {
        var labels: [Int32] = []
        for character in text {
            guard let label = label(of: character) else { return nil }
            labels.append(label)
        }
        return labels
    }

    /// The text of some labels, none of them the blank.
    public func text(of labels: some Sequence<Int32>) -> String {
        String(labels.map { characters[Int($0) - 1] })
    }
}

extension InkAlphabet: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let alphabet = InkAlphabet(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no alphabet")
        }
        self = alphabet
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
