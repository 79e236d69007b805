import CStrand
import Strand

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_read(
    _ model: OpaquePointer, _ ink: UnsafePointer<strand_ink>, _ decoding: UnsafePointer<strand_decoding>?,
    _ readings: UnsafeMutablePointer<UnsafePointer<strand_readings>?>, _ error: UnsafeMutablePointer<strand_error>?
) -> strand_status {
    readings.pointee = nil
    return call(error) {
        let model = OpenModel.at(model)
        guard case .ink(var reader) = model.kind else {
            throw CallError.argument("the model is for proteins: strand_read takes one for ink")
        }
        if let decoding { reader.decoder = try InkDecoder(decoding.pointee, for: reader.alphabet) }
        let samples = try ink.pointee.samples
        readings.pointee = HeldReadings(reader.read(samples, on: model.compute)).pointer
    }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_readings_free(_ readings: UnsafePointer<strand_readings>?) {
    if let readings { HeldReadings.release(readings) }
}

extension InkDecoder {
    /// - Throws: if a number is out of range, or the model cannot read a character.
    fileprivate init(_ decoding: strand_decoding, for alphabet: InkAlphabet) throws {
        let (beam, wanted) = (Int(decoding.beam), max(1, Int(decoding.alternatives)))
        let isGuided = decoding.language_model != 0
        guard (0...10_000).contains(beam), (0...10_000).contains(decoding.alternatives) else {
            throw CallError.argument("a beam of \(beam) for \(decoding.alternatives) texts: give 0 to 10000")
        }
        guard !(isGuided && beam == 1) else {
            throw CallError.argument("a beam of 1: a language model needs 2 or more")
        }
        self.init(beamWidth: Self.beamWidth(beam > 0 ? beam : nil, isGuided: isGuided, alternatives: wanted))
        alternatives = wanted
        if isGuided { languageModel = .shipped }
        guard let only = decoding.only.map({ String(cString: $0) }) else { return }
        let foreign = only.filter { alphabet.label(of: $0) == nil }
        guard !only.isEmpty, foreign.isEmpty else {
            throw CallError.argument(
                only.isEmpty
                    ? "the characters that a text may have: give at least one"
                    : "the model cannot read '\(foreign)': leave that out")
        }
        characters = Set(only)
    }
}

extension strand_ink {
    /// The strokes of each sample.
    /// - Throws: if offsets do not rise, or a coordinate is no number or too large.
    fileprivate var samples: [[[InkPoint]]] {
        get throws {
            guard columns == 2 || columns == 3 else { throw CallError.argument("\(columns) columns: give 2 or 3") }
            return try checkedCount(count, "samples").map { sample in
                try range(strokes, sample, "sample").enumerated().map { number, stroke in
                    let range = try range(points, stroke, "stroke")
                    return try range.map {
                        try point($0, "sample \(sample), stroke \(number), point \($0 - range.lowerBound)")
                    }
                }
            }
        }
    }

    private func range(_ offsets: UnsafePointer<Int64>, _ index: Int, _ what: String) throws -> Range<Int> {
        let (start, end) = (offsets[index], offsets[index + 1])
        guard start >= 0, end >= start else {
            throw CallError.argument("\(what) \(index): offsets \(start) and \(end): they have to rise from 0")
        }
        guard end - start <= mostInACall else {
            throw CallError.argument("\(what) \(index) has \(end - start) parts: \(mostInACall) is the most")
        }
        return Int(start)..<Int(end)
    }

    private func point(_ index: Int, _ place: @autoclosure () -> String) throws -> InkPoint {
        guard let row = coordinates.map({ $0 + index * Int(columns) }) else {
            throw CallError.argument("coordinates is NULL")
        }
        for column in 0..<2 where !(abs(row[column]) <= InkJSONReader.largestNumber) {
            throw CallError.input("\(place()): \(row[column]) is no coordinate")
        }
        let time = columns == 3 && !row[2].isNaN ? row[2] : nil
        if let time, !(abs(time) <= InkJSONReader.largestNumber) {
            throw CallError.input("\(place()): \(time) is no time in milliseconds")
        }
        return InkPoint(x: row[0], y: row[1], time: time)
    }
}

/// Readings in memory of C, freed together.
private final class HeldReadings {
    /// What is handed out, and what keeps it.
    private struct Block {
        var readings: strand_readings
        var owner: Unmanaged<HeldReadings>?
    }

    private let block = UnsafeMutablePointer<Block>.allocate(capacity: 1)
    private var memory: [UnsafeMutableRawPointer] = []

    init(_ readings: [InkReading]) {
        let held = readings.map(hold)
        block.initialize(
            to: Block(readings: strand_readings(count: held.count, readings: array(held)), owner: nil))
    }

    deinit {
        for block in memory { block.deallocate() }
        block.deallocate()
    }

    /// A pointer that keeps the readings until they are released.
    var pointer: UnsafePointer<strand_readings> {
        block.pointee.owner = Unmanaged.passRetained(self)
        return UnsafeRawPointer(block).assumingMemoryBound(to: strand_readings.self)
    }

    static func release(_ readings: UnsafePointer<strand_readings>) {
        UnsafeRawPointer(readings).assumingMemoryBound(to: Block.self).pointee.owner?.release()
    }

    private func hold(_ reading: InkReading) -> strand_reading {
        let characters = reading.characters.map { character in
            strand_character(
                text: text(String(character.character)), probability: character.probability,
                start: character.time?.lowerBound ?? .nan, end: character.time?.upperBound ?? .nan,
                piece_count: character.ink.count,
                pieces: array(
                    character.ink.map {
                        strand_piece(
                            stroke: Int64($0.stroke), first_point: Int64($0.points.lowerBound),
                            last_point: Int64($0.points.upperBound))
                    }))
        }
        let alternatives = reading.alternatives.map {
            strand_alternative(text: text($0.text), probability: $0.probability)
        }
        return strand_reading(
            text: text(reading.text), probability: reading.probability, character_count: characters.count,
            characters: array(characters), alternative_count: alternatives.count, alternatives: array(alternatives))
    }

    private func array<Element>(_ elements: [Element]) -> UnsafePointer<Element>? {
        guard !elements.isEmpty else { return nil }
        let start = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
        start.initialize(from: elements, count: elements.count)
        memory.append(UnsafeMutableRawPointer(start))
        return UnsafePointer(start)
    }

    private func text(_ text: String) -> UnsafePointer<CChar> { array(Array(text.utf8CString))! }
}
