import CStrandKernels
import StrandNetwork

/// The product a recurrent step makes: rows x H times H x 4H, packed, on one thread.
enum StepProduct {
    /// Billions of operations a second, the best of several short runs.
    static func gigaflops(hidden: Int, rows: Int, path: KernelPath) -> Double {
        guard let kernels = strand_kernels_named(path.rawValue, 4) else { return 0 }
        func memory(_ count: Int) -> UnsafeMutablePointer<Float> {
            let bytes = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
            let floats = bytes.bindMemory(to: Float.self, capacity: count)
            for index in 0..<count { floats[index] = Float(index % 17) * 0.01 - 0.08 }
            return floats
        }
        let (weights, input, output) = (memory(4 * hidden * hidden), memory(rows * hidden), memory(rows * 4 * hidden))
        let scratch = memory(max(1, kernels.pointee.affine_scratch(rows, hidden)))
        defer { for pointer in [weights, input, output, scratch] { pointer.deallocate() } }
        let a = strand_view(data: input, row_stride: hidden, block_stride: 64)
        let c = strand_view(data: output, row_stride: 64, block_stride: rows * 64)
        let operations = Double(2 * rows * hidden * 4 * hidden)
        let calls = max(1, Int(2e8 / operations))
        let best =
            (0..<20).map { _ in
                seconds {
                    for _ in 0..<calls { kernels.pointee.affine(rows, hidden, 4 * hidden, a, weights, nil, c, scratch) }
                }
            }.min() ?? 1
        return operations * Double(calls) / best / 1e9
    }
}
