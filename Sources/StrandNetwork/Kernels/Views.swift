import CStrandKernels

// In this folder matrices become pointers and kernels are called; nowhere else.
// Shape letters: N rows of the ragged batch, I inputs, H hidden units of a direction, K labels.

/// Rows a task takes of a large product: few enough for its operands to stay in the second cache level.
let rowsPerTask = 128

extension strand_view {
    /// Row-major rows of `stride` columns, seen in blocks as wide as a panel.
    init(rowMajor elements: UnsafeRawPointer, stride: Int) {
        self.init(
            data: UnsafeMutableRawPointer(mutating: elements), row_stride: stride, block_columns: KernelWidth.panel,
            block_stride: KernelWidth.panel)
    }
}

extension Matrix {
    /// The rows (T, columns) of one sequence of a batch, its steps in order.
    func rows(of sequence: Int, in batch: RaggedBatch, columns: Int) -> Matrix {
        var rows = Matrix(unfilled: batch.lengths[sequence], columns)
        let stride = self.columns
        rows.withMutableElements { target in
            withElements(of: self) { source in
                for step in 0..<batch.lengths[sequence] {
                    let row = source + batch.row(sequence: sequence, step: step) * stride
                    (target + step * columns).update(from: row, count: columns)
                }
            }
        }
        return rows
    }
}

extension GatePanels {
    /// Gates stored panel by panel, each (rows, 64), of which the weights' columns are seen.
    func view<Scalar>(_ elements: UnsafePointer<Scalar>, rows: Int) -> strand_view {
        strand_view(
            data: UnsafeMutableRawPointer(mutating: elements), row_stride: KernelWidth.panel,
            block_columns: weightColumns, block_stride: rows * KernelWidth.panel)
    }
}

extension RaggedBatch {
    /// The steps in the order of direction 0 (forward) or 1 (backward).
    func steps(_ direction: Int) -> Steps { direction == 0 ? forward : backward }
}

extension RaggedBatch.Steps {
    func withSteps<R>(_ body: (strand_steps) -> R) -> R {
        first.withUnsafeBufferPointer { first in
            rows.withUnsafeBufferPointer { rows in
                body(strand_steps(count: first.count, first: first.baseAddress, rows: rows.baseAddress))
            }
        }
    }
}

extension Compute {
    /// Calls `task` with consecutive ranges of rows that cover 0 ..< count.
    func runRows(_ count: Int, _ task: (Range<Int>) -> Void) {
        runUnchecked((count + rowsPerTask - 1) / rowsPerTask) {
            task($0 * rowsPerTask..<min(count, ($0 + 1) * rowsPerTask))
        }
    }

    /// Calls `task` with consecutive stretches of steps that hold about `rowsPerTask` rows or one step each.
    func runSteps(_ steps: RaggedBatch.Steps, _ task: (strand_steps) -> Void) {
        var starts: [Int] = []
        var rows = rowsPerTask
        for step in steps.rows.indices {
            if rows >= rowsPerTask {
                starts.append(step)
                rows = 0
            }
            rows += Int(steps.rows[step])
        }
        steps.withSteps { all in
            runUnchecked(starts.count) { index in
                let end = index + 1 < starts.count ? starts[index + 1] : all.count
                let start = starts[index]
                task(strand_steps(count: end - start, first: all.first + start, rows: all.rows + start))
            }
        }
    }
}
