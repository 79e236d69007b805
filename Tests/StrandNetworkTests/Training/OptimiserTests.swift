import CStrandKernels
import Testing

@testable import StrandNetwork

@Suite struct OptimiserTests {
    private let shape = NetworkShape(inputs: 2, hidden: 3, layers: 1, labels: 2)

    private func gradient(_ network: RecurrentNetwork<Double>, _ generator: inout SeededGenerator, norm: Double)
        -> Matrix<Double>
    {
        var gradient = Matrix<Double>(rows: 1, columns: network.layout.count)
        for parameter in network.layout.parameters {
            parameter.forEachElement { gradient[0, $1] = generator.uniform(within: 1) }
        }
        let now = gradient.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for index in 0..<gradient.count { gradient[0, index] *= norm / now }
        return gradient
    }

    /// Several steps of the whole optimiser, some clipped; biases do not decay, input weights learn faster (and decay as
    /// the others do).
    @Test func stepsAgainstTheTwin() {
        var generator = SeededGenerator(seed: 1)
        var network = RecurrentNetwork<Double>(shape: shape, using: &generator)
        var options = AdamW<Double>.Options()
        (options.weightDecay, options.clipNorm, options.averageDecay) = (0.1, 0.5, 0.3)
        options.inputRateFactor = 3
        var optimiser = AdamW(options, weights: network.weights)
        var twins = network.weights.elements.map(PlainTwin.AdamW.init(weight:))
        let biases = Set(network.layout.parameters.filter(\.isVector).flatMap { Array($0.range) })
        let inputs = Set(network.layout.parameters[0].range).union(network.layout.parameters[3].range)
        let compute = Compute(threads: 2)
        var (power1, power2) = (1.0, 1.0)
        for step in 1...12 {
            let norm = [0.2, 0.5, 4][step % 3]
            let gradient = gradient(network, &generator, norm: norm)
            let returned = optimiser.update(&network, gradient: gradient, rate: 0.01, on: compute)
            #expect(abs(returned - norm) < 1e-12)
            power1 *= 0.9
            power2 *= 0.99
            for index in twins.indices {
                let factor = inputs.contains(index) ? 3.0 : 1
                twins[index].step(
                    strand_adamw(
                        rate: 0.01 * factor, beta1: 0.9, beta2: 0.99, epsilon: 1e-8,
                        decay: biases.contains(index) ? 0 : 0.1 / factor,
                        correction1: 1 - power1, correction2: 1 - power2, gradient_scale: min(1, 0.5 / norm),
                        average_decay: min(0.3, Double(1 + step) / Double(10 + step))),
                    gradient: gradient[0, index])
                #expect(abs(network.weights[0, index] - twins[index].weight) < 1e-13)
                #expect(abs(optimiser.moments.average[0, index] - twins[index].average) < 1e-13)
            }
        }
        #expect(optimiser.step == 12)
    }

    /// A gradient above the norm has the effect of the same gradient cut down to it.
    @Test func clipping() {
        var generator = SeededGenerator(seed: 2)
        let network = RecurrentNetwork<Double>(shape: shape, using: &generator)
        let large = gradient(network, &generator, norm: 1000)
        var cut = large
        for index in 0..<cut.count { cut[0, index] /= 1000 }
        let compute = Compute(threads: 1)
        let moments = [large, cut].map { gradient in
            var network = network
            var optimiser = AdamW(.init(), weights: network.weights)
            _ = optimiser.update(&network, gradient: gradient, rate: 0.01, on: compute)
            return optimiser.moments.first.elements
        }
        #expect(zip(moments[0], moments[1]).allSatisfy { abs($0 - $1) < 1e-15 })
        #expect(abs(moments[0].reduce(0) { $0 + $1 * $1 }.squareRoot() - 0.1) < 1e-12)
    }
}
