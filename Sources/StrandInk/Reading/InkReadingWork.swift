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
    public private(set) var emptySamples = 0
    /// See `InkSample.joinedStrokes`.
    public private(set) var joinedStrokes = 0

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

    public mutating func results(for samples: [InkSample]) -> [[UInt8]] {
        let readings = reader.read(samples.map(\.strokes), on: compute)
        for (sample, reading) in zip(samples, readings) {
            if sample.pointCount == 0 { emptySamples += 1 }
            joinedStrokes += sample.joinedStrokes
            drawing?.add(sample, reading)
        }
        let (format, maker) = (format, maker)
        return compute.map(samples.count) { format.bytes(of: readings[$0], id: samples[$0].id, maker: maker) }
    }
}
