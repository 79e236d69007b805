/// Memory for scalars that starts on a cache line, so that no vector load of a packed panel crosses two.
///
/// `@unchecked Sendable`: `Matrix` gives it value semantics by copying it before a write unless it is the only owner.
final class AlignedStorage<Scalar: KernelScalar>: @unchecked Sendable {
    let capacity: Int
    let elements: UnsafeMutablePointer<Scalar>
    private let block: MemoryBlock

    /// Uninitialised storage.
    init(capacity: Int) {
        self.capacity = capacity
        block = MemoryBlock.take(byteCount: max(capacity, 1) * Scalar.byteCount)
        elements = block.start.bindMemory(to: Scalar.self, capacity: max(capacity, 1))
    }

    deinit { block.giveBack() }
}
