import CStrandKernels

/// An instruction-set path of the kernels.
///
/// On one path results are the same bytes for any number of threads; between paths of one precision they agree to about
/// 1e-5 in probabilities, because vectors of different width round differently.
public enum KernelPath: String, Sendable, CaseIterable {
    case portable, avx2, avx512
    /// AVX-512 with products of bfloat16 operands.
    case avx512bf16
    /// The same on the tile registers of AMX.
    case amx

    /// What products multiply. Sums, gates, cell states and the weights that training moves are 32-bit floats always.
    public enum Precision: String, Sendable, CaseIterable {
        case fp32, bf16
    }

    public var precision: Precision { self == .avx512bf16 || self == .amx ? .bf16 : .fp32 }

    /// Whether this processor can run the path.
    public var isSupported: Bool { strand_kernels_named(rawValue, Float.byteCount) != nil }

    /// The widest path this processor can run.
    public static var best: KernelPath {
        KernelPath(rawValue: String(cString: strand_best_path())) ?? .portable
    }

    /// The widest path of a precision this processor can run; nil where it has none.
    public static func best(_ precision: Precision) -> KernelPath? {
        switch precision {
        case .fp32: best
        case .bf16: [amx, avx512bf16].first(where: \.isSupported)
        }
    }

    /// The kernels' table for a scalar. `Double` has one path, whatever this one is.
    func kernels<Scalar: KernelScalar>(for scalar: Scalar.Type) -> strand_kernels {
        guard let table = strand_kernels_named(rawValue, Scalar.byteCount) else {
            preconditionFailure("the processor cannot run the \(rawValue) kernels")
        }
        return table.pointee
    }
}
