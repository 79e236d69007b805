import Foundation
import Testing

@testable import StrandNetwork

/// CTC against the sum over all paths, against central differences, and between kernel tables.
@Suite struct CTCTests {
    private func softmax(_ logits: [Double]) -> [Double] {
        let powers = logits.map { exp($0 - logits.max()!) }
        return powers.map { $0 / powers.reduce(0, +) }
    }

    /// One sequence: its loss, and its gradient (T, K).
    private func loss<Scalar: KernelScalar>(
        _ logits: [[Double]], _ text: [Int32], blank: Int, _: Scalar.Type, _ compute: Compute
    ) -> (loss: CTC.Loss, gradient: [[Double]]) {
        let labels = logits[0].count
        let columns = (labels + 15) / 16 * 16
        // Columns of padding hold what must not matter.
        let rows = logits.flatMap { $0.map { Scalar($0) } + [Scalar](repeating: 99, count: columns - labels) }
        let batch = RaggedBatch(lengths: [logits.count])
        var gradient = Matrix<Scalar>()
        let loss = CTC(blank: blank)(
            Matrix(rows: logits.count, columns: columns, elements: rows), labels: labels, batch: batch, texts: [text],
            gradient: &gradient, on: compute)
        let elements = gradient.elements
        return (
            loss, logits.indices.map { t in (0..<labels).map { Double(elements[t * columns + $0]) } }
        )
    }

    @Test(arguments: [(1, 2), (2, 3), (3, 3), (4, 3), (5, 2), (6, 2), (4, 4)])
    func equalsTheSumOverAllPaths(steps: Int, labels: Int) throws {
        var generator = SeededGenerator(seed: 11)
        let compute = Compute(threads: 1)
        for blank in 0..<labels {
            let logits = (0..<steps).map { _ in (0..<labels).map { _ in generator.uniform(within: 3) } }
            let probabilities = logits.map(softmax)
            // All texts together are certain; each is spelled by what the paths say.
            for (text, probability) in CTCPaths.texts(probabilities, blank: blank) {
                let (loss, _) = loss(logits, text, blank: blank, Double.self, compute)
                #expect(loss.infeasible.isEmpty && loss.count == max(1, text.count))
                #expect(abs(loss.mean * Double(loss.count) + log(probability)) < 1e-12)
            }
        }
    }

    @Test(arguments: [[], [1], [1, 1], [1, 2, 1], [2, 2, 2], [1, 2, 3, 1, 1, 2]] as [[Int32]])
    func gradientEqualsCentralDifferences(text: [Int32]) {
        var generator = SeededGenerator(seed: 5)
        let compute = Compute(threads: 1)
        var logits = (0..<9).map { _ in (0..<5).map { _ in generator.uniform(within: 2) } }
        let (_, gradient) = loss(logits, text, blank: 0, Double.self, compute)
        let step = 1e-5
        for t in logits.indices {
            for k in 0..<5 {
                let value = logits[t][k]
                logits[t][k] = value + step
                let above = loss(logits, text, blank: 0, Double.self, compute).loss.mean
                logits[t][k] = value - step
                let below = loss(logits, text, blank: 0, Double.self, compute).loss.mean
                logits[t][k] = value
                #expect(abs((above - below) / (2 * step) - gradient[t][k]) <= 1e-8)
            }
        }
    }

    @Test func tooLittleInkForTheTextIsToldAndCostsNothing() {
        let compute = Compute(threads: 1)
        let logits = (0..<3).map { _ in [0.1, 0.2, 0.3] }
        // Three equal symbols need five steps, two different ones two.
        #expect(
            CTC.leastSteps(for: [1, 1, 1]) == 5 && CTC.leastSteps(for: [1, 2]) == 2 && CTC.leastSteps(for: []) == 0)
        for text in [[1, 1, 1], [1, 2, 1, 2]] as [[Int32]] {
            let (loss, gradient) = loss(logits, text, blank: 0, Double.self, compute)
            #expect(loss == CTC.Loss(mean: 0, count: 0, infeasible: [0]))
            #expect(gradient.allSatisfy { $0.allSatisfy { $0 == 0 } })
        }
        #expect(loss(logits, [1, 2, 1], blank: 0, Double.self, compute).loss.infeasible.isEmpty)
    }

    /// Long sequences with sharp distributions, where products of probabilities would vanish.
    @Test(arguments: KernelPath.allCases.filter(\.isSupported)) func longSequencesOnEveryPath(path: KernelPath) {
        var generator = SeededGenerator(seed: 3)
        let compute = Compute(threads: 1, path: path)
        let logits = (0..<700).map { _ in (0..<96).map { _ in generator.uniform(within: 12) } }
        let text = (0..<130).map { _ in Int32(1 + Int(generator.uniform() * 95)) }
        let exact = loss(logits, text, blank: 0, Double.self, compute)
        let fast = loss(logits, text, blank: 0, Float.self, compute)
        #expect(abs(exact.loss.mean - fast.loss.mean) < 1e-6 * exact.loss.mean)
        for (exact, fast) in zip(exact.gradient, fast.gradient) {
            // Relative to 1 / 130, the weight of a step's share.
            #expect(zip(exact, fast).allSatisfy { abs($0 - $1) < 1e-4 / 130 })
        }
    }

    @Test(arguments: [1, 2, 3]) func batchesOfAnyCompositionAndThreads(threads: Int) {
        var generator = SeededGenerator(seed: 9)
        let lengths = [4, 9, 1, 6, 9]
        let texts: [[Int32]] = [[1, 2], [3, 3, 1], [2], [], [2, 1, 2, 1]]
        let batch = RaggedBatch(lengths: lengths)
        let logits = Matrix<Double>(
            rows: batch.rowCount, columns: 16,
            elements: (0..<batch.rowCount * 16).map { _ in generator.uniform(within: 2) })
        var gradient = Matrix<Double>()
        let loss = CTC(blank: 0)(
            logits, labels: 4, batch: batch, texts: batch.order.map { texts[$0] }, gradient: &gradient,
            on: Compute(threads: threads))
        var sum = 0.0
        for (index, sequence) in batch.order.enumerated() {
            let rows = (0..<lengths[sequence]).map { batch.row(sequence: index, step: $0) }
            let alone = self.loss(
                rows.map { row in (0..<4).map { logits.elements[row * 16 + $0] } }, texts[sequence], blank: 0,
                Double.self,
                Compute(threads: 1))
            sum += alone.loss.mean * Double(alone.loss.count)
            for (row, expected) in zip(rows, alone.gradient) {
                for label in 0..<4 {
                    let share = expected[label] * Double(alone.loss.count) / Double(loss.count)
                    #expect(abs(gradient.elements[row * 16 + label] - share) < 1e-14)
                }
            }
        }
        #expect(loss.count == 11 && abs(loss.mean - sum / 11) < 1e-12)
    }
}
