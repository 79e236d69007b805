import StrandEngine
import StrandNetwork

/// Sequences of a long-lag task, laid out for a network.
struct LongLagBatch {
    /// In the order of the batch, longest first.
    let sequences: [LongLagTask.Sequence]
    let rows: RaggedBatch
    private let task: LongLagTask

    init(_ sequences: [LongLagTask.Sequence], of task: LongLagTask) {
        let rows = RaggedBatch(lengths: sequences.map { $0.inputs.count / task.inputCount })
        self.init(sorted: rows.order.map { sequences[$0] }, rows, of: task)
    }

    init(sorted sequences: [LongLagTask.Sequence], _ rows: RaggedBatch, of task: LongLagTask) {
        self.sequences = sequences
        self.rows = rows
        self.task = task
    }

    /// Rows of one sequence, step by step.
    func rows(of index: Int) -> [Int] { (0..<rows.lengths[index]).map { rows.row(sequence: index, step: $0) } }

    private func lastRow(of index: Int) -> Int { rows.row(sequence: index, step: rows.lengths[index] - 1) }

    /// (N, I)
    var inputs: Matrix<Float> {
        let columns = task.inputCount
        var elements = [Float](repeating: 0, count: rows.rowCount * columns)
        for (index, sequence) in sequences.enumerated() {
            for step in 0..<rows.lengths[index] {
                let row = rows.row(sequence: index, step: step)
                for column in 0..<columns {
                    elements[row * columns + column] = sequence.inputs[step * columns + column]
                }
            }
        }
        return Matrix(rows: rows.rowCount, columns: columns, elements: elements)
    }

    /// The target numbers, by row.
    var numbers: [Int: Float] {
        var numbers: [Int: Float] = [:]
        for (index, sequence) in sequences.enumerated() {
            if case .number(let number) = sequence.target { numbers[lastRow(of: index)] = number }
        }
        return numbers
    }

    /// For each row the target label, as a bit; 0 for rows without a target.
    var labels: [UInt32] {
        var labels = [UInt32](repeating: 0, count: rows.rowCount)
        for (index, sequence) in sequences.enumerated() {
            switch sequence.target {
            case .number: break
            case .label(let label): labels[lastRow(of: index)] = 1 << UInt32(label)
            case .labels(let all, _):
                for (row, label) in zip(rows(of: index), all) { labels[row] = 1 << UInt32(label) }
            }
        }
        return labels
    }
}
