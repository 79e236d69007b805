import Testing

@testable import StrandNetwork

@Suite struct MemoryBlockTests {
    @Test(arguments: [1, 63, 64, 100_000, 1 << 20, 5_000_000]) func startsOnACacheLine(byteCount: Int) {
        let block = MemoryBlock.take(byteCount: byteCount)
        #expect(Int(bitPattern: block.start) % 64 == 0)
        // All of it can be written.
        block.start.initializeMemory(as: UInt8.self, repeating: 1, count: byteCount)
        block.giveBack(isReusable: true)
    }

    @Test func twoHoldersNeverShareABlock() {
        let blocks = (0..<40).map { _ in MemoryBlock.take(byteCount: 3 << 20) }
        #expect(Set(blocks.map(\.start)).count == 40)
        // More than is kept: the rest goes back to the system.
        for block in blocks { block.giveBack(isReusable: true) }
        let again = (0..<40).map { _ in MemoryBlock.take(byteCount: 3 << 20) }
        #expect(Set(again.map(\.start)).count == 40)
        for block in again { block.giveBack(isReusable: true) }
    }
}
