import StrandBytes

/// Chains as JSON Lines: objects with `id` and `labels`, and optionally `header`, `sequence`, `probabilities`; data sets
/// have other names for these (`ChainMembers`).
struct PredictedJSONReader: ~Copyable, ChainSource {
    private var lines: LineReader
    private var repairs = SequenceRepairs()

    init(_ bytes: consuming ByteReader) {
        lines = LineReader(bytes)
    }

    mutating func takeRepairs() -> SequenceRepairs { repairs.take() }

    mutating func next() throws(FormatError) -> LabelledChain? {
        while let line = try lines.next() {
            if line.isBlankLine { continue }
            var members = ChainMembers()
            do throws(FormatError.Problem) {
                try Self.read(line, into: &members)
                return try members.chain(repairs: &repairs)
            } catch {
                throw FormatError(
                    file: lines.name, line: lines.lineNumber, record: members.printableID, problem: error)
            }
        }
        return nil
    }

    private static func read(_ line: ArraySlice<UInt8>, into members: inout ChainMembers) throws(FormatError.Problem) {
        var scanner = JSONScanner(line)
        do throws(JSONScanner.Fault) {
            try scanner.object { key, scanner throws(JSONScanner.Fault) in
                members.note(key)
                if scanner.null() { return }
                if key == "probabilities" {
                    members.columns = try scanner.probabilities()
                } else if let text = try scanner.text(of: key) {
                    members.set(key, to: text)
                } else {
                    try scanner.skip()
                }
            }
            try scanner.end()
        } catch {
            throw .text(.invalidJSON(expected: error.expected, column: error.column))
        }
        if members.id == nil { throw .chain(.missingMember("id", found: members.names)) }
        if !members.hasLabels { throw .chain(.missingMember("labels", found: members.names)) }
    }
}

extension JSONScanner {
    /// The text of a member of a chain; nil, and nothing consumed, if it is no such member. Names that mean other things
    /// elsewhere may have other values.
    fileprivate mutating func text(of key: String) throws(Fault) -> String? {
        guard let kind = ChainMembers.Kind(name: key) else { return nil }
        if kind.names.first == key { return try string() }
        var ahead = self
        guard let text = try? ahead.string() else { return nil }
        self = ahead
        return text
    }

    /// An array of numbers for each state, by the state's letter.
    fileprivate mutating func probabilities() throws(Fault) -> [(state: UInt8, values: [Float])] {
        var columns: [(state: UInt8, values: [Float])] = []
        try object { key, scanner throws(Fault) in
            guard key.utf8.count == 1, let state = key.utf8.first else {
                throw scanner.fault("one letter as the name of a state")
            }
            var values: [Float] = []
            try scanner.array { scanner throws(Fault) in
                let value = Float(try scanner.number())
                guard value.isFinite else { throw scanner.fault("a probability") }
                values.append(value)
            }
            columns.append((state, values))
        }
        return columns
    }
}
