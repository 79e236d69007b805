import Glibc

/// What is wrong with a file itself: it cannot be opened, decompressed or written.
public enum FileProblem: FormatProblem, Equatable {
    /// The input file does not exist.
    case missingFile
    /// The input is a directory.
    case inputIsDirectory
    /// The output is a directory.
    case outputIsDirectory
    /// A file with the output's name exists and must not be replaced.
    case outputExists
    /// Opening or reading failed with this `errno`.
    case cannotRead(errno: Int32)
    /// Opening, writing or renaming failed with this `errno`.
    case cannotWrite(errno: Int32)
    /// The input ends inside a gzip member.
    case truncatedGzip
    /// The gzip data are damaged; the message is zlib's.
    case corruptGzip(message: String)
    /// The input ends inside a zip archive.
    case truncatedZip
    /// The data of a zip archive are damaged.
    case corruptZip(message: String)
    /// A zip archive without this file, or in which it cannot be read.
    case unreadableZip(entry: String)
    /// An array of a NumPy archive that is not of floating-point numbers in C order.
    case badArray
    /// A format that is known and not read here.
    case foreign(ForeignFormat)
    /// Another run writes the same output.
    case outputInUse
    /// An interrupted run left this many complete records of the output, in these files beside it.
    case unfinishedRun(records: Int, leftovers: [String])
    /// An interrupted run of another model, other options or another input left these files.
    case otherRun(leftovers: [String])
    /// Another model, other options or another input made the output, or it was changed since.
    case otherOutput
    /// The output is whole, and this input was changed after it was written.
    case olderThanInput(String)
    /// The output, which is this in the run, is also the input of this name.
    case replacesInput(String, role: String)
    /// The output, which is this in the run, could be the file of a record in the same folder.
    case amongRecords(role: String)
    /// An input that can be read once is given more than once.
    case readTwice
    /// Two outputs, which are these in the run, are one file.
    case sameOutput(String, String)
    /// Reading was asked to stop.
    case stopped

    /// Whether the file can be opened, and only what it holds is at fault.
    package var isOfContents: Bool {
        switch self {
        case .truncatedGzip, .corruptGzip, .truncatedZip, .corruptZip, .unreadableZip, .badArray: true
        default: false
        }
    }

    public var isOfRecord: Bool {
        if case .foreign = self { true } else { false }
    }

    public func description(in file: String) -> String {
        if case .foreign = self { description(naming: file) } else { description }
    }

    public var description: String {
        switch self {
        case .missingFile: "no such file; check the path"
        case .inputIsDirectory: "is a directory; name a file"
        case .outputIsDirectory: "is a directory; name a file to write"
        case .outputExists: "exists already and is not replaced; remove it or name another folder"
        case .cannotRead(let code): "cannot read: \(String(cString: strerror(code)))"
        case .cannotWrite(let code): "cannot write: \(String(cString: strerror(code)))"
        case .truncatedGzip: "gzip data end too early; fetch or compress the file again"
        case .corruptGzip(let message): "corrupt gzip data (\(message)); fetch or compress the file again"
        case .truncatedZip: "zip data end too early; fetch or pack the file again"
        case .corruptZip(let message): "corrupt zip data (\(message)); fetch or pack the file again"
        case .unreadableZip(let entry): "a zip archive without a file '\(entry)' that can be read; unpack it first"
        case .badArray:
            "an array that is not float16, float32 or float64 in C order; save numpy.ascontiguousarray(ARRAY, 'float32')"
        case .foreign(let format): "is \(format.name); \(format.remedy)"
        case .outputInUse: "another run writes this output; wait for it, or name another output"
        case .unfinishedRun(let records, _):
            "an interrupted run left \(counted(records, "complete record")) of this output"
        case .otherRun: "the interrupted run had another model, other options or another input"
        case .otherOutput: "was made with another model, other options or another input, or changed since"
        case .olderThanInput(let input): "is whole, and '\(input)' was changed after it was written"
        case .replacesInput(let input, let role): "the \(role) would replace the input '\(input)'; name another file"
        case .amongRecords(let role): "the \(role) could be a record's file; name one outside the folder of records"
        case .readTwice: "is given more than once, and can be read once"
        case .sameOutput(let first, let second): "is both the \(second) and the \(first); name two files"
        case .stopped: "stopped"
        }
    }
}

extension FormatError.Problem {
    /// A problem of this kind.
    public static func file(_ problem: FileProblem) -> Self { Self(problem) }
}
