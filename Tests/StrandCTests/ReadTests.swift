import CStrand
import Strand
import StrandC
import TestSupport
import Testing

@Suite struct ReadTests {
    private static let samples = {
        var reader = DetectedReader(inkOf: ByteReader(.file(TestFiles.path("data/examples/handwriting.jsonl.gz"))))
        var samples: [InkSample] = []
        while let sample = try? reader.next() { samples.append(sample) }
        return Array(samples.prefix(3))
    }()

    /// What the interface reads, put together as the library has it.
    private func read(
        _ samples: [InkSample], columns: Int, _ decoding: strand_decoding = strand_decoding(), scale: Double = 1
    ) throws -> (status: strand_status, readings: [InkReading], error: String) {
        let handle = try Handle("ink", threads: 2)
        var (strokes, points, coordinates): ([Int64], [Int64], [Double]) = ([0], [0], [])
        for sample in samples {
            for stroke in sample.strokes {
                for point in stroke {
                    coordinates += [point.x * scale, point.y] + (columns == 3 ? [point.time ?? .nan] : [])
                }
                points.append(Int64(coordinates.count / columns))
            }
            strokes.append(Int64(points.count - 1))
        }
        var (decoding, error): (_, strand_error) = (decoding, strand_error())
        var readings: UnsafePointer<strand_readings>?
        var ink = strand_ink(
            count: samples.count, strokes: strokes.pointer, points: points.pointer, coordinates: coordinates.pointer,
            columns: CInt(columns))
        let status = strand_read(handle.model, &ink, &decoding, &readings, &error)
        ink.strokes.deallocate()
        ink.points.deallocate()
        ink.coordinates?.deallocate()
        defer { strand_readings_free(readings) }
        let read = readings.map { $0.pointee }
        return (
            status, (0..<(read?.count ?? 0)).map { InkReading(read!.readings![$0]) }, error.message
        )
    }

    @Test(arguments: [2, 3]) func readsAsTheLibraryDoes(columns: Int) throws {
        var samples = Self.samples
        if columns == 2 {
            samples = samples.map {
                InkSample(id: $0.id, strokes: $0.strokes.map { $0.map { InkPoint(x: $0.x, y: $0.y) } })
            }
        }
        samples.append(InkSample(id: "empty", strokes: []))
        let compute = Compute(threads: 1, path: try #require(KernelPath.best(.int8)))
        #expect(
            try read(samples, columns: columns).readings == InkReader.shipped.read(samples.map(\.strokes), on: compute))
    }

    @Test func searches() throws {
        var reader = InkReader.shipped
        reader.decoder = InkDecoder(beamWidth: InkDecoder.usualBeam)
        reader.decoder.alternatives = 3
        reader.decoder.languageModel = .shipped
        let compute = Compute(threads: 1, path: try #require(KernelPath.best(.int8)))
        let result = try read(
            Self.samples, columns: 3, strand_decoding(beam: 0, alternatives: 3, language_model: 1, only: nil))
        #expect(result.readings == reader.read(Self.samples.map(\.strokes), on: compute))
        #expect(result.readings.allSatisfy { (1...3).contains($0.alternatives.count) })
    }

    @Test func onlySomeCharacters() throws {
        let result = try "abcdefgh".withCString {
            try read(Self.samples, columns: 3, strand_decoding(beam: 1, alternatives: 0, language_model: 0, only: $0))
        }
        #expect(result.readings.count == Self.samples.count)
        #expect(result.readings.allSatisfy { $0.text.allSatisfy { "abcdefgh\n".contains($0) } })
    }

    @Test func saysWhatIsWrong() throws {
        func problem(_ columns: Int = 3, _ decoding: strand_decoding = strand_decoding(), scale: Double = 1) throws
            -> String
        { try read(Self.samples, columns: columns, decoding, scale: scale).error }
        #expect(try problem(scale: .infinity) == "sample 0, stroke 0, point 0: inf is no coordinate")
        #expect(try problem(4) == "4 columns: give 2 or 3")
        #expect(
            try problem(3, strand_decoding(beam: 1, alternatives: 1, language_model: 1, only: nil))
                == "a beam of 1: a language model needs 2 or more")
        let foreign = try "aé".withCString {
            try problem(3, strand_decoding(beam: 0, alternatives: 0, language_model: 0, only: $0))
        }
        #expect(foreign == "the model cannot read 'é': leave that out")
    }
}

extension Array where Element: BitwiseCopyable {
    /// A copy in memory of its own, to be deallocated.
    fileprivate var pointer: UnsafePointer<Element> {
        let start = UnsafeMutablePointer<Element>.allocate(capacity: Swift.max(count, 1))
        start.initialize(from: self, count: count)
        return UnsafePointer(start)
    }
}

extension InkReading {
    fileprivate init(_ reading: strand_reading) {
        self.init(
            text: String(cString: reading.text), probability: reading.probability,
            characters: (0..<reading.character_count).map {
                let character = reading.characters![$0]
                return Character(
                    character: Swift.Character(String(cString: character.text)), probability: character.probability,
                    ink: (0..<character.piece_count).map {
                        let piece = character.pieces![$0]
                        return Piece(
                            stroke: Int(piece.stroke), points: Int(piece.first_point)...Int(piece.last_point))
                    }, time: character.start.isNaN ? nil : character.start...character.end)
            },
            alternatives: (0..<reading.alternative_count).map {
                let alternative = reading.alternatives![$0]
                return Alternative(text: String(cString: alternative.text), probability: alternative.probability)
            })
    }
}
