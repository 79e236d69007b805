/// Counts ids that came before, in bounded memory.
package struct RepeatedIDs: Sendable {
    package private(set) var count = 0
    private var hashes: Set<UInt64> = []
    private static let limit = 1 << 22

    package init() {}

    /// Notes an id, by its hash: FNV-1a of 64 bits (Fowler, Noll & Vo). A wrong repetition is found once in 10^6 runs of
    /// a million ids.
    package mutating func note(_ id: [UInt8]) {
        let hash = id.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        if hashes.contains(hash) {
            count += 1
        } else if hashes.count < Self.limit {
            hashes.insert(hash)
        }
    }
}
