import StrandBytes
import StrandEngine

/// A file of labelled chains, read whole.
public struct LabelledData {
    public let path: String
    public private(set) var records: [LabelledFASTARecord]
    public let repairs: SequenceRepairs
    /// The number of the line with each record's labels.
    private let labelLines: [Int]

    /// - Parameters:
    ///   - path: the file; `-` is standard input.
    ///   - states: the accepted labels besides `-`; nil: any.
    public init(path: String, states: [UInt8]?) throws(FormatError) {
        try self.init(path: path, ByteReader(ByteSource(argument: path)), states: states)
    }

    /// - Parameters:
    ///   - path: the file's name.
    ///   - bytes: its contents.
    ///   - states: the accepted labels besides `-`; nil: any.
    public init(path: String, _ bytes: consuming ByteReader, states: [UInt8]?) throws(FormatError) {
        var reader = LabelledFASTAReader(bytes, alphabet: states)
        var records: [LabelledFASTARecord] = []
        var labelLines: [Int] = []
        while let record = try reader.next() {
            records.append(record)
            labelLines.append(reader.lineNumber)
        }
        self.path = path
        self.records = records
        self.labelLines = labelLines
        repairs = reader.repairs
    }

    /// The last part of the path.
    public var name: String { fileName(of: path) }

    public var residueCount: Int { records.reduce(0) { $0 + $1.sequence.count } }

    /// The description of the training data in a model file.
    public func description(role: String) throws(FormatError) -> DataFile {
        DataFile(
            name: name, role: role, sha256: try SHA256.hexDigest(ofFile: path), records: records.count,
            symbols: residueCount)
    }

    /// Puts profiles beside the chains, by id.
    /// - Returns: how many chains have one.
    /// - Throws: what `ProfileSet.profile(of:)` throws.
    public mutating func add(_ profiles: ProfileSet) throws(FormatError) -> Int {
        var found = 0
        for index in records.indices {
            guard let profile = try profiles.profile(of: records[index]) else { continue }
            records[index].features = .profile(profile)
            found += 1
        }
        return found
    }

    /// How often each byte is a label.
    public var labelCounts: [Int] {
        var counts = [Int](repeating: 0, count: 256)
        for record in records { for label in record.labels { counts[Int(label)] += 1 } }
        return counts
    }

    /// Checks that there are no labels but these.
    /// - Throws: `unknownLabel`.
    func check(_ labels: LabelSet) throws(FormatError) {
        let alphabet = LabelAlphabet(labels.letters)
        for (record, line) in zip(records, labelLines) {
            do throws(FormatError.Problem) { try alphabet.check(record.labels[...]) } catch {
                throw FormatError(file: path, line: line, record: record.id, problem: error)
            }
        }
    }
}

extension [LabelledData] {
    /// The label set that some files use: see `LabelSet.init(counts:)`.
    /// - Throws: `unknownLabel` if one file has other labels, `tooManyLabels`.
    public func labelSet() throws(FormatError) -> LabelSet {
        var counts = [Int](repeating: 0, count: 256)
        for data in self { for (letter, count) in data.labelCounts.enumerated() { counts[letter] += count } }
        guard let labels = LabelSet(counts: counts) else {
            throw FormatError(file: self[0].path, problem: .chain(.notALabelSet))
        }
        for data in self { try data.check(labels) }
        return labels
    }
}
