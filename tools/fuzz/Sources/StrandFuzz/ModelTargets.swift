import FoundationEssentials
import Strand

/// Files of tensors, and models: what loads must run.
let modelTargets = [
    Target(name: "safetensors") { bytes in
        guard let file = read({ () throws(SafetensorsError) in try Safetensors(bytes: Data(bytes), file: name) }) else {
            return
        }
        guard let encoded = try? file.encoded() else { fatalError("cannot be encoded") }
        let again = read { () throws(SafetensorsError) in try Safetensors(bytes: encoded, file: name) }
        requireEqual(again?.bits, file.bits, "tensors")
        requireEqual(again?.metadata, file.metadata, "metadata")
        runModel(in: file)
    },
    // A line of JSON, and numbers.
    Target(name: "models") { bytes in
        let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts.count == 2 ? brainFloats(parts[1]) : []
        for shape in [(inputs: 21, labels: 8), (inputs: 12, labels: 3)] {
            let tensors = tensors(inputs: shape.inputs, labels: shape.labels, numbers)
            runModel(in: Safetensors(metadata: ["strand": text(Array(parts[0]))], tensors: tensors))
        }
    },
    // Any ink can be read, drawn and surveyed.
    Target(name: "readings") { bytes in
        let samples = records(of: bytes, readInk(.jsonLines))
        let readings = reader.read(samples.map(\.strokes), on: compute)
        requireEqual(readings.count, samples.count, "readings")
        var (drawing, survey) = (InkDrawing(), InkSurvey())
        for (sample, reading) in zip(samples, readings) {
            drawing.add(sample, reading)
            survey.add(sample)
        }
        require(!drawing.svg.isEmpty, "a drawing")
        _ = survey.findings()
    },
]

private let name = "fuzz"
private let compute = Compute(threads: 1)
private let chain = Array("MKVX".utf8)
private let reader = {
    var (encoder, generator) = (InkEncoder(), SeededGenerator(seed: 1))
    encoder.stepsPerFrame = 1
    let shape = NetworkShape(inputs: encoder.featureCount, hidden: 2, layers: 1, labels: 3)
    let network = RecurrentNetwork<Float>(shape: shape, using: &generator)
    return InkReader(InkModel(network: network, labels: InkAlphabet("ab")!, encoder: encoder, name: name))
}()
private let ink = [[InkPoint(x: 0, y: 0), InkPoint(x: 0, y: 9), InkPoint(x: 5, y: 9)], [InkPoint(x: 3, y: 1)]]

/// The value, or nil after a look at the fault.
private func read<Value>(_ body: () throws(SafetensorsError) -> Value) -> Value? {
    do throws(SafetensorsError) { return try body() } catch {
        requireEqual(error.file, name, "the file of \(error)")
        checkMessage(error.description)
        return nil
    }
}

/// Whatever model it is, it runs and its own file is the same model.
private func runModel(in file: Safetensors) {
    if let model = read({ () throws(SafetensorsError) in try ProteinModel(file, file: name) }) {
        requireEqual((try? ProteinModel(model.file, file: name))?.description, model.description, "protein model")
        let labels = ProteinLabeller(model).label([chain], on: compute)
        requireEqual(labels.map(\.eightState.count), [chain.count], "labels")
    }
    if let model = read({ () throws(SafetensorsError) in try InkModel(file, file: name) }) {
        requireEqual((try? InkModel(model.file, file: name))?.description, model.description, "ink model")
        for reading in InkReader(model).read([ink], on: compute) {
            let sample = InkSample(id: name, strokes: ink)
            for format in ReadingFormat.allCases { _ = format.bytes(of: reading, sample) }
        }
    }
    if let model = read({ () throws(SafetensorsError) in try CharacterModel(file, file: name) }) {
        requireEqual(try? CharacterModel(model.file, file: name), model, "language model")
        if let bits = model.crossEntropy(of: ["ab"]) { require(bits >= 0, "\(bits) bits a character") }
    }
}

/// The tensors of a network of one unit, filled with numbers again and again.
private func tensors(inputs: Int, labels: Int, _ numbers: [Float]) -> [Tensor] {
    let directions = ["", "_reverse"].flatMap { end in
        [("weight_ih", [4, inputs]), ("weight_hh", [4, 1]), ("bias_ih", [4]), ("bias_hh", [4])].map {
            ("lstm.\($0)_l0\(end)", $1)
        }
    }
    var taken = 0
    return (directions + [("linear.weight", [labels, 2]), ("linear.bias", [labels])]).map { name, shape in
        let values = (0..<shape.reduce(1, *)).map { numbers.isEmpty ? 0 : numbers[(taken + $0) % numbers.count] }
        taken += values.count
        return Tensor(name: name, shape: shape, values: values)
    }
}

/// Two bytes a number, the upper half of a float.
private func brainFloats(_ bytes: ArraySlice<UInt8>) -> [Float] {
    let bytes = Array(bytes)
    return stride(from: 0, to: bytes.count - 1, by: 2).map {
        Float(bitPattern: UInt32(bytes[$0]) << 16 | UInt32(bytes[$0 + 1]) << 24)
    }
}

extension Safetensors {
    /// What tensors hold, so that numbers that are none equal themselves.
    fileprivate var bits: [String: [UInt32]] {
        Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.values.map(\.bitPattern)) })
    }
}
