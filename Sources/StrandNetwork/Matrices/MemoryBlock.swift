import CStrandKernels
import Synchronization

/// Memory for a matrix.
///
/// Large blocks lie on huge pages: through small ones weights are read at three quarters of the speed. Blocks that are given
/// back are kept for the next matrix, because the system fills new memory with zeros, which takes a tenth of the time of a
/// forward pass.
struct MemoryBlock: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    private let byteCount: Int

    private static var hugePage: Int { 2 << 20 }
    /// Smaller blocks are left to the system's allocator.
    private static var leastKept: Int { 64 << 10 }
    private static var mostKept: Int { 128 << 20 }
    private static let kept = Mutex<[MemoryBlock]>([])

    /// A block of at least `byteCount` bytes, uninitialised.
    static func take(byteCount: Int) -> MemoryBlock {
        guard byteCount >= leastKept else { return MemoryBlock(byteCount: byteCount, alignment: 64) }
        let reused = kept.withLock { kept -> MemoryBlock? in
            let fitting = kept.indices.filter { (byteCount...2 * byteCount).contains(kept[$0].byteCount) }
            return fitting.min { kept[$0].byteCount < kept[$1].byteCount }.map { kept.remove(at: $0) }
        }
        if let reused { return reused }
        // One that has become too small makes way.
        let outgrown = kept.withLock { kept -> MemoryBlock? in
            let smaller = kept.indices.filter { (byteCount / 2..<byteCount).contains(kept[$0].byteCount) }
            return smaller.max { kept[$0].byteCount < kept[$1].byteCount }.map { kept.remove(at: $0) }
        }
        outgrown?.start.deallocate()
        // An eighth more, so that the next matrix of about this size fits.
        let isLarge = byteCount >= hugePage / 2
        let block = MemoryBlock(byteCount: byteCount + byteCount / 8, alignment: isLarge ? hugePage : 64)
        if isLarge { strand_advise_huge_pages(block.start, block.byteCount) }
        return block
    }

    private init(byteCount: Int, alignment: Int) {
        self.byteCount = byteCount
        start = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: alignment)
    }

    /// Ends the use of the block.
    /// - Parameter isReusable: whether it may be kept for the next matrix.
    func giveBack(isReusable: Bool) {
        let isKept =
            isReusable && byteCount >= Self.leastKept
            && Self.kept.withLock { kept in
                guard kept.reduce(byteCount, { $0 + $1.byteCount }) <= Self.mostKept else { return false }
                kept.append(self)
                return true
            }
        if !isKept { start.deallocate() }
    }
}

/// Memory for scalars that starts on a cache line, so that no vector load of a packed panel crosses two.
///
/// `@unchecked Sendable`: `Matrix` gives it value semantics by copying it before a write unless it is the only owner.
final class AlignedStorage<Scalar: KernelScalar>: @unchecked Sendable {
    let capacity: Int
    let elements: UnsafeMutablePointer<Scalar>
    private let block: MemoryBlock
    private let isReusable: Bool

    /// Uninitialised storage.
    /// - Parameter isReusable: whether another matrix may have the memory afterwards; else the system has it.
    init(capacity: Int, isReusable: Bool = true) {
        self.capacity = capacity
        self.isReusable = isReusable
        block = MemoryBlock.take(byteCount: max(capacity, 1) * Scalar.byteCount)
        elements = block.start.bindMemory(to: Scalar.self, capacity: max(capacity, 1))
    }

    deinit { block.giveBack(isReusable: isReusable) }
}
