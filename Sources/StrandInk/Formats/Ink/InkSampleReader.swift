import StrandBytes

/// What gives samples of ink one at a time: a reader of any format.
///
/// Strokes without points are kept where a format can hold them. Times are kept as they are, also where they go
/// backwards. Making a reader does no I/O. After an error that `FormatError.Problem.isOfRecord`, the next call goes on
/// behind the faulty sample; after another, stop reading.
public protocol InkSampleReader: ~Copyable {
    /// The next sample, or nil after the last.
    mutating func next() throws(FormatError) -> InkSample?

    /// Whether reading the next sample is likely not to wait: more of the source is there, or comes within this time.
    func isNextSampleNear(withinMilliseconds patience: Int) -> Bool
}

extension InkSampleReader where Self: ~Copyable {
    /// True: of most formats it cannot be told.
    public func isNextSampleNear(withinMilliseconds patience: Int) -> Bool { true }
}

extension ByteSource {
    /// The name without folders and without what follows the first dot: what samples without an id are named after.
    package var stem: String {
        let file = name.split(separator: "/").last ?? ""
        let stem = file.prefix { $0 != "." }
        return stem.isEmpty || name.hasPrefix("<") ? "ink" : String(stem)
    }
}
