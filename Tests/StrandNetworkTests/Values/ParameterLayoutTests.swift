import Testing

@testable import StrandNetwork

@Suite struct ParameterLayoutTests {
    static let shapes = [
        NetworkShape(inputs: 1, hidden: 1, layers: 1, labels: 1),
        NetworkShape(inputs: 5, hidden: 17, layers: 2, labels: 3),
        NetworkShape(inputs: 64, hidden: 16, layers: 3, labels: 17),
        NetworkShape(inputs: 21, hidden: 48, layers: 2, labels: 70),
    ]

    @Test(arguments: shapes) func positionsAreDistinctAndInRange(shape: NetworkShape) {
        let layout = ParameterLayout(shape)
        var taken = Array(repeating: false, count: layout.count)
        var end = 0
        for parameter in layout.parameters {
            #expect(parameter.range.lowerBound == end && parameter.range.count % 16 == 0)
            end = parameter.range.upperBound
            var indices = 0
            parameter.forEachElement { index, position in
                #expect(index == indices && parameter.range.contains(position) && !taken[position])
                taken[position] = true
                indices += 1
            }
            #expect(indices == parameter.shape.reduce(1, *))
        }
        #expect(end == layout.count)
        #expect(taken.count { $0 } == shape.parameterCount)
    }

    @Test(arguments: shapes) func partsCoverEveryParameter(shape: NetworkShape) {
        let layout = ParameterLayout(shape)
        #expect(layout.parts.flatMap { Array($0.range) } == Array(0..<layout.count))
        for part in layout.parts {
            #expect(part.range.count <= 1 << 16 && part.range.clamped(to: part.parameter.range) == part.range)
        }
    }

    @Test(arguments: shapes) func roundTrip(shape: NetworkShape) throws {
        let layout = ParameterLayout(shape)
        var generator = SeededGenerator(seed: 2)
        let network = RecurrentNetwork<Float>(shape: shape, using: &generator)
        let tensors = layout.tensors(of: network.weights)
        #expect(try layout.flat(from: Safetensors(tensors: tensors)).elements == network.weights.elements)
        #expect(Set(tensors.map(\.name)).count == 8 * shape.layers + 2)
    }

    @Test func twinsAreSummed() throws {
        let layout = ParameterLayout(Self.shapes[1])
        var generator = SeededGenerator(seed: 3)
        let tensors = layout.tensors(of: RecurrentNetwork<Float>(shape: Self.shapes[1], using: &generator).weights).map
        {
            Tensor(name: $0.name, shape: $0.shape, values: $0.values.map { _ in Float(generator.uniform()) })
        }
        let file = Safetensors(tensors: tensors)
        let flat = try layout.flat(from: file)
        for parameter in layout.parameters {
            let first = try #require(file[parameter.name]).values
            let second = try parameter.twin.map { try #require(file[$0]).values } ?? first.map { _ in 0 }
            parameter.forEachElement { #expect(flat[0, $1] == first[$0] + second[$0]) }
        }
        // What the network writes has the whole bias in one of the two.
        let written = Safetensors(tensors: layout.tensors(of: flat))
        #expect(try #require(written["lstm.bias_hh_l1_reverse"]).values.allSatisfy { $0 == 0 })
        #expect(try layout.flat(from: written).elements == flat.elements)
    }

    /// PyTorch's own order of gates and of a layer's two directions, where the kernels read them.
    @Test func placesOfSomeElements() throws {
        let layout = ParameterLayout(Self.shapes[1])
        let named = { name in try #require(layout.parameters.first { $0.name == name }) }
        let input = try named("lstm.weight_ih_l0")
        // Gate g (2) of unit 16: panel 1, lane 2 * 16; packed 5 inputs deep.
        #expect(input.offset(row: 2 * 17 + 16, column: 4) == input.range.lowerBound + 64 * 5 + 4 * 64 + 32)
        let upper = try named("lstm.weight_ih_l1")
        // Input 17 is unit 0 of the reverse direction, which starts at column 32.
        #expect(upper.offset(row: 0, column: 17) == upper.range.lowerBound + 32 * 64)
        let head = try named("linear.weight")
        #expect(head.offset(row: 2, column: 18) == head.range.lowerBound + 33 * 16 + 2)
    }
}
