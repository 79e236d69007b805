import StrandBytes
import StrandEngine
import StrandMetrics

/// The contents of a data file, in words.
public struct ChainSummary {
    private let file: String
    private let kind: String
    private var lengths: [Int] = []
    private var letters = [Int](repeating: 0, count: 256)
    private var labels: [Int]?
    private var lowerCase = 0
    private var ids: [String: Int] = [:]
    private var sequences: [[UInt8]: Int] = [:]
    private var unlabelledChains = 0
    private var repairs = SequenceRepairs()

    public init(fasta path: String, _ bytes: consuming ByteReader) throws(FormatError) {
        file = path
        kind = "FASTA"
        var reader = FASTAReader(bytes)
        while let record = try reader.next() { add(record.id, record.sequence) }
        repairs = reader.repairs
    }

    public init(labelled path: String, _ format: ChainFormat, _ bytes: consuming ByteReader) throws(FormatError) {
        file = path
        kind = format.name
        var reader = ChainReader(bytes)
        while let chain = try reader.next() { add(chain.id, chain.sequence ?? [], labels: chain.labels) }
        repairs = reader.takeRepairs()
        if lengths.isEmpty { throw FormatError(file: path, problem: .chain(.noChains)) }
    }

    /// Counts a chain; the sequence is empty for predictions without one.
    private mutating func add(_ id: String, _ sequence: [UInt8], labels: [UInt8]) {
        var counts = self.labels ?? [Int](repeating: 0, count: 256)
        for label in labels { counts[Int(label)] += 1 }
        self.labels = counts
        if labels.allSatisfy({ $0 == UInt8(ascii: "-") }) { unlabelledChains += 1 }
        add(id, sequence, length: labels.count)
    }

    private mutating func add(_ id: String, _ sequence: [UInt8], length: Int? = nil) {
        lengths.append(length ?? sequence.count)
        ids[id, default: 0] += 1
        if sequence.isEmpty { return }
        sequences[sequence, default: 0] += 1
        for letter in sequence {
            let isLower = (97...122).contains(letter)
            if isLower { lowerCase += 1 }
            letters[Int(isLower ? letter - 32 : letter)] += 1
        }
    }

    public var text: String {
        let sorted = lengths.sorted()
        let total = sorted.reduce(0, +)
        var lines = [
            "\(file): \(kind), \(counted(sorted.count, "record")), \(counted(total, "residue"))",
            "  lengths    \(grouped(sorted[0])) to \(grouped(sorted[sorted.count - 1])), median "
                + "\(grouped(sorted[sorted.count / 2])), mean \(grouped(total / sorted.count))",
        ]
        if !sequences.isEmpty { lines.append("  letters    \(shares(letters))") }
        if let labels { lines.append("  labels     \(shares(labels))") }
        lines += faults.map { "  note       \($0)" }
        return lines.joined(separator: "\n")
    }

    /// Each symbol with its share in percent, in alphabetical order.
    private func shares(_ counts: [Int]) -> String {
        let total = Double(max(counts.reduce(0, +), 1))
        return counts.indices.filter { counts[$0] > 0 }.map {
            "\(Unicode.Scalar(UInt8($0))) \(fixed(100 * Double(counts[$0]) / total, 2))"
        }.joined(separator: "  ") + "  (%)"
    }

    private var faults: [String] {
        let repeatedIDs = ids.values.count { $0 > 1 }
        let repeatedSequences = sequences.values.reduce(0) { $0 + $1 - 1 }
        return [
            repairs.isEmpty ? nil : "reading repairs: \(repairs)",
            lowerCase > 0 ? "\(counted(lowerCase, "lower-case residue")), read as upper-case" : nil,
            repeatedIDs > 0 ? "\(counted(repeatedIDs, "id")) used more than once" : nil,
            repeatedSequences > 0 ? "\(counted(repeatedSequences, "record")) with the sequence of another" : nil,
            unlabelledChains > 0 ? "\(counted(unlabelledChains, "chain")) without any label" : nil,
        ].compactMap { $0 } + repairs.warnings
    }
}
