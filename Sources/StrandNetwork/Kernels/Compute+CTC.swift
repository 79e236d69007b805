import CStrandKernels

extension Compute {
    /// -log of the probability of each sequence's text, infinite if no path spells it; `gradient` becomes the derivative
    /// of their sum times `scale`.
    func ctc<Scalar>(
        _ logits: Matrix<Scalar>, labels: Int, blank: Int, batch: RaggedBatch, texts: [[Int32]], scale: Double,
        gradient: inout Matrix<Scalar>
    ) -> [Double] {
        gradient.reshape(rows: logits.rows, columns: logits.columns)
        let table = kernels(Scalar.self)
        let columns = logits.columns
        return gradient.withMutableElements { gradient in
            withElements(of: logits) { logits in
                mapUnchecked(texts.count) { sequence in
                    let steps = batch.lengths[sequence]
                    let rows = (0..<steps).map { Int32(batch.row(sequence: sequence, step: $0)) }
                    var scratch = Matrix<Scalar>(
                        unfilled: 1, table.ctc_scratch(steps, labels, texts[sequence].count))
                    return scratch.withMutableElements { scratch in
                        rows.withUnsafeBufferPointer { rows in
                            texts[sequence].withUnsafeBufferPointer { text in
                                var call = strand_ctc(
                                    steps: steps, rows: rows.baseAddress, labels: labels, logits: logits,
                                    stride: columns, length: text.count, text: text.baseAddress, blank: blank,
                                    scale: scale, gradient: gradient)
                                return table.ctc(&call, scratch)
                            }
                        }
                    }
                }
            }
        }
    }
}
