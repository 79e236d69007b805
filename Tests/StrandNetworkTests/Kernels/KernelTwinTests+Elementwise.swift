import CStrandKernels
import Testing

@testable import StrandNetwork

extension KernelTwinTests {
    @Test(arguments: TestedTable.all) func maskRows(_ table: TestedTable) {
        func difference<Scalar: KernelScalar>(_: Scalar.Type, _ lengths: [Int], _ columns: Int) -> String? {
            var generator = SeededGenerator(seed: 5)
            let batch = RaggedBatch(lengths: lengths)
            let view = TestView.rowMajor(batch.rowCount, columns, slack: 16)
            let mask = GuardedMemory<Scalar>(generator.floats(lengths.count * columns))
            let values = view.memory(Scalar.self, generator.floats(batch.rowCount * columns), filler: 1.7)
            let before = view.values(in: values)
            let result = GuardedMemory<Scalar>(view.count)
            batch.forward.withSteps { steps in
                withPointers(to: values, result, mask) {
                    table.kernels.mask_rows(steps, columns, $0, $1, view.rowStride, $2)
                    table.kernels.mask_rows(steps, columns, $0, $0, view.rowStride, $2)
                }
            }
            guard result.holdsNumbers(batch.rowCount * columns), values.holdsNumbers(batch.rowCount * columns) else {
                return "written outside"
            }
            guard view.values(in: result) == view.values(in: values) else { return "in place differs" }
            for (sequence, length) in batch.lengths.enumerated() {
                for row in (0..<length).map({ batch.row(sequence: sequence, step: $0) }) {
                    for k in 0..<columns
                    where result[view.offset(row, k)] != before[row * columns + k] * mask[sequence * columns + k] {
                        return "row \(row) column \(k)"
                    }
                }
            }
            return nil
        }
        for lengths in Self.raggedLengths {
            for columns in columnCounts {
                let difference = table.check(
                    difference(Float.self, lengths, columns), difference(Double.self, lengths, columns))
                #expect(difference == nil, "\(columns) columns")
            }
        }
    }

    /// The exponent's rounding is relative to it: 2 u |z / t| on both sides, some u for exp, the sum and the quotient.
    @Test(arguments: TestedTable.all, [0.25, 1, 3.7]) func softmax(_ table: TestedTable, temperature: Double) {
        func difference<Scalar: KernelScalar>(_: Scalar.Type, rows: Int, labels: Int) -> String? {
            var generator = SeededGenerator(seed: 6)
            let view = TestView.rowMajor(rows, labels, slack: 16 - labels % 16)
            let logits = generator.floats(rows * labels, within: 12)
            let values = view.memory(Scalar.self, logits, filler: 1.7)
            withPointers(to: values) { table.kernels.softmax(rows, labels, temperature, $0, view.rowStride) }
            guard values.holdsNumbers(rows * labels) else { return "written outside" }
            for row in 0..<rows {
                let twin = PlainTwin.softmax(
                    Array(logits[row * labels..<(row + 1) * labels]), temperature: temperature)
                for (k, expected) in twin.enumerated() {
                    let bound = (2 * 24 / temperature + Double(labels) + 8) * Double(Scalar.ulpOfOne)
                    let got = Double(values[view.offset(row, k)])
                    let least = Double(Scalar.leastNormalMagnitude)
                    if expected < least ? got > 2 * least : !(abs(got - expected) <= bound * expected + least) {
                        return "(\(row), \(k)) \(got) for \(expected)"
                    }
                }
            }
            return nil
        }
        for rows in 0...13 {
            for labels in 1...32 {
                let difference = table.check(
                    difference(Float.self, rows: rows, labels: labels),
                    difference(Double.self, rows: rows, labels: labels))
                #expect(difference == nil, "\(labels) labels")
            }
        }
    }

    @Test(arguments: TestedTable.all, [0, 0.1, 1]) func crossEntropy(_ table: TestedTable, share: Double) {
        func difference<Scalar: KernelScalar>(
            _: Scalar.Type, rows: Int, labels: Int, derives: Bool, isEven: Bool
        ) -> String? {
            var generator = SeededGenerator(seed: 7)
            let view = TestView.rowMajor(rows, labels, slack: 16 - labels % 16)
            let logits = generator.floats(rows * labels, within: 8)
            let values = view.memory(Scalar.self, logits)
            let gradient = GuardedMemory<Scalar>(view.count)
            let every = UInt32.max >> UInt32(32 - labels)
            // No label, one, several, all.
            let admissible = (0..<rows).map { row -> UInt32 in
                [0, 1 << UInt32(row % labels), UInt32(truncatingIfNeeded: generator.next()) & every, every][row % 4]
            }
            let soft = (0..<rows).map { _ in PlainTwin.softmax(generator.floats(labels)) }
            let softValues = GuardedMemory<Scalar>(soft.flatMap { $0 })
            // The share is that of a row.
            let shares = (0..<rows).map { $0 % 3 == 1 ? 1 - share : share }
            let scale = 0.25
            let loss = withPointers(to: values, gradient, softValues) {
                table.kernels.cross_entropy(
                    rows, labels, $0, view.rowStride, admissible, shares, isEven ? nil : $2, scale, derives ? $1 : nil)
            }
            // Columns after the labels belong to the gradient too: they become zero.
            guard gradient.holdsNumbers(derives ? view.count : 0) else { return "written outside" }
            let epsilon = Double(Scalar.ulpOfOne)
            var sum = 0.0
            for row in 0..<rows {
                let twin = PlainTwin.crossEntropy(
                    Array(logits[row * labels..<(row + 1) * labels]), admissible: admissible[row], share: shares[row],
                    soft: isEven ? nil : soft[row])
                sum += twin.loss
                for k in 0..<(derives ? view.rowStride : 0) {
                    let expected = k < labels ? scale * twin.gradient[k] : 0
                    let got = Double(gradient[view.offset(row, 0) + k])
                    if !(abs(got - expected) <= scale * 64 * epsilon) { return "(\(row), \(k)) \(got) for \(expected)" }
                }
            }
            return abs(loss - sum) <= Double(rows) * 96 * epsilon ? nil : "loss \(loss) for \(sum)"
        }
        for rows in 0...13 {
            for labels in 1...32 {
                for (derives, isEven) in [(true, true), (false, true), (true, false)] {
                    let difference = table.check(
                        difference(Float.self, rows: rows, labels: labels, derives: derives, isEven: isEven),
                        difference(Double.self, rows: rows, labels: labels, derives: derives, isEven: isEven))
                    #expect(difference == nil, "\(labels) labels")
                }
            }
        }
    }

    @Test(arguments: TestedTable.all) func squaredNorm(_ table: TestedTable) {
        func difference<Scalar: KernelScalar>(_: Scalar.Type, count: Int) -> Double {
            var generator = SeededGenerator(seed: 8)
            let numbers = generator.floats(count)
            let expected = numbers.reduce(0) { $0 + $1 * $1 }
            let got = withPointers(to: GuardedMemory<Scalar>(numbers)) { table.kernels.squared_norm(count, $0) }
            return expected == got ? 0 : abs(got - expected) / (expected * Double(Scalar.ulpOfOne))
        }
        // One rounding a square; their sum is in double.
        for count in stride(from: 0, through: 640, by: 16) {
            #expect(table.check(difference(Float.self, count: count), difference(Double.self, count: count)) <= 4)
        }
    }
}
