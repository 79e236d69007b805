import StrandBytes

extension ByteSource {
    /// The file name without folders and everything from the first dot on: names samples without an id.
    package var stem: String {
        let file = name.split(separator: "/").last ?? ""
        let stem = file.prefix { $0 != "." }
        return stem.isEmpty || name.hasPrefix("<") ? "ink" : String(stem)
    }
}
