import StrandEngine
import StrandNetwork

/// Reads ink, as the work of a pipeline.
public struct InkReadingWork: RecordWork {
    public let reader: InkReader
    public let compute: Compute
    public let format: ReadingFormat
    /// What outputs name as the maker of their texts.
    public let maker: PredictionMaker?
    /// The drawing of samples and their readings; nil: not wanted.
    public var drawing: InkDrawing?
    /// All samples with their readings, for an annotation; nil: not wanted.
    public var kept: InkAnnotation.Readings?
    /// How the files' coordinates are meant.
    public var axes = InkAxes.usual
    private var axesCheck = AxesCheck()
    public private(set) var emptySamples = 0
    /// See `InkSample.joinedStrokes`.
    public private(set) var joinedStrokes = 0
    /// How many marks of each kind were left out of the texts.
    public private(set) var marks: [InkReading.Mark.Kind: Int] = [:]

    public init(
        reader: InkReader, compute: Compute, format: ReadingFormat, maker: PredictionMaker? = nil, isDrawn: Bool
    ) {
        self.reader = reader
        self.compute = compute
        self.format = format
        self.maker = maker
        drawing = isDrawn ? InkDrawing() : nil
    }

    public static let nouns = (record: "sample", unit: "point")

    public func id(of sample: InkSample) -> [UInt8] { Array(sample.id.utf8) }

    public func size(of sample: InkSample) -> Int { sample.pointCount }

    /// How the ink looks, and axes by which it is read better; nil: nothing seems to be wrong with them.
    public var betterAxes: (manner: String, axes: InkAxes)? {
        axesCheck.turn(reader, on: compute).map { ($0.manner, axes.turned($0)) }
    }

    public mutating func results(for samples: [InkSample]) -> [[UInt8]] {
        let samples = samples.map(axes.upright)
        let readings = reader.read(samples.map(\.strokes), on: compute)
        for (sample, reading) in zip(samples, readings) {
            if sample.pointCount == 0 { emptySamples += 1 }
            joinedStrokes += sample.joinedStrokes
            for mark in reading.marks { marks[mark.kind, default: 0] += 1 }
            axesCheck.add(sample, reading)
            drawing?.add(sample, reading)
            kept?.append((sample, reading))
        }
        let (format, maker) = (format, maker)
        return compute.map(samples.count) { format.bytes(of: readings[$0], samples[$0], maker: maker) }
    }
}
