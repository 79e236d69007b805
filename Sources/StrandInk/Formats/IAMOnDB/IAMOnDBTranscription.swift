import StrandBytes

/// The text files of IAM-OnDB: a recogniser's reading after `OCR:`, the true text after `CSR:`, line by line.
enum IAMOnDBTranscription {
    /// The true text of an ink file; nil if no text file belongs to it.
    /// - Throws: `missingTranscription`, `missingSection`, or what `LineReader` throws.
    static func text(besideInk path: String) throws(FormatError) -> String? {
        let name = path.droppingSuffix(".gz").droppingSuffix(".xml")
        if let lines = try lines(of: "\(name).txt") { return lines.joined(separator: "\n") }
        guard let dash = name.lastIndex(of: "-"), let number = Int(name[name.index(after: dash)...]), number > 0 else {
            return nil
        }
        let form = String(name[..<dash])
        for file in ["\(form).txt", "\(form.inFolderOfText).txt"] {
            guard let lines = try lines(of: file) else { continue }
            if number <= lines.count { return lines[number - 1] }
            throw FormatError(file: file, problem: .ink(.missingTranscription(line: number, of: lines.count)))
        }
        return nil
    }

    /// The nonempty lines after `CSR:`; nil if there is no such file.
    private static func lines(of path: String) throws(FormatError) -> [String]? {
        var reader = LineReader(.file(path))
        var lines: [String]?
        do throws(FormatError) {
            while let line = try reader.next() {
                let text = String(utf8OrLatin1: line).trimmed
                if text == "CSR:" { lines = lines ?? [] } else if !text.isEmpty { lines?.append(text) }
            }
        } catch let error where error.problem == .file(.missingFile) {
            return nil
        }
        guard let lines else { throw FormatError(file: path, problem: .text(.missingSection("CSR:"))) }
        return lines
    }
}

extension String {
    fileprivate func droppingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }

    /// The corresponding path of the texts: in `ascii`, beside `lineStrokes`.
    fileprivate var inFolderOfText: String {
        split(separator: "/", omittingEmptySubsequences: false)
            .map { $0 == "lineStrokes" ? "ascii" : String($0) }.joined(separator: "/")
    }
}
