import Testing

@testable import StrandNetwork

/// Well-formed files that are no network.
@Suite(.timeLimit(.minutes(1))) struct HostileNetworkTests {
    static let shape = NetworkShape(inputs: 2, hidden: 3, layers: 2, labels: 2)
    private let tensors: [Tensor]

    init() {
        var generator = SeededGenerator(seed: 1)
        tensors = RecurrentNetwork<Float>(shape: Self.shape, using: &generator).tensors
    }

    private func problem(_ tensors: [Tensor]) -> SafetensorsError.Problem? {
        do throws(SafetensorsError.Problem) { _ = try RecurrentNetwork(Safetensors(tensors: tensors)) } catch {
            return error
        }
        return nil
    }

    @Test func whole() { #expect(problem(tensors) == nil) }

    @Test func otherNames() throws {
        let renamed = tensors.map {
            var tensor = $0
            tensor.name.replace("lstm.", with: "encoder.rnn.")
            tensor.name.replace("linear.", with: "head.")
            return tensor
        }
        #expect(try RecurrentNetwork(Safetensors(tensors: renamed)).tensors == tensors)
    }

    @Test func missing() {
        for index in tensors.indices {
            var rest = tensors
            let name = rest.remove(at: index).name
            let expected: SafetensorsError.Problem =
                switch name {
                case "lstm.weight_ih_l0": .noRecurrentLayer
                case "linear.weight": .noHead(candidates: [])
                // Without its first tensor the second layer is none.
                case "lstm.weight_ih_l1": .unexpectedTensor("lstm.weight_hh_l1")
                default: .missingTensor(name)
                }
            #expect(problem(rest) == expected)
        }
    }

    @Test func extra() {
        let extra = Tensor(name: "extra", shape: [1], values: [0])
        #expect(problem(tensors + [extra]) == .unexpectedTensor("extra"))
        let head = Tensor(name: "other.weight", shape: [1, 1], values: [0])
        #expect(problem(tensors + [head]) == .noHead(candidates: ["linear.weight", "other.weight"]))
    }

    /// A tensor reshaped, and one with another number of rows.
    @Test func misshapen() {
        for index in tensors.indices {
            for shape in [[tensors[index].values.count, 1, 1], []] {
                var other = tensors
                let count = shape.reduce(1, *)
                other[index] = Tensor(
                    name: tensors[index].name, shape: shape, values: Array(repeating: 0, count: count))
                #expect(problem(other) != nil, "\(tensors[index].name) \(shape)")
            }
        }
        var other = tensors
        other[1] = Tensor(name: "lstm.weight_hh_l0", shape: [3, 12], values: other[1].values)
        #expect(problem(other) == .badShape(tensor: "lstm.weight_hh_l0", shape: [3, 12]))
        other = tensors
        other[5] = Tensor(name: other[5].name, shape: other[5].shape.reversed(), values: other[5].values)
        #expect(
            problem(other)
                == .tensorShape(tensor: "lstm.weight_hh_l0_reverse", expected: [12, 3], found: [3, 12]))
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity, .signalingNaN]) func notFinite(number: Float) {
        for index in tensors.indices {
            var other = tensors
            other[index].values[other[index].values.count - 1] = number
            #expect(problem(other) == .notFinite(tensor: tensors[index].name))
        }
    }

    /// Two finite biases whose sum is not.
    @Test func biasesThatOverflow() {
        var other = tensors
        for index in other.indices where other[index].name.hasSuffix("h_l0") && other[index].shape.count == 1 {
            other[index].values[0] = 3e38
        }
        #expect(problem(other) == .notFinite(tensor: "lstm.bias_ih_l0"))
    }

    /// Sides without elements may claim any length; nothing is reserved for them, nothing overflows.
    @Test(arguments: [1 << 60, 1 << 50, 1 << 40, (1 << 61) - 1]) func hugeClaims(side: Int) {
        func replacing(_ name: String, _ shape: [Int]) -> [Tensor] {
            tensors.map { $0.name == name ? Tensor(name: name, shape: shape, values: []) : $0 }
        }
        let names = tensors.map(\.name)
        for name in names { #expect(problem(replacing(name, [side, 0])) != nil, "\(name)") }
        for name in names { #expect(problem(replacing(name, [0, side])) != nil, "\(name)") }
    }

    /// A small first tensor that claims as many units as its bytes allow.
    @Test func manyUnitsInASmallFile() {
        let units = 1 << 20
        let first = Tensor(
            name: "lstm.weight_ih_l0", shape: [4 * units, 1], values: .init(repeating: 0, count: 4 * units))
        let head = Tensor(name: "linear.weight", shape: [1, 2 * units], values: .init(repeating: 0, count: 2 * units))
        #expect(problem([first, head]) == .missingTensor("lstm.weight_hh_l0"))
    }

    /// More layers than any network has.
    @Test func manyLayers() {
        let layers = (0..<30_000).map { Tensor(name: "lstm.weight_ih_l\($0)", shape: [4, 1], values: [0, 0, 0, 0]) }
        let head = Tensor(name: "linear.weight", shape: [1, 2], values: [0, 0])
        #expect(problem(layers + [head]) == .missingTensor("lstm.weight_hh_l0"))
    }

    @Test(arguments: [1, 64, 65]) func theDeepestNetwork(layers: Int) {
        var generator = SeededGenerator(seed: 1)
        let shape = NetworkShape(inputs: 1, hidden: 1, layers: layers, labels: 1)
        let tensors = RecurrentNetwork<Float>(shape: shape, using: &generator).tensors
        #expect(problem(tensors) == (layers <= 64 ? nil : .unexpectedTensor("lstm.weight_ih_l64")))
    }
}
