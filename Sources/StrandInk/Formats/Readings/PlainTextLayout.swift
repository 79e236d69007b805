import StrandBytes

/// How a line of plain text holds a text.
public enum PlainTextLayout: String, Sendable, CaseIterable {
    /// The line is the text, and its number the id. Empty lines count.
    case lines
    /// An id, a blank, the text: Kaldi's `text`.
    case kaldi
    /// The text, a blank, the id in parentheses: sclite's `.trn`. Empty lines and comments, after `;;`, do not count.
    case trn

    /// The layout of a file with these first lines: `trn` if all of them end so, else `lines`.
    init(detecting lines: [String], fileName name: String) {
        let isNamed = name.hasSuffix(".trn") || name.hasSuffix(".trn.gz")
        let found = lines.filter { !$0.isSkippedInTRN }.map(\.transcript)
        let haveIDs = found.allSatisfy { $0.map { isNamed || $0.id.isID } ?? false }
        self = haveIDs && found.count >= (isNamed ? 1 : 2) ? .trn : .lines
    }
}

/// What shows that lines are not the texts themselves.
enum PlainTextSign {
    /// The first word, if every line starts with another one that looks like an id, of letters and digits or of as many
    /// digits, as in Kaldi's files.
    static func idBeforeTexts(_ lines: [String]) -> String? {
        let words = lines.map { $0.split(separator: " ", maxSplits: 1) }.filter { !$0.isEmpty }
        // A few texts may be empty; ids of digits alone have one length.
        let areNumbers =
            words.allSatisfy { $0[0].allSatisfy(\.isNumber) && $0[0].count == words[0][0].count }
            && (words.first?[0].count ?? 0) >= 3
        guard words.count > 1, 2 * words.count(where: { $0.count == 2 }) > words.count,
            Set(words.map { $0[0] }).count == words.count, areNumbers || words.allSatisfy({ $0[0].isID })
        else { return nil }
        return String(words[0][0])
    }

    /// The first line, if every line is the row of a table: another word and a text, without a blank after the comma or
    /// semicolon between them.
    static func rowWithoutHeader(_ lines: [String]) -> String? {
        let rows = lines.filter { !$0.isEmpty }
        let isTable = [Character(","), ";"].contains { separator in
            let cells = rows.map { $0.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false) }
            return cells.allSatisfy {
                $0.count == 2 && !$0[0].isEmpty && !$0[0].contains(where: \.isWhitespace)
                    && $0[1].first?.isWhitespace == false
            } && Set(cells.map { $0[0] }).count == cells.count
        }
        return rows.count > 1 && isTable ? rows[0] : nil
    }
}

extension StringProtocol {
    /// Whether the word looks like an id: letters, digits and what parts them.
    fileprivate var isID: Bool {
        contains(where: \.isLetter) && contains(where: \.isNumber)
            && allSatisfy { $0.isLetter || $0.isNumber || "-_.:/".contains($0) }
    }
}

extension String {
    /// Whether the line is none of sclite's.
    var isSkippedInTRN: Bool { trimmed.isEmpty || hasPrefix(";;") }

    /// The line of a `.trn` file as a text and its id; nil: it has no id.
    var transcript: (text: String, id: String)? {
        let line = trimmed
        guard line.last == ")", let open = line.lastIndex(of: "(") else { return nil }
        let id = line[line.index(after: open)...].dropLast()
        guard !id.isEmpty, !id.contains(where: \.isWhitespace) else { return nil }
        return (String(line[..<open]).trimmed, String(id))
    }
}
