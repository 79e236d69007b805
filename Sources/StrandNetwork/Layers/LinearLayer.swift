/// y = x W^T + b for every row. Like `RecurrentLayer`, a description of weights in the flat buffer.
struct LinearLayer: Sendable {
    /// Columns of the input.
    let inputs: Int
    /// Columns of the output, a multiple of 16; those of padding are meaningless.
    let outputs: Int
    let weights: Int
    let bias: Int
}
