/// How a UNIPEN file is read.
public struct UNIPENOptions: Sendable, Equatable {
    /// The type of segment that becomes a sample, such as `WORD`. Nil: the last level of `.HIERARCHY` that has segments
    /// with labels; where none has, the last that has segments; where no hierarchy is declared, levels rank as they
    /// first occur. A set without segments is one sample without text.
    public var level: String?

    /// The folder that the names of included files start from and that none of them may leave. Nil: that of the file.
    public var root: String?

    /// Whether included files that are not there are skipped, and counted, instead of refused.
    public var skipsMissingIncludes: Bool

    public init(level: String? = nil, root: String? = nil, skipsMissingIncludes: Bool = false) {
        self.level = level
        self.root = root
        self.skipsMissingIncludes = skipsMissingIncludes
    }
}
