/// Where bytes go. A name that ends in `.gz` asks for gzip.
public enum ByteDestination: Sendable, Equatable {
    /// A file, FIFO or device with this path.
    case file(String)
    /// A file with this path, which must not exist yet.
    case newFile(String)
    /// Standard output, never compressed.
    case standardOutput
    /// Memory: `ByteWriter.finish()` returns the bytes.
    case memory(name: String)

    /// The destination a command-line argument names: `-` is standard output, anything else a path.
    public init(argument: String) {
        self = argument == "-" ? .standardOutput : .file(argument)
    }

    /// The destination's name in errors: the path as given, `<stdout>`, or the name given to the memory.
    public var name: String {
        switch self {
        case .file(let path), .newFile(let path): path
        case .standardOutput: "<stdout>"
        case .memory(let name): name
        }
    }

    /// Whether the output is compressed: the name ends in `.gz`.
    public var isCompressed: Bool { name.hasSuffix(".gz") }
}
