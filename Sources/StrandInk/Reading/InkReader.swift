import Glibc
import StrandBytes
import StrandEngine
import StrandNetwork

/// Reads ink.
///
/// ```swift
/// let reader = InkReader.shipped
/// for reading in reader.read([sample.strokes], on: Compute(threads: 2)) { print(reading.text) }
/// ```
public struct InkReader: Sendable {
    private let tagger: Tagger<InkTask>
    /// How probabilities become text.
    public var decoder = InkDecoder.bestPath

    init(network: RecurrentNetwork<Float>, encoder: InkEncoder, alphabet: InkAlphabet, temperature: Float = 1) {
        tagger = Tagger(network: network, labels: alphabet, encoder: encoder, temperature: temperature)
    }

    /// A reader that runs `model`.
    public init(_ model: InkModel) {
        tagger = Tagger(model)
    }

    /// The characters it can read.
    public var alphabet: InkAlphabet { tagger.labels }

    /// Frames read together: enough to use the processor well, and few enough to hold their probabilities in memory.
    private static let framesTogether = 1024

    /// Reads some samples, each by itself: a sample's reading does not depend on the others or on the number of
    /// threads.
    ///
    /// Ink of several lines is read line by line: see `InkLines`; turned ink is made level, and a strong slant less: see `InkTilt`,
    /// `InkSlant`. Underlines, frames, arrows, rules and drawings are not read
    /// but named: see `InkMarks`. Time and memory are linear in the ink's length.
    /// - Parameters:
    ///   - inks: the strokes of each sample. Strokes without points are ignored.
    ///   - compute: where to run.
    public func read(_ inks: [[[InkPoint]]], on compute: Compute) -> [InkReading] {
        var readings: [InkReading] = []
        var pages: [Page] = []
        var frames = 0
        for start in stride(from: 0, to: inks.count, by: compute.threads) {
            let window = inks[start..<min(start + compute.threads, inks.count)]
            let next = compute.map(window.count) { Page(window[start + $0], tagger.encoder) }
            frames += next.reduce(0) { $0 + $1.frameCount }
            pages += next
            if frames < Self.framesTogether && window.endIndex < inks.count { continue }
            readings += read(pages, of: inks[readings.count...], on: compute)
            (pages, frames) = ([], 0)
        }
        return readings
    }

    /// The lines of a sample, and what is no text.
    private struct Page {
        let ink: PreparedInk
        /// Indices into the prepared ink, and the line's frames.
        let lines: [(strokes: [Int], frames: InkEncoder.Frames)]
        let marks: [InkReading.Mark]

        init(_ sample: [[InkPoint]], _ encoder: InkEncoder) {
            ink = PreparedInk(sample)
            var strokes = ink.strokes
            var marks = InkMarks(strokes)
            if let level = InkTilt.levelled(strokes, without: marks.strokes) {
                strokes = level
                marks = InkMarks(level)
            }
            self.marks = marks.of(ink)
            let letters = InkSlant.corrected(strokes, without: marks.strokes)
            lines = InkLines.split(strokes, without: marks.strokes).map { line in
                (line, encoder.frames(of: line.map { letters[$0] }))
            }
        }

        var frameCount: Int { lines.reduce(0) { $0 + $1.frames.count } }
    }

    /// A line of one of the samples.
    private struct Line {
        var sample: Int
        var ink: PreparedInk
        /// Indices into the prepared ink.
        var strokes: [Int]
        var frames: InkEncoder.Frames
    }

    /// - Parameter inks: those of the pages first.
    private func read(_ pages: [Page], of inks: ArraySlice<[[InkPoint]]>, on compute: Compute) -> [InkReading] {
        let inks = Array(inks.prefix(pages.count))
        let lines = pages.enumerated().flatMap { sample, page in
            page.lines.map { Line(sample: sample, ink: page.ink, strokes: $0.strokes, frames: $0.frames) }
        }
        let probabilities = tagger.probabilities(of: lines.map(\.frames), on: compute)
            .map { Matrix(rows: $0.count / alphabet.labelCount, columns: alphabet.labelCount, elements: $0) }
        let readings = compute.map(lines.count) { index in
            reading(
                lines[index], of: inks[lines[index].sample],
                decoder.allowed(probabilities[index], alphabet: alphabet))
        }
        var bySample = [InkReading?](repeating: nil, count: inks.count)
        for (line, reading) in zip(lines, readings) {
            bySample[line.sample] =
                bySample[line.sample]?.followed(by: reading, keeping: decoder.alternatives) ?? reading
        }
        return zip(bySample, pages).map { reading, page in
            var reading = reading ?? .empty
            reading.marks = page.marks
            return reading
        }
    }

