import StrandBytes

/// Samples of ink as JSON Lines, with any member names.
struct InkJSONLines: ~Copyable {
    private var lines: LineReader
    private var hasSamples = false
    /// The member with the strokes, which must be present.
    private let strokes: String

    init(_ bytes: consuming ByteReader, strokes: String) {
        lines = LineReader(bytes)
        self.strokes = strokes
    }

    func isNextLineNear(withinMilliseconds patience: Int) -> Bool {
        lines.isNextLineNear(withinMilliseconds: patience)
    }

    /// The next sample, or nil after the last. A sample is named after its line unless a member gives a name.
    ///
    /// - Parameters:
    ///   - expected: what to name as missing from an empty file.
    ///   - take: consumes the value of a member that is not null.
    /// - Throws: `noSamples`, `invalidJSON`, `missingMember`, or what `ByteReader` throws.
    mutating func next(
        expected: String,
        _ take: (String, inout JSONScanner, inout InkSample) throws(JSONScanner.Fault) -> Void
    ) throws(FormatError) -> InkSample? {
        while let line = try lines.next() {
            if line.isBlankLine { continue }
            hasSamples = true
            return try sample(line, take)
        }
        if !hasSamples { throw FormatError(file: lines.name, problem: .ink(.noSamples(expected: expected))) }
        return nil
    }

    private func sample(
        _ line: ArraySlice<UInt8>,
        _ take: (String, inout JSONScanner, inout InkSample) throws(JSONScanner.Fault) -> Void
    ) throws(FormatError) -> InkSample {
        var sample = InkSample(id: "\(lines.lineNumber)", strokes: [])
        var hasStrokes = false
        var scanner = JSONScanner(line)
        do throws(JSONScanner.Fault) {
            try scanner.object { key, scanner throws(JSONScanner.Fault) in
                if key == strokes { hasStrokes = true } else if scanner.null() { return }
                try take(key, &scanner, &sample)
            }
            try scanner.end()
        } catch {
            throw FormatError(
                file: lines.name, line: lines.lineNumber,
                problem: .text(.invalidJSON(expected: error.expected, column: error.column)))
        }
        if !hasStrokes {
            throw FormatError(
                file: lines.name, line: lines.lineNumber, record: sample.id, problem: .ink(.missingMember(strokes)))
        }
        return sample
    }
}
