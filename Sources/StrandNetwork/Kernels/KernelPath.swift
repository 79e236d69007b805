import CStrandKernels

/// An instruction-set path of the kernels.
///
/// On one path results are the same bytes for any number of threads. In `int8` they are the same bytes on every path and
/// processor. In `fp32` they are on all paths with fused multiply-add, which x86-64's portable path lacks: it agrees with
/// them to about 1e-5 in probabilities; so do those of `bf16` with each other.
public enum KernelPath: String, Sendable, CaseIterable {
    case portable, avx2, avx512
    /// AVX-512 with products of bfloat16 operands.
    case avx512bf16
    /// The same on the tile registers of AMX.
    case amx
    /// Products of 8 bits on what every processor has, and on what some have beside.
    case int8, int8avx2, int8avx512, int8avxvnni, int8vnni, int8amx, int8dot

    /// The type of a product's operands. Sums, gates, cell states and the weights being trained are always 32-bit floats, but
    /// for the sums of 8-bit products, which are whole numbers.
    public enum Precision: String, Sendable, CaseIterable {
        case fp32, bf16
        /// For inference only. Products of inputs and of the output layer remain those of 32-bit floats.
        case int8
    }

    public var precision: Precision {
        switch self {
        case .portable, .avx2, .avx512: .fp32
        case .avx512bf16, .amx: .bf16
        case .int8, .int8avx2, .int8avx512, .int8avxvnni, .int8vnni, .int8amx, .int8dot: .int8
        }
    }

    /// What its results depend on: paths of one arithmetic give the same bytes.
    public var arithmetic: String {
        switch precision {
        case .int8: return "int8"
        case .bf16: return "bf16 of \(rawValue)"
        case .fp32:
            #if arch(x86_64)
                if self == .portable { return "fp32 without fused multiply-add" }
            #endif
            return "fp32"
        }
    }

    /// Whether networks can be trained on it; inference runs on any.
    public var canTrain: Bool { precision != .int8 }

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
        case .int8: [int8amx, int8vnni, int8avxvnni, int8avx512, int8avx2, int8dot, int8].first(where: \.isSupported)
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
