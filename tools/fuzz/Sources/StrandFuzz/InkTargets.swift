import Strand

/// Ink: a target for each format, and one that tells the format by the bytes.
let inkTargets =
    InkFormat.allCases.map { format in
        Target(name: format.rawValue) { bytes in check(records(of: bytes, readInk(format))) }
    } + [Target(name: "ink") { bytes in records(of: bytes, readInk(nil)) }]

/// The root has nothing to include.
private let unipen = UNIPENOptions(root: "/nonexistent", skipsMissingIncludes: true)

@Sendable func readInk(_ format: InkFormat?) -> (ByteSource, Int) -> Reading<InkSample> {
    { source, chunkSize in
        var reader = InkFileReader(source, format: format, unipen: unipen, chunkSize: chunkSize)
        return Reading { () throws(FormatError) in try reader.next() }
    }
}

/// What is read can be written in every format, and is read again as far as the format can hold it.
private func check(_ samples: [InkSample]) {
    if samples.isEmpty { return }
    let lines = written(samples) { () throws(FormatError) in try InkJSONWriter(.memory(name: "written")) }
    requireEqual(records(written: lines, readInk(.jsonLines)), samples, "JSON Lines")
    let drawings = written(samples) { () throws(FormatError) in try QuickDrawWriter(.memory(name: "written")) }
    let drawn = records(written: drawings, readInk(.quickDraw))
    requireEqual(drawn.map(\.positions), samples.map(\.positions), "Quick Draw")
    let inkML = written(samples) { () throws(FormatError) in try InkMLWriter(.memory(name: "written")) }
    requireEqual(records(written: inkML, readInk(.inkML)).map(\.strokes), samples.map(\.strokes), "InkML")
    // What follows each other with one id would become one sample.
    let inked = samples.filter { $0.pointCount > 0 }.enumerated().map { $1.named("\($0)") }
    if inked.isEmpty { return }
    let events = written(inked) { () throws(FormatError) in try PointerEventWriter(.memory(name: "written")) }
    requireEqual(
        records(written: events, readInk(.pointerEvents)).map(\.positions),
        inked.map { $0.positions.filter { !$0.isEmpty } }, "pointer events")
}

private func written<Writer: InkSampleWriter & ~Copyable>(
    _ samples: [InkSample], _ make: () throws(FormatError) -> Writer
) -> [UInt8] {
    do throws(FormatError) {
        var writer = try make()
        for sample in samples { try writer.write(sample) }
        return try writer.finish()
    } catch { fatalError("\(error)") }
}

extension InkSample {
    fileprivate func named(_ id: String) -> InkSample {
        var sample = self
        sample.id = id
        return sample
    }

    /// The points of the strokes without their times.
    fileprivate var positions: [[SIMD2<Double>]] { strokes.map { $0.map(\.position) } }
}
