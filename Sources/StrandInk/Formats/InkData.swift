import StrandBytes
import StrandEngine

/// A file of ink, read whole.
public struct InkData {
    public let path: String
    public let samples: [InkSample]
    /// What was left out or understood by policy.
    public let repairs: InkRepairs
    /// Of the bytes as stored, if they were read from a path.
    private var sha256: String?

    /// - Parameter path: the file; `-` is standard input.
    public init(path: String) throws(FormatError) {
        let meter = InputMeter(isHashing: true)
        try self.init(path: path, meter.reader(of: path))
        sha256 = meter.hashes.first
    }

    /// - Parameters:
    ///   - path: the file's name.
    ///   - bytes: its contents.
    public init(path: String, _ bytes: consuming ByteReader) throws(FormatError) {
        var reader = InkFileReader(bytes)
        samples = try reader.all()
        repairs = reader.takeRepairs()
        self.path = path
    }

    /// The last part of the path.
    public var name: String { fileName(of: path) }

    /// The description of the training data in a model file.
    public func description(role: String) throws(FormatError) -> DataFile {
        let hash = if let sha256 { sha256 } else { try SHA256.hexDigest(ofFile: path) }
        return DataFile(
            name: name, role: role, sha256: hash, records: samples.count,
            symbols: samples.reduce(0) { $0 + ($1.text ?? "").count })
    }
}
