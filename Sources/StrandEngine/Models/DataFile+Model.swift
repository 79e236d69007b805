import StrandBytes

/// The last part of a path.
package func fileName(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

extension DataFile {
    /// The description, in a model file, of another model that it was made from.
    public init(model path: String, role: String) throws(FormatError) {
        self.init(
            name: fileName(of: path), role: role, sha256: try SHA256.hexDigest(ofFile: path), records: 0, symbols: 0)
    }
}
