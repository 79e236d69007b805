/// Counts repeated ids, in bounded memory.
struct RepeatedIDs {
    private(set) var count = 0
    private var hashes: Set<UInt64> = []
    private static let limit = 1 << 22

    /// Records an id by its 64-bit FNV-1a hash (Fowler, Noll & Vo). A false repetition occurs once in 10^6 runs of
    /// a million ids.
    mutating func note(_ id: [UInt8]) {
        let hash = id.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        if hashes.contains(hash) {
            count += 1
        } else if hashes.count < Self.limit {
            hashes.insert(hash)
        }
    }
}
