import Strand

/// Reading of ink, as the work of a pipeline.
struct InkReadingWork: RecordWork {
    let reader: InkReader
    let compute: Compute
    let format: ReadingFormat
    /// What is drawn of the samples and what they say; nil: nothing.
    var drawing: InkDrawing?
    private(set) var emptySamples = 0

    init(reader: InkReader, compute: Compute, format: ReadingFormat, isDrawn: Bool) {
        self.reader = reader
        self.compute = compute
        self.format = format
        drawing = isDrawn ? InkDrawing() : nil
    }

    static let nouns = (record: "sample", unit: "point")

    func id(of sample: InkSample) -> [UInt8] { Array(sample.id.utf8) }

    func size(of sample: InkSample) -> Int { sample.pointCount }

    mutating func results(for samples: [InkSample]) -> [[UInt8]] {
        let readings = reader.read(samples.map(\.strokes), on: compute)
        for (sample, reading) in zip(samples, readings) {
            if sample.pointCount == 0 { emptySamples += 1 }
            drawing?.add(sample, reading)
        }
        let format = format
        return compute.map(samples.count) { format.bytes(of: readings[$0], id: samples[$0].id) }
    }
}
