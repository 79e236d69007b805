import CStrandKernels
import StrandNetwork

/// The product a recurrent step makes, rows x H times H x 4H, packed, on one thread, beside the peak of the processor.
struct StepProduct: Encodable {
    var hidden: Int
    var rows: Int
    var precision: String
    /// Billions of operations a second, the median of many short runs.
    var gigaflops: Double
    /// Of the peak measured right after each run: processors change their clock. The median.
    var shareOfPeak: Double

    init(hidden: Int, rows: Int, path: KernelPath, repetitions: Int = 21) {
        self.hidden = hidden
        self.rows = rows
        precision = path.precision.rawValue
        let kernels = strand_kernels_named(path.rawValue, 4)!.pointee
        let (weights, input) = (memory(4 * hidden * hidden), memory(rows * hidden))
        let (output, scratch) = (memory(rows * 4 * hidden), memory(max(1, kernels.affine_scratch(rows, hidden))))
        defer { for pointer in [weights, input, output, scratch] { pointer.deallocate() } }
        let a = strand_view(data: input, row_stride: hidden, block_columns: 64, block_stride: 64)
        let c = strand_view(data: output, row_stride: 64, block_columns: 64, block_stride: rows * 64)
        let operations = Double(2 * rows * hidden * 4 * hidden)
        let calls = max(1, Int(2e8 / operations))
        let runs = (0..<repetitions).map { _ in
            let time = seconds {
                for _ in 0..<calls { kernels.affine(rows, hidden, 4 * hidden, a, false, weights, nil, c, scratch) }
            }
            let speed = operations * Double(calls) / time / 1e9
            return (speed: speed, share: speed / measuredPeak(path.precision))
        }
        gigaflops = runs.map(\.speed).sorted()[repetitions / 2]
        shareOfPeak = runs.map(\.share).sorted()[repetitions / 2]
    }
}

/// Small numbers, in such memory as the network's matrices have.
private func memory(_ count: Int) -> UnsafeMutablePointer<Float> {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 2 << 20)
    strand_advise_huge_pages(bytes, count * 4)
    let floats = bytes.bindMemory(to: Float.self, capacity: count)
    // Any bits are right for the speed; these are normal numbers read as floats and as pairs.
    floats.initialize(repeating: Float(bitPattern: 0x3c23_3c23), count: count)
    return floats
}
