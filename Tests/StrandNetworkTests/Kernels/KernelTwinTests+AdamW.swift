import CStrandKernels
import Testing

@testable import StrandNetwork

extension PlainTwin {
    /// One weight under AdamW (Loshchilov & Hutter 2019, algorithm 2), with the weights' moving average.
    struct AdamW {
        var weight: Double
        var first = 0.0
        var second = 0.0
        var average: Double

        init(weight: Double) {
            self.weight = weight
            average = weight
        }

        mutating func step(_ arguments: strand_adamw, gradient: Double) {
            let g = gradient * arguments.gradient_scale
            first = arguments.beta1 * first + (1 - arguments.beta1) * g
            second = arguments.beta2 * second + (1 - arguments.beta2) * g * g
            let (mean, square) = (first / arguments.correction1, second / arguments.correction2)
            weight -= arguments.rate * (mean / (square.squareRoot() + arguments.epsilon) + arguments.decay * weight)
            average = arguments.average_decay * average + (1 - arguments.average_decay) * weight
        }
    }
}

extension KernelTwinTests {
    private static func arguments(step: Int) -> strand_adamw {
        var (power1, power2) = (1.0, 1.0)
        for _ in 0..<step { (power1, power2) = (power1 * 0.9, power2 * 0.99) }
        return strand_adamw(
            rate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.1, correction1: 1 - power1,
            correction2: 1 - power2, gradient_scale: step % 2 == 0 ? 1 : 0.3, average_decay: 0.75)
    }

    /// A few roundings a step on weights of at most 1 and steps of at most 0.01.
    @Test(arguments: TestedTable.all) func adamW(_ table: TestedTable) {
        func difference<Scalar: KernelScalar>(_: Scalar.Type, count: Int) -> String? {
            var generator = SeededGenerator(seed: 9)
            let start = generator.floats(count)
            var twins = start.map(PlainTwin.AdamW.init(weight:))
            let weights = GuardedMemory<Scalar>(start, filler: 1.7)
            let average = GuardedMemory<Scalar>(start, filler: 1.7)
            let first = GuardedMemory<Scalar>(start.map { _ in 0 }, filler: 1.7)
            let second = GuardedMemory<Scalar>(start.map { _ in 0 }, filler: 1.7)
            for step in 1...8 {
                let gradient = generator.floats(count, within: 2)
                var arguments = Self.arguments(step: step)
                withPointers(to: GuardedMemory<Scalar>(gradient), weights, first, second, average) {
                    table.kernels.adamw(count, &arguments, $0, $1, $2, $3, $4)
                }
                let bound = 4 * Double(step) * Double(Scalar.ulpOfOne)
                for index in twins.indices {
                    twins[index].step(arguments, gradient: gradient[index])
                    let twin = twins[index]
                    let errors = [
                        Double(weights[index]) - twin.weight, Double(first[index]) - twin.first,
                        Double(second[index]) - twin.second, Double(average[index]) - twin.average,
                    ]
                    if let part = errors.firstIndex(where: { !(abs($0) <= bound) }) {
                        return "step \(step) [\(index)] part \(part): \(errors[part])"
                    }
                }
            }
            return [weights, first, second, average].allSatisfy(\.isIntact) ? nil : "written outside"
        }
        for count in stride(from: 0, through: 160, by: 16) {
            let difference = table.check(difference(Float.self, count: count), difference(Double.self, count: count))
            #expect(difference == nil)
        }
    }
}
