import StrandBytes

/// Logs unreadable records, parts of records and files.
struct RejectLog: ~Copyable {
    private var writer: ByteWriter?
    private let observer: any RunObserver
    private(set) var count = 0
    /// How many of them were parts of records, and files.
    private(set) var (parts, files) = (0, 0)

    /// - Parameters:
    ///   - path: a file; nil: report to the observer.
    init(path: String?, observer: any RunObserver) throws(FormatError) {
        self.observer = observer
        guard let path else { return }
        writer = try ByteWriter(.file(path))
        try writer!.write(Self.header)
    }

    private static let header = "file\tline\trecord\treason\n"

    /// Whether there is no such file, or a log.
    static func isOne(_ path: String) -> Bool {
        guard FileState.exists(path) else { return true }
        var reader = ByteReader(.file(path))
        return (try? reader.lookAhead(header.utf8.count).elementsEqual(header.utf8)) ?? false
    }

    /// Whether a log has more than its header.
    static func hasRows(_ path: String) -> Bool { FileState.size(of: .file(path)) ?? 0 > header.utf8.count }

    mutating func note(_ error: FormatError) throws(FormatError) {
        count += 1
        if error.problem.isOfPart { parts += 1 } else if !error.problem.isOfRecord { files += 1 }
        guard writer != nil else {
            observer.message("left out: \(error)")
            return
        }
        let line = error.line.map { "\($0)" } ?? ""
        let record = (error.record ?? "").replacing("\t", with: " ")
        let ofUnpacked = error.line != nil && error.isUnpacked ? " (line of the unpacked file)" : ""
        let reason = error.problem.description(in: error.file) + ofUnpacked
        try writer!.write("\(error.file)\t\(line)\t\(record)\t\(reason)\n")
    }

    /// What was left out, in words.
    /// - Parameter noun: what a record is called.
    func summary(_ noun: String) -> String {
        let records = count - parts - files
        let losses = [
            records > 0 ? counted(records, noun) : nil,
            parts > 0 ? (parts == 1 ? "a part of a \(noun)" : "\(grouped(parts)) parts of \(noun)s") : nil,
            files > 0 ? "the rest of \(counted(files, "file"))" : nil,
        ]
        return losses.compactMap { $0 }.joined(separator: ", ")
    }

    consuming func finish() throws(FormatError) {
        _ = try writer.take()?.finish()
    }
}
