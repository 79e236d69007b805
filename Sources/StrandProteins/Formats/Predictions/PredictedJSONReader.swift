import StrandBytes

/// Predictions as JSON Lines: objects with `id` and `labels`, and optionally `header`, `sequence`, `probabilities`.
struct PredictedJSONReader: ~Copyable, PredictedChainSource {
    /// The members of an object read so far.
    private struct Members {
        var id: String?
        var header: String?
        var sequence: [UInt8]?
        var labels: [UInt8]?
        var columns: [(state: UInt8, values: [Float])] = []
    }

    private var lines: LineReader

    init(_ bytes: consuming ByteReader) {
        lines = LineReader(bytes)
    }

    mutating func next() throws(FormatError) -> PredictedChain? {
        while let line = try lines.next() {
            if !line.isBlankLine { return try chain(line) }
        }
        return nil
    }

    private func chain(_ line: ArraySlice<UInt8>) throws(FormatError) -> PredictedChain {
        var members = Members()
        do throws(FormatError.Problem) {
            try Self.read(line, into: &members)
            return try Self.chain(members)
        } catch {
            // An id with line ends would break the message.
            let id = members.id.flatMap { $0.isEmpty || $0.utf8.contains { $0 < 0x20 } ? nil : $0 }
            throw FormatError(file: lines.name, line: lines.lineNumber, record: id, problem: error)
        }
    }

    private static func read(_ line: ArraySlice<UInt8>, into members: inout Members) throws(FormatError.Problem) {
        var scanner = JSONScanner(line)
        do throws(JSONScanner.Fault) {
            try scanner.object { key, scanner throws(JSONScanner.Fault) in
                if scanner.null() { return }
                switch key {
                case "id": members.id = try scanner.string()
                case "header": members.header = try scanner.string()
                case "sequence": members.sequence = Array(try scanner.string().utf8)
                case "labels": members.labels = Array(try scanner.string().utf8)
                case "probabilities": members.columns = try scanner.probabilities()
                default: try scanner.skip()
                }
            }
            try scanner.end()
            if members.id == nil { throw scanner.fault("a member \"id\"") }
            if members.labels == nil { throw scanner.fault("a member \"labels\"") }
        } catch {
            throw .text(.invalidJSON(expected: error.expected, column: error.column))
        }
    }

    private static func chain(_ members: Members) throws(FormatError.Problem) -> PredictedChain {
        let labels = members.labels ?? []
        if labels.isEmpty { throw .chain(.emptyPrediction) }
        for (index, label) in labels.enumerated() where !(0x20..<0x7F).contains(label) {
            throw .notText(label, column: index + 1)
        }
        let header = Array((members.header ?? members.id ?? "").utf8)
        for (index, byte) in header.enumerated() where byte.isForeignToHeaders {
            throw .notText(byte, column: index + 1)
        }
        if let sequence = members.sequence {
            try check(sequence)
            if sequence.count != labels.count {
                throw .chain(.labelCount(labels: labels.count, residues: sequence.count))
            }
        }
        for (state, values) in members.columns where values.count != labels.count {
            throw .chain(.probabilityCount(values.count, state: state, labels: labels.count))
        }
        return PredictedChain(
            id: members.id ?? "", header: header, sequence: members.sequence,
            labels: labels, states: members.columns.map(\.state),
            probabilities: labels.indices.flatMap { index in members.columns.map { $0.values[index] } })
    }

    private static func check(_ sequence: [UInt8]) throws(FormatError.Problem) {
        for (index, byte) in sequence.enumerated() where !ResidueClass.table[Int(byte)].isResidue {
            throw (0x20..<0x7F).contains(byte)
                ? .chain(.notALetter(byte, column: index + 1)) : .notText(byte, column: index + 1)
        }
    }
}

extension JSONScanner {
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
