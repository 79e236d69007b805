/// The words a text may consist of.
///
/// A word is a run of letters, with apostrophes and hyphens inside it where the list has such words; everything else stands
/// between words and is free. A word also counts where its first letter, or all of them, are capitals.
public struct Lexicon: Sendable, Equatable {
    /// The node of a prefix of words.
    struct Node: Sendable, Equatable {
        var children: [Character: Int] = [:]
        var isWord = false
    }

    private(set) var nodes = [Node()]

    /// - Parameter words: blanks at their ends do not count, empty ones neither.
    public init(_ words: some Sequence<String>) {
        for word in words {
            let word = word.filter { !$0.isWhitespace }
            for form in Set([word, word.capitalizedFirst, word.uppercased()]) where !form.isEmpty { add(form) }
        }
    }

    private mutating func add(_ word: String) {
        var node = 0
        for character in word {
            if let child = nodes[node].children[character] {
                node = child
            } else {
                nodes.append(Node())
                nodes[node].children[character] = nodes.count - 1
                node = nodes.count - 1
            }
        }
        nodes[node].isWord = true
    }

    /// The node after one more character, from 0 at the start of a text; nil where no word goes on so.
    func node(after node: Int, _ character: Character) -> Int? {
        if let child = nodes[node].children[character] { return child }
        return !character.isLetter && canEnd(node) ? 0 : nil
    }

    /// Whether a text may end here.
    func canEnd(_ node: Int) -> Bool { node == 0 || nodes[node].isWord }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