    private func reading(_ line: Line, of ink: [[InkPoint]], _ probabilities: Matrix<Float>) -> InkReading {
        let texts = decoder.texts(probabilities, alphabet: alphabet)
        let best = texts[0].text
        guard let alignment = CTCAlignment(best, to: probabilities, blank: InkAlphabet.blank) else {
            preconditionFailure("a decoded text has a path")
        }
        let letters = best.map { alphabet.characters[Int($0) - 1] }
        let segments = line.frames.segments(
            of: zip(letters, alignment.symbols).filter { !$0.0.isWhitespace }.map(\.1.steps))
        var next = segments.startIndex
        let characters = zip(letters, alignment.symbols).map { letter, symbol in
            var pieces: [InkReading.Piece] = []
            if !letter.isWhitespace {
                pieces = line.frames.pieces(of: segments[next], strokes: line.strokes, in: line.ink)
                next += 1
            }
            return InkReading.Character(
                character: letter, probability: Double(symbol.probability), ink: pieces, time: time(of: pieces, in: ink)
            )
        }
        let alternatives = texts.map {
            InkReading.Alternative(text: alphabet.text(of: $0.text), probability: exp($0.logProbability))
        }
        return InkReading(
            text: alternatives[0].text, probability: alternatives[0].probability, characters: characters,
            alternatives: alternatives)
    }

    private func time(of pieces: [InkReading.Piece], in ink: [[InkPoint]]) -> ClosedRange<Double>? {
        let times = pieces.flatMap { piece in ink[piece.stroke][piece.points].compactMap(\.time) }
        guard let first = times.min(), let last = times.max() else { return nil }
        return first...last
    }
}

extension InkEncoder.Frames {
    /// The steps of each symbol that CTC emits at these frames: all ink between two emissions is divided, cut at the
    /// farthest pen-up jump, else half-way.
    func segments(of emissions: [ClosedRange<Int>]) -> [Range<Int>] {
        let cuts = zip(emissions, emissions.dropFirst()).map { emission, next in
            // The frames that emit may contain the end of their letter's ink, or its start.
            cut(from: emission.upperBound * stepsPerFrame + 1, to: next.lowerBound * stepsPerFrame + 1)
        }
        return zip([0] + cuts, cuts + [sources.count]).prefix(emissions.count).map { $0..<$1 }
    }

    /// Where to cut the steps between two emissions.
    private func cut(from start: Int, to end: Int) -> Int {
        let lifts = (start..<end).filter { sources[$0].isPenUp }
        return lifts.max { abs(jump(at: $0)) < abs(jump(at: $1)) } ?? (start + end) / 2
    }

    private func jump(at step: Int) -> Float { values[step * InkEncoder.stepFeatureCount + InkWalk.jumpFeature] }

    /// The sample's ink of some steps, stroke by stroke; `strokes` are the indices of the line's strokes in the ink.
    func pieces(of steps: Range<Int>, strokes: [Int], in ink: PreparedInk) -> [InkReading.Piece] {
        var pieces: [InkReading.Piece] = []
        for source in sources[steps] where !source.isPenUp {
            for piece in ink.pieces(of: strokes[source.stroke], source.points) {
                if let last = pieces.last, last.stroke == piece.stroke {
                    pieces[pieces.count - 1].points = last.points.lowerBound...piece.points.upperBound
                } else {
                    pieces.append(piece)
                }
            }
        }
        return pieces
    }
}

extension InkReading {
    /// This line followed by the next.
    fileprivate func followed(by next: InkReading, keeping count: Int) -> InkReading {
        let pairs = alternatives.flatMap { first in
            next.alternatives.map { second in
                Alternative(text: first.text + "\n" + second.text, probability: first.probability * second.probability)
            }
        }
        return InkReading(
            text: text + "\n" + next.text, probability: probability * next.probability,
            characters: characters + next.characters,
            alternatives: Array(pairs.sorted { $0.probability > $1.probability }.prefix(count)))
    }
}
