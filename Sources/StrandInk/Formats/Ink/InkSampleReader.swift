import StrandBytes

extension ByteSource {
    /// The name without folders and without what follows the first dot: what samples without an id are named after.
    package var stem: String {
        let file = name.split(separator: "/").last ?? ""
        let stem = file.prefix { $0 != "." }
        return stem.isEmpty || name.hasPrefix("<") ? "ink" : String(stem)
    }
}
