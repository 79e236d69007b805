import StrandBytes

/// The text files of IAM-OnDB: what a recogniser read after `OCR:`, what was written after `CSR:`, line by line.
enum IAMOnDBTranscription {
    /// What is written in a file of ink; nil where no text file belongs to it.
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

    /// The lines after `CSR:` that hold anything; nil where there is no such file.
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

    /// The same path where the texts are: beside `lineStrokes`, in `ascii`.
    fileprivate var inFolderOfText: String {
        split(separator: "/", omittingEmptySubsequences: false)
            .map { $0 == "lineStrokes" ? "ascii" : String($0) }.joined(separator: "/")
    }
}
