import FoundationEssentials
import StrandBytes
import StrandEngine

/// A page to look at many labelled chains, in one file that needs nothing else: totals, charts, and a table with a strip of
/// labels for each chain.
///
/// Residues, labels and confidences are packed into blocks that the page unpacks when it shows them; a residue takes about a
/// byte. Chains come in any number, and their memory here is that of the blocks.
public struct ProteomePage: Sendable {
    /// What a row shows.
    private struct Row {
        var id: String
        var description: String
        var length: Int
        /// Residues with each label, in the order of `letters`.
        var counts: [Int] = []
        /// The mean probability of the labels; nil: not known.
        var confidence: Float?
    }

    private static let blockResidues = 65_536
    /// Labels have four bits, and one of the values says that there is none.
    public static let mostLetters = 15

    private let title: String
    private let maker: String
    private var letters: [UInt8] = []
    private var rows: [Row] = []
    private var blocks: [String] = []
    /// Chains that are not in a block yet.
    private var pending: [(sequence: [UInt8], labels: [UInt8], confidences: [Float]?)] = []
    private var pendingResidues = 0
    private var hasConfidence = false
    /// Labels beyond the first `mostLetters`, which the page shows as none; known after `finish()`.
    public private(set) var hiddenLetters: [UInt8] = []

    /// - Parameters:
    ///   - title: what the chains are, such as the name of their file.
    ///   - maker: what made the labels; nil: not known.
    public init(title: String, maker: PredictionMaker? = nil) {
        self.title = title
        self.maker = maker?.text ?? "shown by Strand \(strandVersion)"
    }

    /// Chains so far.
    public var count: Int { rows.count }

    /// Adds a chain that was labelled here.
    public mutating func add(_ record: PredictionRecord) {
        add(record.header, record.sequence, record.labels, record.main.confidences)
    }

    /// Adds a chain of any origin.
    public mutating func add(_ chain: LabelledChain) {
        add(chain.header, chain.sequence, chain.labels, chain.confidences)
    }

    private mutating func add(_ header: [UInt8], _ sequence: [UInt8]?, _ labels: [UInt8], _ confidences: [Float]?) {
        let rest = header[RecordHeader.idBytes(of: header).endIndex...].withoutOuterBlanks
        rows.append(
            Row(
                id: RecordHeader.id(of: header), description: String(utf8OrLatin1: rest), length: labels.count))
        let known = confidences.map { $0.filter { !$0.isNaN } } ?? []
        if !known.isEmpty {
            rows[rows.count - 1].confidence = known.reduce(0, +) / Float(known.count)
            hasConfidence = true
        }
        pending.append((sequence ?? [UInt8](repeating: UInt8(ascii: " "), count: labels.count), labels, confidences))
        pendingResidues += labels.count
        if pendingResidues >= Self.blockResidues { endBlock() }
    }

    private mutating func endBlock() {
        if pending.isEmpty { return }
        // The first block shows in which order the labels stand.
        let found = Set(pending.flatMap(\.labels)).subtracting(letters + [SecondaryStructure.unlabelled])
        let sorted = found.subtracting(hiddenLetters).sorted { Self.rank($0) < Self.rank($1) }
        hiddenLetters += sorted.dropFirst(Self.mostLetters - letters.count)
        letters += sorted.prefix(Self.mostLetters - letters.count)
        var codes = [UInt8](repeating: 15, count: 256)
        for (code, letter) in letters.enumerated() { codes[Int(letter)] = UInt8(code) }
        var (residues, marks) = ([UInt8](), [UInt8]())
        for (index, chain) in pending.enumerated() {
            residues += chain.sequence
            var counts = [Int](repeating: 0, count: letters.count)
            for (place, label) in chain.labels.enumerated() {
                let code = codes[Int(label)]
                if code < 15 { counts[Int(code)] += 1 }
                let confidence = chain.confidences.map { $0[place] } ?? 0
                marks.append(
                    code | UInt8(max(0, min(15, (16 * (confidence.isNaN ? 0 : confidence)).rounded(.down)))) << 4)
            }
            rows[rows.count - pending.count + index].counts = counts
        }
        let packed = Data(Gzip.compress(residues + marks, level: 9)).base64EncodedString()
        let first = rows.count - pending.count
        blocks.append(
            "<script type=\"text/plain\" class=\"block\" data-first=\"\(first)\" data-count=\"\(pending.count)\">\(packed)</script>\n"
        )
        (pending, pendingResidues) = ([], 0)
    }

    /// DSSP's states in their usual order, then others by letter.
    private static func rank(_ letter: UInt8) -> Int {
        SecondaryStructure.eightStates.firstIndex(of: letter) ?? 100 + Int(letter)
    }

    /// The whole page.
    public mutating func finish() -> [UInt8] {
        endBlock()
        let parts = PageAsset.wholePage("proteome.html").split(separator: "</body>", maxSplits: 1)
        let script =
            "<script type=\"application/json\" id=\"about\">\(about)</script>\n<script type=\"text/plain\" id=\"rows\">"
        var page = Array("\(parts[0])\(script)".utf8)
        page += Data(Gzip.compress(table, level: 9)).base64EncodedData()
        page += "</script>\n".utf8
        for block in blocks { page += block.utf8 }
        return page + "</body>\(parts[1])".utf8
    }

    /// In an element of a page no text may look like a tag.
    private var about: String {
        var text = Array("{\"title\":".utf8)
        text.append(jsonString: title)
        text += ",\"made\":".utf8
        text.append(jsonString: maker)
        text += ",\"states\":".utf8
        text.append(jsonString: String(decoding: letters, as: UTF8.self))
        let residues = rows.reduce(0) { $0 + $1.length }
        text += ",\"chains\":\(rows.count),\"residues\":\(residues),\"hasConfidence\":\(hasConfidence)}".utf8
        return String(decoding: text, as: UTF8.self).replacing("<", with: "\\u003c")
    }

    /// The rows as columns.
    private var table: [UInt8] {
        var text = Array("{\"ids\":".utf8)
        text.append(jsonArray: rows) { $0.append(jsonString: $1.id) }
        text += ",\"descriptions\":".utf8
        text.append(jsonArray: rows) { $0.append(jsonString: $1.description) }
        text += ",\"lengths\":".utf8
        text.append(jsonArray: rows) { $0 += "\($1.length)".utf8 }
        text += ",\"shares\":{".utf8
        for (index, letter) in letters.enumerated() {
            if index > 0 { text += ",".utf8 }
            text.append(jsonString: String(Unicode.Scalar(letter)))
            text += ":".utf8
            text.append(jsonArray: rows) { text, row in
                let count = index < row.counts.count ? row.counts[index] : 0
                text += "\(thousandths(Double(count) / Double(max(1, row.length))))".utf8
            }
        }
        text += "},\"confidences\":".utf8
        text.append(jsonArray: rows) { $0 += ($1.confidence.map { "\(thousandths(Double($0)))" } ?? "null").utf8 }
        return text + "}".utf8
    }
}

private func thousandths(_ share: Double) -> Int { Int((1_000 * share).rounded()) }

extension LabelledChain {
    /// The probability of each label, NaN where the file has none for it, or a number that is none; nil: it has no
    /// probabilities.
    package var confidences: [Float]? {
        if states.isEmpty { return nil }
        return labels.enumerated().map { index, label in
            let found = states.firstIndex(of: label).map { probabilities[index * states.count + $0] } ?? .nan
            return (0...1).contains(found) ? found : .nan
        }
    }
}
