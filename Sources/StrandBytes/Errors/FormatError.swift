/// An input that cannot be read or an output that cannot be written, with the place where it happened.
///
/// `description` is one line, `FILE:LINE: record ID: what is wrong; what to do`; unknown parts are left out.
public struct FormatError: Error, Sendable, Equatable {
    /// The file as the user named it; `<stdin>`, `<stdout>`, or the name given to bytes in memory.
    public var file: String
    /// The line, counted from 1; nil if the fault belongs to no line.
    public var line: Int?
    /// The id of the record at fault; nil before the first record or if the id is empty.
    public var record: String?
    /// What is wrong, with the offending values.
    public var problem: Problem

    /// An error whose place may be only partly known.
    public init(file: String, line: Int? = nil, record: String? = nil, problem: Problem) {
        self.file = file
        self.line = line
        self.record = record
        self.problem = problem
    }
}
