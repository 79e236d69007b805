import StrandBytes
import StrandMetrics

/// Writes ink samples one at a time: a writer of any format.
public protocol InkSampleWriter: ~Copyable {
    /// What was left out because the format cannot hold it.
    var losses: InkLosses { get }

    /// Writes one sample.
    mutating func write(_ sample: InkSample) throws(FormatError)

    /// Closes the file and returns the bytes written to memory; see `ByteWriter.finish()`.
    @discardableResult
    consuming func finish() throws(FormatError) -> [UInt8]
}

/// What a writer left out because its format cannot hold it.
public struct InkLosses: Sendable, Equatable, CustomStringConvertible {
    /// How often each kind of thing was left out.
    public private(set) var counts: [String: Int] = [:]

    /// Nothing left out.
    public init() {}

    /// Whether nothing was left out.
    public var isEmpty: Bool { counts.isEmpty }

    /// Counts something left out `count` times.
    public mutating func add(_ kind: String, count: Int = 1) {
        if count > 0 { counts[kind, default: 0] += count }
    }

    /// Counts the known members of a sample that the format does not hold.
    package mutating func add(membersOf sample: InkSample, except held: Set<String> = []) {
        let members: [(name: String, isKnown: Bool)] = [
            ("writer", sample.writer != nil), ("text", sample.text != nil), ("style", sample.style != nil),
            ("units per mm", sample.unitsPerMillimetre != nil), ("rate", sample.hertz != nil),
            ("stroke starts", sample.strokeStarts != nil),
        ]
        for member in members where member.isKnown && !held.contains(member.name) { add(member.name) }
    }

    /// The kinds in alphabetical order: `rate 3, writer 3`.
    public var description: String {
        counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}
