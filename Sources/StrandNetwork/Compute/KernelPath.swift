import CStrandKernels

/// An instruction-set path of the kernels.
///
/// On one path results are the same bytes for any number of threads; between paths they agree to about 1e-5 in
/// probabilities, because vectors of different width round differently.
public enum KernelPath: String, Sendable, CaseIterable {
    case portable, avx2, avx512

    /// Whether this processor can run the path.
    public var isSupported: Bool { strand_kernels_named(rawValue, Float.byteCount) != nil }

    /// The widest path this processor can run.
    public static var best: KernelPath {
        KernelPath(rawValue: String(cString: strand_best_path())) ?? .portable
    }

    /// The kernels' table for a scalar. `Double` has one path, whatever this one is.
    func kernels<Scalar: KernelScalar>(for scalar: Scalar.Type) -> strand_kernels {
        guard let table = strand_kernels_named(rawValue, Scalar.byteCount) else {
            preconditionFailure("the processor cannot run the \(rawValue) kernels")
        }
        return table.pointee
    }
}
