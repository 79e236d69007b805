import CStrandKernels

/// An instruction-set path of the kernels.
///
/// On one path results are the same bytes for any number of threads; between paths of one precision they agree to about
/// 1e-5 in probabilities, because vectors of different lengths round differently.
public enum KernelPath: String, Sendable, CaseIterable {
    case portable, avx2, avx512
    /// AVX-512 with products of bfloat16 operands.
    case avx512bf16
    /// The same on the tile registers of AMX.
    case amx

    /// The type of a product's operands. Sums, gates, cell states and the weights being trained are always 32-bit floats.
    public enum Precision: String, Sendable, CaseIterable {
        case fp32, bf16
    }

    public var precision: Precision { self == .avx512bf16 || self == .amx ? .bf16 : .fp32 }

    /// Whether this processor can run the path.
    public var isSupported: Bool { table(Float.self) != nil }

    /// The widest path this processor can run.
    public static var best: KernelPath {
        KernelPath(rawValue: String(cString: strand_best_path())) ?? .portable
    }

    /// The widest path of a precision this processor can run; nil if there is none.
    public static func best(_ precision: Precision) -> KernelPath? {
        switch precision {
        case .fp32: best
        case .bf16: [amx, avx512bf16].first(where: \.isSupported)
        }
    }

    /// The kernels for a scalar; nil if the processor cannot run them. `Double` has the same kernels on every path.
    fileprivate func table<Scalar: KernelScalar>(_: Scalar.Type) -> UnsafePointer<strand_kernels>? {
        strand_kernels_named(rawValue, Scalar.byteCount)
    }
}

/// The kernels of one path, looked up once.
struct KernelTables: @unchecked Sendable {
    // Constants of the program: they are never written and never freed.
    private let floats: UnsafePointer<strand_kernels>
    private let doubles: UnsafePointer<strand_kernels>

    init(_ path: KernelPath) {
        guard let floats = path.table(Float.self), let doubles = path.table(Double.self) else {
            preconditionFailure("the processor cannot run the \(path.rawValue) kernels")
        }
        self.floats = floats
        self.doubles = doubles
    }

    subscript<Scalar: KernelScalar>(_: Scalar.Type) -> strand_kernels {
        Scalar.byteCount == Float.byteCount ? floats.pointee : doubles.pointee
    }
}
