import StrandBytes

/// Logs unreadable records.
struct RejectLog: ~Copyable {
    private var writer: ByteWriter?
    private let observer: any RunObserver
    private(set) var count = 0

    /// - Parameters:
    ///   - path: a file; nil: report to the observer.
    init(path: String?, observer: any RunObserver) throws(FormatError) {
        self.observer = observer
        guard let path else { return }
        writer = try ByteWriter(.file(path))
        try writer!.write("file\tline\trecord\treason\n")
    }

    mutating func note(_ error: FormatError) throws(FormatError) {
        count += 1
        guard writer != nil else {
            observer.message("left out: \(error)")
            return
        }
        let line = error.line.map { "\($0)" } ?? ""
        let record = (error.record ?? "").replacing("\t", with: " ")
        try writer!.write("\(error.file)\t\(line)\t\(record)\t\(error.problem)\n")
    }

    consuming func finish() throws(FormatError) {
        _ = try writer.take()?.finish()
    }
}
