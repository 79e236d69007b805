import StrandBytes
import StrandEngine

/// A file of labelled chains, read whole.
public struct LabelledData {
    public let path: String
    public let records: [LabelledFASTARecord]
    public let repairs: SequenceRepairs

    /// - Parameters:
    ///   - path: the file; `-` is standard input.
    ///   - states: the letters that are labels beside `-`.
    public init(path: String, states: [UInt8]) throws(FormatError) {
        try self.init(path: path, ByteReader(ByteSource(argument: path)), states: states)
    }

    /// - Parameters:
    ///   - path: the name of the file.
    ///   - bytes: what is in it.
    ///   - states: the letters that are labels beside `-`.
    public init(path: String, _ bytes: consuming ByteReader, states: [UInt8]) throws(FormatError) {
        var reader = LabelledFASTAReader(bytes, alphabet: states)
        var records: [LabelledFASTARecord] = []
        while let record = try reader.next() { records.append(record) }
        self.path = path
        self.records = records
        repairs = reader.repairs
    }

    /// The path's last part.
    public var name: String { fileName(of: path) }

    public var residueCount: Int { records.reduce(0) { $0 + $1.sequence.count } }

    /// What a model file says of data it was trained on.
    public func description(role: String) throws(FormatError) -> DataFile {
        DataFile(
            name: name, role: role, sha256: try SHA256.hexDigest(ofFile: path), records: records.count,
            symbols: residueCount)
    }
}
