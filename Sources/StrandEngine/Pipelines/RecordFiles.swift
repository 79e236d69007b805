import StrandBytes

/// Results in a folder, one file for each record.
struct RecordFiles: ~Copyable {
    private let folder: String
    private let preamble: [UInt8]
    private let suffix: String
    private var names = RecordFileNames()

    /// Creates the folder if it is missing.
    /// - Parameter preamble: the start of each file.
    init(folder: String, preamble: [UInt8], suffix: String) throws(FormatError) {
        try Folder.make(at: folder)
        self.folder = folder
        self.preamble = preamble
        self.suffix = suffix
    }

    /// Writes the file of one record, which appears only when complete.
    mutating func write(_ bytes: [UInt8], id: [UInt8]) throws(FormatError) {
        let name = names.next(forID: id) + suffix
        var writer = try ByteWriter(.newFile(folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"))
        try writer.write(preamble)
        try writer.write(bytes)
        try writer.finish()
    }
}
