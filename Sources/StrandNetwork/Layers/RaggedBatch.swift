/// Sequences of different lengths laid out for a recurrent network without padding.
///
/// Sequences are sorted by length, longest first. Step t holds one row for each sequence longer than t, so its rows are
/// a prefix of the sorted sequences and a recurrent step touches only those. Rows are numbered step by step:
/// ```
/// lengths 4 2 1        t=0  t=1  t=2  t=3
///                      0    3    5    6
///                      1    4
///                      2
/// ```
public struct RaggedBatch: Sendable {
    /// Lengths in sorted order, longest first.
    public let lengths: [Int]
    /// For each sorted sequence, its index among those the batch was made from.
    public let order: [Int]
    /// N: the sum of lengths.
    public let rowCount: Int

    /// First row and number of rows of each step.
    let forward: Steps
    /// The same from the last step to the first.
    let backward: Steps

    /// Steps in the order in which a direction walks them.
    struct Steps: Sendable {
        var first: [Int32]
        var rows: [Int32]
        /// For each row of the batch, the row of the same sequence one step earlier in this order; -1 if there is none.
        var previousRow: [Int32]
    }

    /// - Parameter unsorted: lengths of the sequences, at least 1 each, in any order. Equal lengths keep their order.
    public init(lengths unsorted: [Int]) {
        precondition(unsorted.allSatisfy { $0 >= 1 }, "a sequence has at least one step")
        order = unsorted.indices.sorted { (unsorted[$1], $0) < (unsorted[$0], $1) }
        lengths = order.map { unsorted[$0] }
        var first: [Int32] = []
        var rows: [Int32] = []
        var row = 0
        var alive = lengths.count
        for step in 0..<(lengths.first ?? 0) {
            while lengths[alive - 1] <= step { alive -= 1 }
            first.append(Int32(row))
            rows.append(Int32(alive))
            row += alive
        }
        rowCount = row
        forward = Steps(first: first, rows: rows)
        backward = Steps(first: first.reversed(), rows: rows.reversed())
    }

    /// The row of one step of a sequence.
    /// - Parameters:
    ///   - sequence: index in sorted order.
    ///   - step: from 0.
    public func row(sequence: Int, step: Int) -> Int {
        Int(forward.first[step]) + sequence
    }

    /// B: number of sequences.
    var sequences: Int { lengths.count }

    /// Values of the timesteps of all sequences in the order of the batch's rows: (N, columns), row by row.
    /// - Parameters:
    ///   - columns: values of a timestep.
    ///   - empty: what rows hold before their values; all are overwritten.
    ///   - values: returns those of sequence k of the sorted batch, (T, columns), row by row.
    public func rows<Value>(columns: Int = 1, filledWith empty: Value, values: (Int) -> [Value]) -> [Value] {
        var rows = [Value](repeating: empty, count: rowCount * columns)
        for sequence in lengths.indices {
            let values = values(sequence)
            precondition(values.count == lengths[sequence] * columns, "values of another sequence")
            for step in 0..<lengths[sequence] {
                let row = columns * self.row(sequence: sequence, step: step)
                for column in 0..<columns { rows[row + column] = values[columns * step + column] }
            }
        }
        return rows
    }

    /// The same as a matrix (N, columns) of floats: not generic, so that callers in other modules pay no call an element.
    public func matrix(columns: Int, values: (Int) -> [Float]) -> Matrix<Float> {
        Matrix(rows: rowCount, columns: columns, elements: rows(columns: columns, filledWith: 0, values: values))
    }

    /// The same as a matrix (N, columns).
    public func matrix<Scalar: KernelScalar>(columns: Int, values: (Int) -> [Scalar]) -> Matrix<Scalar> {
        Matrix(rows: rowCount, columns: columns, elements: rows(columns: columns, filledWith: 0, values: values))
    }
}

extension RaggedBatch.Steps {
    init(first: [Int32], rows: [Int32]) {
        self.first = first
        self.rows = rows
        previousRow = [Int32](repeating: -1, count: rows.reduce(0) { $0 + Int($1) })
        for step in first.indices.dropFirst() {
            for sequence in 0..<min(rows[step], rows[step - 1]) {
                previousRow[Int(first[step] + sequence)] = first[step - 1] + sequence
            }
        }
    }
}
