import CStrandKernels
import Testing

@testable import StrandNetwork

extension KernelTwinTests {
    /// A weight gradient in all its forms.
    private struct Gradient {
        let inner: Int
        let columns: Int
        let meets: [Int32]?
        let a: [Double]
        let d: [Double]
        let before: [Double]
        let biasBefore: [Double]
        let twin: PlainTwin.Sums
        let biasTwin: PlainTwin.Sums
        let rows: Int

        init(rows: Int, inner: Int, columns: Int, isGathered: Bool, isCoarse: Bool) {
            var generator = SeededGenerator(seed: UInt64(rows * 1_000_000 + inner * 1000 + columns))
            self.rows = rows
            self.inner = inner
            self.columns = columns
            a = generator.floats(rows * inner, isCoarse: isCoarse)
            d = generator.floats(rows * columns, isCoarse: isCoarse)
            before = generator.floats(inner * columns)
            biasBefore = generator.floats(columns)
            meets = isGathered ? (0..<rows).map { _ in Int32.random(in: -1..<Int32(rows), using: &generator) } : nil
            twin = PlainTwin.outer(
                inner: inner, columns: columns, a: a, meets: meets ?? Array(0..<Int32(rows)), d: d, start: before)
            biasTwin = PlainTwin.columnSums(rows: rows, columns: columns, d: d, start: biasBefore)
        }

        func firstDifference<Scalar: KernelScalar>(_ kernels: strand_kernels, _: Scalar.Type) -> String? {
            for panel in TestPacking.panels {
                let views = zip(
                    TestView.all(rows, inner), TestView.all(rows, columns, blockColumns: panel).reversed())
                for (aView, dView) in views {
                    for hasBias in [true, false] {
                        if let difference = firstDifference(kernels, Scalar.self, aView, dView, hasBias) {
                            return "panels of \(panel): \(difference)"
                        }
                    }
                }
            }
            return nil
        }

        private func firstDifference<Scalar: KernelScalar>(
            _ kernels: strand_kernels, _: Scalar.Type, _ aView: TestView, _ dView: TestView, _ hasBias: Bool
        ) -> String? {
            let packing = TestPacking(inner: inner, columns: columns, panel: dView.blockColumns)
            let a = aView.memory(Scalar.self, a)
            let d = dView.memory(Scalar.self, d)
            let w = GuardedMemory<Scalar>(packing.packed(before), filler: 1.7)
            let bias = GuardedMemory<Scalar>(biasBefore, filler: 1.7)
            let scratch = GuardedMemory<Scalar>(kernels.outer_scratch(inner))
            withPointers(to: a, d, w, bias, scratch) { a, d, w, bias, scratch in
                kernels.outer(rows, inner, columns, aView(a), meets, dView(d), w, hasBias ? bias : nil, scratch)
            }
            guard w.isIntact, bias.isIntact, scratch.isIntact else { return "written outside" }
            let got = (0..<inner).flatMap { row in (0..<columns).map { w[packing.offset(row, $0)] } }
            let biasTwin = hasBias ? biasTwin : PlainTwin.Sums(from: biasBefore)
            return twin.firstDifference(from: got, terms: rows)
                ?? biasTwin.firstDifference(from: bias.values, terms: rows)
        }
    }

    private func check(rows: Int, inner: Int, columns: Int) {
        for isGathered in [false, true] {
            let gradients = [false, true].map {
                Gradient(rows: rows, inner: inner, columns: columns, isGathered: isGathered, isCoarse: $0)
            }
            for table in TestedTable.all {
                let gradient = gradients[table.roundsOperands ? 1 : 0]
                let difference = table.check(
                    gradient.firstDifference(table.kernels, Float.self),
                    gradient.firstDifference(table.kernels, Double.self))
                #expect(difference == nil, "\(table) \(rows) rows, \(inner) x \(columns), gathered: \(isGathered)")
            }
        }
    }

    @Test(arguments: innerSizes) func outer(inner: Int) {
        for rows in 0...13 {
            for columns in columnCounts { check(rows: rows, inner: inner, columns: columns) }
        }
    }

    /// Rows on both sides of the blocks of 128 in which they are gathered.
    @Test(arguments: [127, 128, 129, 257]) func outerOfManyRows(rows: Int) {
        for inner in [1, 21, 65] {
            for columns in [16, 80] { check(rows: rows, inner: inner, columns: columns) }
        }
    }
}
