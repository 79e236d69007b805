/// A scalar the kernels are compiled for: `Float` for all real work, `Double` for gradient checks.
///
/// - Important: the two conforming types are all there are.
public protocol KernelScalar: BinaryFloatingPoint & Sendable {
    /// Size in bytes, by which the kernels' table is chosen.
    static var byteCount: Int { get }
}

extension Float: KernelScalar {
    public static var byteCount: Int { 4 }
}

extension Double: KernelScalar {
    public static var byteCount: Int { 8 }
}
