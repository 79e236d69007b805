import StrandBytes

/// A path's last part.
package func fileName(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

extension DataFile {
    /// What a model file says of a model that it was made from.
    public init(model path: String, role: String) throws(FormatError) {
        self.init(
            name: fileName(of: path), role: role, sha256: try SHA256.hexDigest(ofFile: path), records: 0, symbols: 0)
    }
}
