import StrandEngine
import StrandNetwork

/// Sequences of a long-lag task, laid out for a network.
struct LongLagBatch {
    /// In the order of the batch, the longest first.
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
    func rows(of place: Int) -> [Int] { (0..<rows.lengths[place]).map { rows.row(sequence: place, step: $0) } }

    private func lastRow(of place: Int) -> Int { rows.row(sequence: place, step: rows.lengths[place] - 1) }

    /// (N, I)
    var inputs: Matrix<Float> {
        let columns = task.inputCount
        var elements = [Float](repeating: 0, count: rows.rowCount * columns)
        for (place, sequence) in sequences.enumerated() {
            for step in 0..<rows.lengths[place] {
                let row = rows.row(sequence: place, step: step)
                for column in 0..<columns {
                    elements[row * columns + column] = sequence.inputs[step * columns + column]
                }
            }
        }
        return Matrix(rows: rows.rowCount, columns: columns, elements: elements)
    }

    /// The wanted numbers, by row.
    var numbers: [Int: Float] {
        var numbers: [Int: Float] = [:]
        for (place, sequence) in sequences.enumerated() {
            if case .number(let number) = sequence.target { numbers[lastRow(of: place)] = number }
        }
        return numbers
    }

    /// For each row the wanted label, as a bit; none where nothing is wanted.
    var labels: [UInt32] {
        var labels = [UInt32](repeating: 0, count: rows.rowCount)
        for (place, sequence) in sequences.enumerated() {
            switch sequence.target {
            case .number: break
            case .label(let label): labels[lastRow(of: place)] = 1 << UInt32(label)
            case .labels(let all, _):
                for (row, label) in zip(rows(of: place), all) { labels[row] = 1 << UInt32(label) }
            }
        }
        return labels
    }
}
