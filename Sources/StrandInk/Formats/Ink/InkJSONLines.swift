import StrandBytes

/// Samples of ink as JSON objects with any member names: JSON Lines, an array, or written over several lines.
struct InkJSONLines: ~Copyable {
    private var records: JSONRecords
    private var hasSamples = false
    /// The member with the strokes, which must be present.
    private let strokes: String
    private var repairs = InkRepairs()

    init(_ bytes: consuming ByteReader, strokes: String) {
        records = JSONRecords(bytes)
        self.strokes = strokes
    }

    func isNextLineNear(withinMilliseconds patience: Int) -> Bool {
        records.isNextLineNear(withinMilliseconds: patience)
    }

    /// The next sample, or nil after the last. A sample is named after its line, or its number in an array, unless a
    /// member gives a name.
    ///
    /// - Parameters:
    ///   - expected: what to name as missing from an empty file.
    ///   - take: consumes the value of a member that is not null, and counts points with more values than x, y and t.
    /// - Throws: `noSamples`, `invalidJSON`, `missingMember`, `earlyEnd`, or what `ByteReader` throws.
    mutating func next(
        expected: String,
        _ take: (String, inout JSONScanner, inout InkSample, inout Int) throws(JSONScanner.Fault) -> Void
    ) throws(FormatError) -> InkSample? {
        guard let text = try records.next() else {
            if !hasSamples { throw FormatError(file: records.name, problem: .ink(.noSamples(expected: expected))) }
            return nil
        }
        hasSamples = true
        var sample = InkSample(id: records.recordName, strokes: [])
        var hasStrokes = false
        var furtherValues = 0
        var scanner = JSONScanner(text)
        do throws(JSONScanner.Fault) {
            try scanner.object { key, scanner throws(JSONScanner.Fault) in
                if key == strokes { hasStrokes = true } else if scanner.null() { return }
                try take(key, &scanner, &sample, &furtherValues)
            }
            try scanner.end()
        } catch {
            throw records.error(error)
        }
        if !hasStrokes {
            throw FormatError(
                file: records.name, line: records.lineNumber, record: sample.id, problem: .ink(.missingMember(strokes)))
        }
        repairs.note(.furtherValue, count: furtherValues)
        return sample
    }

    mutating func takeRepairs() -> InkRepairs {
        defer { repairs = InkRepairs() }
        return repairs
    }
}
