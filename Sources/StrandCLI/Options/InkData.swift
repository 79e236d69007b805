import Strand

/// A file of ink, read whole.
struct InkData {
    let path: String
    let samples: [InkSample]

    /// - Parameter path: the file; `-` is standard input.
    init(path: String) throws(FormatError) {
        var reader = InkFileReader(ByteSource(argument: path))
        var samples: [InkSample] = []
        while let sample = try reader.next() { samples.append(sample) }
        self.path = path
        self.samples = samples
    }

    /// The path's last part.
    var name: String { fileName(of: path) }

    /// What a model file says of data it was trained on.
    func description(role: String) throws(FormatError) -> DataFile {
        DataFile(
            name: name, role: role, sha256: try SHA256.hexDigest(ofFile: path), records: samples.count,
            symbols: samples.reduce(0) { $0 + ($1.text ?? "").count })
    }
}
