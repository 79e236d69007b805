import StrandBytes

/// The drawing in a file of Omniglot's strokes (Lake, Salakhutdinov & Tenenbaum 2015, "Human-level concept learning through
/// probabilistic program induction"), plain or gzipped.
///
/// After a line `START` a line is a point `x,y,t`, t in milliseconds, or `BREAK`, where the pen is lifted. The axis of y
/// grows upwards there, and is turned. A file is one sample, named after it, without a text.
/// ```swift
/// var reader = OmniglotReader(.file("0394_01.txt"))
/// while let sample = try reader.next() { print(sample.id, sample.strokes.count) }
/// ```
public struct OmniglotReader: ~Copyable, InkFormatReader {
    private var lines: LineReader
    private var isRead = false

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        lines = LineReader(bytes)
    }

    /// The first line of a file.
    static let firstLine = Array("START".utf8)

    /// The sample, then nil.
    /// - Throws: `noSamples`, `unexpected`, `notANumber`, `numberTooLarge`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        if isRead { return nil }
        isRead = true
        guard let first = try nextLine() else {
            throw FormatError(file: lines.name, problem: .ink(.noSamples(expected: "a line 'START'")))
        }
        guard first.elementsEqual(Self.firstLine) else { throw error(unexpected: first, "'START'") }
        var sample = InkSample(id: lines.source.stem, strokes: [[]])
        var clock = InkClock()
        while let line = try nextLine() {
            if line.elementsEqual("BREAK".utf8) {
                sample.strokes.append([])
                continue
            }
            let values = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            guard values.count == 3 else { throw error(unexpected: line, "a point 'x,y,t' or 'BREAK'") }
            do throws(FormatError.Problem) {
                let point = InkPoint(
                    x: try Double(ink: values[0]), y: -(try Double(ink: values[1])), time: try clock.time(values[2]))
                sample.strokes[sample.strokes.count - 1].append(point)
            } catch {
                throw FormatError(file: lines.name, line: lines.lineNumber, problem: error)
            }
        }
        // The last stroke is broken off, too.
        if sample.strokes.last?.isEmpty == true { sample.strokes.removeLast() }
        return sample
    }

    /// The next line that is not blank, without blanks around it.
    private mutating func nextLine() throws(FormatError) -> ArraySlice<UInt8>? {
        while let line = try lines.next() {
            let text = line.withoutOuterBlanks
            if !text.isEmpty { return text }
        }
        return nil
    }

    private func error(unexpected line: ArraySlice<UInt8>, _ expected: String) -> FormatError {
        FormatError(
            file: lines.name, line: lines.lineNumber,
            problem: .text(.unexpected(String(utf8OrLatin1: line), expected: expected)))
    }
}
