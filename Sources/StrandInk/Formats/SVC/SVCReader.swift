import StrandBytes

/// The recording in a file of the Signature Verification Competition (Yeung, Chang, Xiong, George, Kashi, Matsumoto & Rigoll
/// 2004, "SVC2004: First International Signature Verification Competition"), as Wacom tablets are recorded (`.svc`).
///
/// The first line is the number of points; each further line is a point: x, y, a time in milliseconds, whether the pen is
/// down (1) or hovers (0), azimuth, altitude and pressure. The axis of y grows upwards there, and is turned. Strokes are
/// parted by points where the pen hovers, and, as many tablets send nothing then, where time and place go on by far more
/// than from point to point. A file is one sample, named after it, without a text.
/// ```swift
/// var reader = SVCReader(.file("u00001s00001.svc"))
/// while let sample = try reader.next() { print(sample.id, sample.strokes.count) }
/// ```
public struct SVCReader: ~Copyable, InkFormatReader {
    private var lines: LineReader
    private var isRead = false

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        lines = LineReader(bytes)
    }

    /// The values of a point that there have to be: x, y, time and whether the pen is down; files differ in those after.
    private static let leastValues = 4

    /// Whether a file may start so: a number alone, and then rows of seven numbers.
    static func starts(_ text: ArraySlice<UInt8>) -> Bool {
        let lines = text.split(maxSplits: 2, whereSeparator: { $0 == 0x0A || $0 == 0x0D }).prefix(2).map(\.words)
        guard lines.count == 2, lines[0].count == 1, Int(countOfInk: lines[0][0]) != nil else { return false }
        return lines[1].count == 7 && lines[1].allSatisfy { Double(decimal: $0) != nil }
    }

    /// The sample, then nil.
    /// - Throws: `noSamples`, `unexpected`, `earlyEnd`, `notANumber`, `numberTooLarge`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        if isRead { return nil }
        isRead = true
        guard let first = try nextLine() else {
            throw FormatError(file: lines.name, problem: .ink(.noSamples(expected: "a number of points")))
        }
        guard first.count == 1, let count = Int(countOfInk: first[0]) else {
            throw error(.text(.unexpected(String(wordsOfInk: first), expected: "the number of points")))
        }
        var sample = InkSample(id: lines.source.stem, strokes: [])
        var (clock, isDown, read) = (InkClock(), false, 0)
        while let words = try nextLine() {
            if read == count { throw error(.text(.unexpected(String(wordsOfInk: words), expected: "the end"))) }
            read += 1
            let wasDown = isDown
            do throws(FormatError.Problem) {
                let (point, status) = try Self.point(words, &clock)
                isDown = status
                if !isDown { continue }
                if !wasDown { sample.strokes.append([]) }
                sample.strokes[sample.strokes.count - 1].append(point)
            } catch {
                throw self.error(error)
            }
        }
        if read < count {
            throw FormatError(
                file: lines.name, problem: .text(.earlyEnd(expected: "point \(read + 1) of \(count)")))
        }
        let steps = Steps(sample.strokes)
        sample.strokes = sample.strokes.flatMap { Self.parted($0, steps: steps) }
        return sample
    }

    /// The usual time and distance from a point to the next.
    private struct Steps {
        var (time, distance) = (0.0, 0.0)

        init(_ strokes: [[InkPoint]]) {
            let steps = strokes.flatMap { zip($0, $0.dropFirst()) }
            if steps.isEmpty { return }
            time = steps.map { ($1.time ?? 0) - ($0.time ?? 0) }.sorted()[steps.count / 2]
            distance = steps.map { ($1.position - $0.position).length }.sorted()[steps.count / 2]
        }
    }

    /// A pause is longer than so many steps.
    private static let leastPause = 4.0

    private static func parted(_ stroke: [InkPoint], steps: Steps) -> [[InkPoint]] {
        var parts: [[InkPoint]] = []
        for point in stroke {
            let isNext = parts.last?.last.map { last in
                (point.time ?? 0) - (last.time ?? 0) <= leastPause * steps.time
                    || (point.position - last.position).length <= steps.distance
            }
            if isNext == true { parts[parts.count - 1].append(point) } else { parts.append([point]) }
        }
        return parts
    }

    private static func point(
        _ words: [ArraySlice<UInt8>], _ clock: inout InkClock
    ) throws(FormatError.Problem) -> (InkPoint, isDown: Bool) {
        guard words.count >= leastValues else {
            throw .text(.unexpected(String(wordsOfInk: words), expected: "x, y, time, pen status and more"))
        }
        let point = InkPoint(
            x: try Double(ink: words[0]), y: -(try Double(ink: words[1])), time: try clock.time(words[2]))
        // The other bits are the pen's buttons.
        return (point, Int(try Double(ink: words[3])) & 1 == 1)
    }

    private mutating func nextLine() throws(FormatError) -> [ArraySlice<UInt8>]? {
        while let line = try lines.next() {
            let words = line.words
            if !words.isEmpty { return words }
        }
        return nil
    }

    private func error(_ problem: FormatError.Problem) -> FormatError {
        FormatError(file: lines.name, line: lines.lineNumber, problem: problem)
    }
}
