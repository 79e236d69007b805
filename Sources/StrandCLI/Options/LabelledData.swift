import Strand

/// A file of labelled chains, read whole.
struct LabelledData {
    let path: String
    let records: [LabelledFASTARecord]
    let repairs: SequenceRepairs

    /// - Parameters:
    ///   - path: the file; `-` is standard input.
    ///   - states: the letters that are labels beside `-`.
    init(path: String, states: [UInt8]) throws(FormatError) {
        var reader = LabelledFASTAReader(ByteSource(argument: path), alphabet: states)
        var records: [LabelledFASTARecord] = []
        while let record = try reader.next() { records.append(record) }
        self.path = path
        self.records = records
        repairs = reader.repairs
    }

    /// The path's last part.
    var name: String { fileName(of: path) }

    var residueCount: Int { records.reduce(0) { $0 + $1.sequence.count } }

    /// What a model file says of data it was trained on.
    func description(role: String) throws(FormatError) -> DataFile {
        DataFile(
            name: name, role: role, sha256: try SHA256.hexDigest(ofFile: path), records: records.count,
            symbols: residueCount)
    }
}
