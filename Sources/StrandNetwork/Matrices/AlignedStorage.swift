/// Memory for scalars that starts on a cache line, so that no vector load of a packed panel crosses two.
///
/// `@unchecked Sendable`: `Matrix` gives it value semantics by copying it before a write unless it is the only owner.
final class AlignedStorage<Scalar: KernelScalar>: @unchecked Sendable {
    let capacity: Int
    let elements: UnsafeMutablePointer<Scalar>

    /// Uninitialised storage.
    init(capacity: Int) {
        self.capacity = capacity
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(capacity, 1) * Scalar.byteCount, alignment: 64)
        elements = bytes.bindMemory(to: Scalar.self, capacity: max(capacity, 1))
    }

    deinit { UnsafeMutableRawPointer(elements).deallocate() }
}
