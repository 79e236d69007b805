/// A scalar the kernels are compiled for: `Float` for all real work, `Double` for gradient checks.
///
/// - Important: no other type may conform.
public protocol KernelScalar: BinaryFloatingPoint & Sendable {
    /// Size in bytes: it selects the table of kernels.
    static var byteCount: Int { get }
}

extension Float: KernelScalar {
    public static var byteCount: Int { 4 }
}

extension Double: KernelScalar {
    public static var byteCount: Int { 8 }
}
