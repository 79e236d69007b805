/// Where bytes come from.
public enum ByteSource: Sendable, Equatable {
    /// A file, pipe or device with this path.
    case file(String)
    /// Standard input.
    case standardInput
    /// Bytes in memory, with their name in errors.
    case memory([UInt8], name: String)

    /// The source a command-line argument names: `-` is standard input, anything else a path.
    public init(argument: String) {
        self = argument == "-" ? .standardInput : .file(argument)
    }

    /// The source's name in errors: the path as given, `<stdin>`, or the name given to the bytes.
    public var name: String {
        switch self {
        case .file(let path): path
        case .standardInput: "<stdin>"
        case .memory(_, let name): name
        }
    }
}
