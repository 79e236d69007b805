/// What gives samples of ink one at a time: a reader of any format.
///
/// Strokes without points are kept where a format can hold them. Times are kept as they are, also where they go
/// backwards. Making a reader does no I/O; after an error, stop reading.
public protocol InkSampleReader: ~Copyable {
    /// The next sample, or nil after the last.
    mutating func next() throws(FormatError) -> InkSample?
}

extension ByteSource {
    /// The name without folders and without what follows the first dot: what samples without an id are named after.
    package var stem: String {
        let file = name.split(separator: "/").last ?? ""
        let stem = file.prefix { $0 != "." }
        return stem.isEmpty || name.hasPrefix("<") ? "ink" : String(stem)
    }
}
