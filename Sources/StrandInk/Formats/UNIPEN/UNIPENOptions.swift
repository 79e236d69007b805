/// How to read a UNIPEN file.
public struct UNIPENOptions: Sendable, Equatable {
    /// The type of segment that becomes a sample, such as `WORD`. Nil: the last level of `.HIERARCHY` that has segments
    /// with labels; if none has, the last that has segments; without a hierarchy, levels rank in order of first
    /// appearance. A set without segments is one sample without text.
    public var level: String?

    /// The folder that the names of included files start from and may not leave. Nil: the folder of the file.
    public var root: String?

    /// Whether to skip and count missing included files instead of refusing them.
    public var skipsMissingIncludes: Bool

    public init(level: String? = nil, root: String? = nil, skipsMissingIncludes: Bool = false) {
        self.level = level
        self.root = root
        self.skipsMissingIncludes = skipsMissingIncludes
    }
}
