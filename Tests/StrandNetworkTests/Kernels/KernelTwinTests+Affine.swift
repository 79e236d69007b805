import CStrandKernels
import Testing

@testable import StrandNetwork

/// Every kernel of every table against its plain twin, over all small shapes.
@Suite struct KernelTwinTests {
    /// One product in all its forms.
    private struct Product: Sendable {
        static let most = 13
        let inner: Int
        let columns: Int
        let isAccumulated: Bool
        let a: [Double]
        let w: [Double]
        let bias: [Double]
        /// What C holds before: zeros are overwritten by the bias, other numbers are added to.
        let before: [Double]
        let twin: PlainTwin.Sums

        init(inner: Int, columns: Int, isAccumulated: Bool, isCoarse: Bool) {
            var generator = SeededGenerator(seed: UInt64(inner * 1000 + columns))
            self.inner = inner
            self.columns = columns
            self.isAccumulated = isAccumulated
            a = generator.floats(Self.most * inner, isCoarse: isCoarse)
            w = generator.floats(inner * columns, isCoarse: isCoarse)
            bias = generator.floats(columns)
            before = generator.floats(Self.most * columns)
            let bias = bias
            let broadcast = (0..<Self.most).flatMap { _ in bias }
            twin = PlainTwin.affine(
                rows: Self.most, inner: inner, columns: columns, a: a, w: w, start: isAccumulated ? before : broadcast)
        }

        /// C (rows, columns), row-major; nil if the kernel wrote outside.
        private func result<Scalar>(
            _ kernels: strand_kernels, _ w: GuardedMemory<Scalar>, _ bias: GuardedMemory<Scalar>, rows: Int,
            a aView: TestView, c cView: TestView
        ) -> [Scalar]? {
            let a = aView.memory(Scalar.self, a)
            let c = isAccumulated ? cView.memory(Scalar.self, before, filler: 1.7) : GuardedMemory<Scalar>(cView.count)
            let scratch = GuardedMemory<Scalar>(kernels.affine_scratch(rows, inner))
            withPointers(to: a, w, bias, c, scratch) { a, w, bias, c, scratch in
                kernels.affine(rows, inner, columns, aView(a), false, w, isAccumulated ? nil : bias, cView(c), scratch)
            }
            return c.holdsNumbers(rows * columns) && scratch.isIntact ? cView.values(in: c) : nil
        }

        func firstDifference<Scalar: KernelScalar>(_ kernels: strand_kernels, _: Scalar.Type) -> String? {
            for panel in TestPacking.panels {
                if let difference = firstDifference(kernels, Scalar.self, panel: panel) {
                    return "panels of \(panel): \(difference)"
                }
            }
            return nil
        }

        private func firstDifference<Scalar: KernelScalar>(
            _ kernels: strand_kernels, _: Scalar.Type, panel: Int
        ) -> String? {
            let packing = TestPacking(inner: inner, columns: columns, panel: panel)
            let w = packing.prepared(GuardedMemory<Scalar>(packing.packed(w)), kernels)
            let bias = GuardedMemory<Scalar>(bias)
            let aView = TestView.rowMajor(Self.most, inner, blockColumns: panel)
            let cView = TestView.rowMajor(Self.most, columns, blockColumns: panel)
            guard let whole = result(kernels, w, bias, rows: Self.most, a: aView, c: cView) else {
                return "written outside"
            }
            if let difference = twin.firstDifference(from: whole, terms: inner) { return difference }
            // However many rows and wherever they lie, each is the same bits: the contract results rest on.
            for rows in 0...Self.most {
                let views = zip(
                    TestView.all(rows, inner, blockColumns: panel),
                    TestView.all(rows, columns, blockColumns: panel).reversed())
                for (aView, cView) in views {
                    let part = result(kernels, w, bias, rows: rows, a: aView, c: cView)
                    guard let part, whole.starts(with: part), part.count == rows * columns else {
                        return "\(rows) rows \(aView) \(cView)"
                    }
                }
            }
            return nil
        }
    }

    @Test(arguments: innerSizes) func affine(inner: Int) {
        for columns in columnCounts {
            for isAccumulated in [false, true] {
                let products = [false, true].map {
                    Product(inner: inner, columns: columns, isAccumulated: isAccumulated, isCoarse: $0)
                }
                for table in TestedTable.all {
                    let product = products[table.roundsOperands ? 1 : 0]
                    let difference = table.check(
                        product.firstDifference(table.kernels, Float.self),
                        product.firstDifference(table.kernels, Double.self))
                    #expect(difference == nil, "\(table) \(inner) x \(columns) \(isAccumulated ? "+=" : "=")")
                }
            }
        }
    }

    @Test(arguments: TestedTable.all) func transpose(_ table: TestedTable) {
        func firstDifference<Scalar: KernelScalar>(
            _: Scalar.Type, _ inner: Int, _ columns: Int, panel: Int
        ) -> String? {
            let from = TestPacking(inner: inner, columns: columns, panel: panel)
            let to = TestPacking(inner: columns, columns: inner)
            let w = GuardedMemory<Scalar>((0..<inner * columns).map { Double($0 % 251) })
            let transposed = GuardedMemory<Scalar>(inner * columns)
            withPointers(to: w, transposed) { table.kernels.transpose(inner, columns, panel, $0, $1) }
            guard transposed.isIntact else { return "written outside" }
            return withPointers(to: transposed) { transposed in
                for row in 0..<inner {
                    for column in 0..<columns
                    where to.operand(column, row, in: transposed, table.kernels) != Double(w[from.offset(row, column)])
                    {
                        return "(\(row), \(column))"
                    }
                }
                return nil
            }
        }
        for inner in innerSizes {
            for columns in columnCounts {
                for panel in TestPacking.panels {
                    let difference = table.check(
                        firstDifference(Float.self, inner, columns, panel: panel),
                        firstDifference(Double.self, inner, columns, panel: panel))
                    #expect(difference == nil, "\(inner) x \(columns), panels of \(panel)")
                }
            }
        }
    }

    /// What products read holds every weight, rounded to the nearest bfloat16 (ties to even).
    @Test(arguments: TestedTable.bf16) func prepare(_ table: TestedTable) {
        var generator = SeededGenerator(seed: 1)
        for inner in innerSizes {
            for columns in columnCounts {
                let packing = TestPacking(inner: inner, columns: columns, panel: TestPacking.panels[columns / 16 % 3])
                let w = GuardedMemory<Float>(generator.floats(inner * columns))
                withPointers(to: packing.prepared(w, table.kernels)) { prepared in
                    for row in 0..<inner {
                        for column in 0..<columns {
                            let expected = bfloat16(w[packing.offset(row, column)])
                            #expect(packing.operand(row, column, in: prepared, table.kernels) == expected)
                        }
                    }
                }
            }
        }
    }

    /// The nearest number with 8 significant bits.
    private func bfloat16(_ number: Float) -> Double {
        let unit = Double(number.ulp) * 0x1p16
        return (Double(number) / unit).rounded(.toNearestOrEven) * unit
    }
}
