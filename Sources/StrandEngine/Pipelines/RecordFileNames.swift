/// File names for records, accepted by any file system.
///
/// A name is made from the record's id: letters, digits, `.`, `_` and `-` stay, `_` stands for any other byte and for a
/// `.` or `-` at the start, and 200 bytes are kept. If the resulting name was given before, `.2`, `.3` and so on
/// follow; names that differ only in case count as equal. The same ids in the same order get the same names.
///
/// Of each name only an 8-byte hash is kept, so that a million names take about 20 MB. If two names share a hash, the
/// second gets a number needlessly.
package struct RecordFileNames {
    static let longestName = 200

    private var given: Set<UInt64> = []
    /// The last number given to a repeated name.
    private var numbers: [UInt64: Int] = [:]

    package init() {}

    /// The name for a file of the record with this id, without an extension.
    package mutating func next(forID id: some Collection<UInt8>) -> String {
        let stem = Self.stem(id)
        let stemHash = Self.hash(stem)
        if given.insert(stemHash).inserted { return stem }
        var number = numbers[stemHash] ?? 1
        var name: String
        repeat {
            number += 1
            name = "\(stem).\(number)"
        } while !given.insert(Self.hash(name)).inserted
        numbers[stemHash] = number
        return name
    }

    private static func stem(_ id: some Collection<UInt8>) -> String {
        if id.isEmpty { return "record" }
        let underscore = UInt8(ascii: "_")
        var bytes = id.prefix(longestName).map { isSafe[Int($0)] ? $0 : underscore }
        if bytes[0] == UInt8(ascii: ".") || bytes[0] == UInt8(ascii: "-") { bytes[0] = underscore }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let isSafe: [Bool] = {
        let letters = "abcdefghijklmnopqrstuvwxyz"
        let safe = Set((letters + letters.uppercased() + "0123456789._-").utf8)
        return (0...255).map { safe.contains($0) }
    }()

    /// FNV-1a of the name in lower case: the same in every run.
    private static func hash(_ name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { hash, byte in
            let isCapital = byte &- UInt8(ascii: "A") < 26
            return (hash ^ UInt64(isCapital ? byte | 0x20 : byte)) &* 0x100_0000_01B3
        }
    }
}
