import StrandBytes

/// Results in a folder, a file for each record.
struct RecordFiles: ~Copyable {
    private let folder: String
    private let preamble: [UInt8]
    private let suffix: String
    private var names = RecordFileNames()

    /// Makes the folder where it is missing.
    /// - Parameter preamble: what each file starts with.
    init(folder: String, preamble: [UInt8], suffix: String) throws(FormatError) {
        try Folder.make(at: folder)
        self.folder = folder
        self.preamble = preamble
        self.suffix = suffix
    }

    /// Writes the file of one record, which appears whole.
    mutating func write(_ bytes: [UInt8], id: [UInt8]) throws(FormatError) {
        let name = names.next(forID: id) + suffix
        var writer = try ByteWriter(.newFile(folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"))
        try writer.write(preamble)
        try writer.write(bytes)
        try writer.finish()
    }
}
