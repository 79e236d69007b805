import StrandBytes

/// The characters of a file of UJIpenchars2 (Llorens, Prat, Marzal, Vilar, Castro, Amengual, Barrachina, Castellanos,
/// España, Gómez, Gorbe, Gordo, Palazón, Peris, Ramos-Garijo & Zamora 2008), plain or gzipped, one at a time.
///
/// A record is `WORD c session`, `NUMSTROKES n` and n lines `POINTS k # x y x y ...`. Sessions hold many characters, so a
/// sample's id is the session and the character, `trn_UJI_W01-01-a`, and its writer the middle of the session, `UJI_W01`.
/// Comments (`//`) are skipped, except one that gives the units per millimetre.
/// ```swift
/// var reader = UJIPenCharactersReader(.file("ujipenchars2.txt"))
/// while let sample = try reader.next() { print(sample.id, sample.text ?? "?") }
/// ```
public struct UJIPenCharactersReader: ~Copyable, InkFormatReader {
    private var lines: LineReader
    private var unitsPerMillimetre: Double?
    private var hasSamples = false

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        lines = LineReader(bytes)
    }

    /// The next sample, or nil after the last.
    /// - Throws: `noSamples`, `unexpected`, `earlyEnd`, `notANumber`, `numberTooLarge`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        guard let (words, text) = try nextHeader() else {
            if !hasSamples { throw FormatError(file: lines.name, problem: .ink(.noSamples(expected: "a line 'WORD'"))) }
            return nil
        }
        hasSamples = true
        guard words.count == 3, words[0] == "WORD" else {
            throw error(.text(.unexpected(text, expected: "'WORD', a character and a session")))
        }
        var sample = InkSample(
            id: "\(words[2])-\(words[1])", writer: Self.writer(ofSession: words[2]), text: words[1], strokes: [],
            unitsPerMillimetre: unitsPerMillimetre)
        let count = try nextStrokeCount(of: sample)
        while sample.strokes.count < count { sample.strokes.append(try nextStroke(of: sample)) }
        return sample
    }

    /// The words of the next line that is not a comment, and the line; nil at the end.
    private mutating func nextHeader() throws(FormatError) -> (words: [String], text: String)? {
        while let line = try lines.next() {
            let words = line.words.map { String(utf8OrLatin1: $0) }
            if words.isEmpty { continue }
            if !words[0].hasPrefix("//") { return (words, String(utf8OrLatin1: line)) }
            let unit = words.firstIndex(of: "units") ?? 0
            if unit > 0, words[unit...].starts(with: ["units", "per", "millimetre"]) {
                let number = Array(words[unit - 1].utf8)[...]
                do throws(FormatError.Problem) {
                    unitsPerMillimetre = try Double(decimal: number)?.limited(shownAs: number)
                } catch {
                    throw self.error(error)
                }
            }
        }
        return nil
    }

    private mutating func nextStrokeCount(of sample: InkSample) throws(FormatError) -> Int {
        let words = try nextLine(of: sample, expected: "'NUMSTROKES' and a number")
        guard words.count == 2, words[0].elementsEqual("NUMSTROKES".utf8), let count = Int(countOfInk: words[1]) else {
            throw error(
                .text(.unexpected(String(wordsOfInk: words), expected: "'NUMSTROKES' and a number")), in: sample)
        }
        return count
    }

    private mutating func nextStroke(of sample: InkSample) throws(FormatError) -> [InkPoint] {
        let words = try nextLine(of: sample, expected: "'POINTS'")
        guard words.count > 2, words[0].elementsEqual("POINTS".utf8), let count = Int(countOfInk: words[1]),
            words[2].elementsEqual("#".utf8)
        else {
            throw error(
                .text(.unexpected(String(wordsOfInk: words), expected: "'POINTS', a number and '#'")), in: sample)
        }
        var values: [Double] = []
        do throws(FormatError.Problem) {
            for word in words.dropFirst(3) { values.append(try Double(ink: word)) }
        } catch {
            throw self.error(error, in: sample)
        }
        if values.count != 2 * count {
            throw error(
                .text(.unexpected(counted(values.count, "number"), expected: "x and y of \(counted(count, "point"))")),
                in: sample)
        }
        return (0..<count).map { InkPoint(x: values[2 * $0], y: values[2 * $0 + 1]) }
    }

    private mutating func nextLine(
        of sample: InkSample, expected: String
    ) throws(FormatError) -> [ArraySlice<UInt8>] {
        guard let line = try lines.next() else {
            throw error(.text(.earlyEnd(expected: expected)), in: sample)
        }
        return line.words
    }

    private func error(_ problem: FormatError.Problem, in sample: InkSample? = nil) -> FormatError {
        FormatError(file: lines.name, line: lines.lineNumber, record: sample?.id, problem: problem)
    }

    /// `UJI_W01` of `trn_UJI_W01-01`: without the prefix of the collection and the number of the session.
    private static func writer(ofSession session: String) -> String {
        let parts = ["trn_", "tst_"].filter(session.hasPrefix)
        return String(session.dropFirst(parts.first?.count ?? 0).prefix { $0 != "-" })
    }
}
