import CZlib

/// The arrays of a NumPy archive (`.npz`), read one at a time, as `numpy.savez` and `numpy.savez_compressed` write them: a
/// zip archive (PKWARE's APPNOTE 6.3) of `.npy` files (NEP 1). Arrays are of floating-point numbers in C order.
public struct NumpyArchive: Sendable {
    /// A file of the archive.
    private struct Entry: Sendable {
        var range: Range<Int>
        var isDeflated: Bool
        /// CRC-32 of the whole member.
        var checksum: UInt
        var array: NumpyArray
    }

    private static let ending = ".npy"
    private let file: MappedFile
    private let entries: [String: Entry]

    /// Maps the file and reads the headers of its arrays.
    /// - Throws: what is wrong with the file, `corruptZip`, or `badArray`.
    public init(path: String) throws(FormatError) {
        let file = try MappedFile(path)
        var entries: [String: Entry] = [:]
        for member in try ZipDirectory(file, path).members where member.name.hasSuffix(Self.ending) {
            let name = String(member.name.dropLast(Self.ending.count))
            guard let start = Self.plain(file, member.range, isDeflated: member.isDeflated, limit: 1 << 16),
                let array = NumpyArray(start: start), array.end == member.size
            else { throw FormatError(file: path, record: name, problem: .file(.badArray)) }
            entries[name] = Entry(
                range: member.range, isDeflated: member.isDeflated, checksum: member.checksum, array: array)
        }
        self.file = file
        self.entries = entries
    }

    /// The names of the arrays, sorted.
    public var names: [String] { entries.keys.sorted() }

    /// The shape of an array; nil if there is none of that name.
    public func shape(of name: String) -> [Int]? { entries[name]?.array.shape }

    /// The numbers of an array, row-major; nil if there is none of that name, it cannot be unpacked, or its
    /// checksum is another.
    public func values(of name: String) -> [Float]? {
        guard let entry = entries[name],
            let bytes = Self.plain(file, entry.range, isDeflated: entry.isDeflated, limit: entry.array.end),
            bytes.count == entry.array.end, Self.checksum(of: bytes) == entry.checksum
        else { return nil }
        return entry.array.values(in: bytes)
    }

    private static func checksum(of bytes: [UInt8]) -> UInt {
        bytes.withUnsafeBufferPointer { crc32_z(crc32(0, nil, 0), $0.baseAddress, $0.count) }
    }

    /// At most `limit` of the bytes of a member; nil if they cannot be inflated.
    private static func plain(_ file: MappedFile, _ range: Range<Int>, isDeflated: Bool, limit: Int) -> [UInt8]? {
        if !isDeflated { return Array(file.bytes[range].prefix(limit)) }
        var packed = Array(file.bytes[range])[...]
        var plain = [UInt8](repeating: 0, count: limit)
        var count = 0
        var inflater = Inflater(isRaw: true)
        while count < limit {
            guard let step = try? inflater.inflate(packed, into: &plain, at: count) else { return nil }
            packed = packed.dropFirst(step.consumed)
            count += step.produced
            if step.endsMember || step.consumed == 0 && step.produced == 0 { break }
        }
        return Array(plain.prefix(count))
    }
}

/// The header of a `.npy` file.
private struct NumpyArray {
    let shape: [Int]
    private let type: String
    private let start: Int
    private let size: Int

    /// Where its numbers end.
    var end: Int { start + size * shape.reduce(1, *) }

    /// Nil for other types than floating-point numbers, other orders than C's, or bytes that are none.
    init?(start bytes: [UInt8]) {
        guard bytes.count > 12, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else { return nil }
        let long = bytes[6] >= 2
        let length = bytes.number(at: 8, long ? 4 : 2)
        start = (long ? 12 : 10) + length
        guard start <= bytes.count else { return nil }
        let header = String(decoding: bytes[(long ? 12 : 10)..<start], as: UTF8.self)
        guard let type = Self.text(after: "'descr': '", until: "'", in: header),
            let order = Self.text(after: "'fortran_order': ", until: ",", in: header), order == "False",
            let sides = Self.text(after: "'shape': (", until: ")", in: header)
        else { return nil }
        let sizes = ["<f2": 2, "<f4": 4, "<f8": 8]
        let shape = sides.split(separator: ",").map { Int($0.filter { $0 != " " }) }
        guard let size = sizes[type], shape.allSatisfy({ $0.map { (0...1 << 40).contains($0) } ?? false }) else {
            return nil
        }
        self.type = type
        self.size = size
        self.shape = shape.compactMap(\.self)
        var product = size
        for side in self.shape {
            let (next, overflow) = product.multipliedReportingOverflow(by: side)
            if overflow { return nil }
            product = next
        }
    }

    private static func text(after start: String, until end: Character, in header: String) -> String? {
        guard let found = header.firstRange(of: start) else { return nil }
        return String(header[found.upperBound...].prefix { $0 != end })
    }

    func values(in bytes: [UInt8]) -> [Float] {
        bytes.withUnsafeBytes { bytes in
            stride(from: start, to: end, by: size).map { place in
                switch type {
                case "<f2":
                    Float(
                        Float16(
                            bitPattern: UInt16(
                                littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self))))
                case "<f4":
                    Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
                default:
                    Float(
                        Double(
                            bitPattern: UInt64(
                                littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))))
                }
            }
        }
    }
}

/// The directory at the end of a zip archive, with the extensions for large ones.
private struct ZipDirectory {
    struct Member {
        var name: String
        var range: Range<Int>
        /// Bytes when unpacked.
        var size: Int
        var isDeflated: Bool
        /// CRC-32 of it unpacked.
        var checksum: UInt
    }

    let members: [Member]

    /// - Throws: `corruptZip`.
    init(_ file: MappedFile, _ path: String) throws(FormatError) {
        guard let members = Self.members(of: file) else {
            throw FormatError(file: path, problem: .file(.corruptZip(message: "no directory of its files")))
        }
        self.members = members
    }

    private static let unknown = 0xFFFF_FFFF

    private static func members(of file: MappedFile) -> [Member]? {
        let bytes = file.bytes
        func has(_ mark: Int, at offset: Int, _ size: Int) -> Bool {
            offset >= 0 && offset <= bytes.count - size && bytes.number(at: offset, 4) == mark
        }
        // The record at the end has a comment of at most 65,535 bytes.
        let last = max(0, bytes.count - 22 - 65_535)
        guard
            let end = stride(from: bytes.count - 22, through: last, by: -1).first(where: {
                has(0x0605_4B50, at: $0, 22)
            })
        else { return nil }
        var (count, offset) = (bytes.number(at: end + 10, 2), bytes.number(at: end + 16, 4))
        if count == 0xFFFF || offset == unknown {
            guard has(0x0706_4B50, at: end - 20, 20) else { return nil }
            let large = bytes.number(at: end - 20 + 8, 8)
            guard has(0x0606_4B50, at: large, 56) else { return nil }
            (count, offset) = (bytes.number(at: large + 32, 8), bytes.number(at: large + 48, 8))
        }
        var members: [Member] = []
        for _ in 0..<count {
            guard has(0x0201_4B50, at: offset, 46) else { return nil }
            let (method, name, extra) = (
                bytes.number(at: offset + 10, 2), bytes.number(at: offset + 28, 2), bytes.number(at: offset + 30, 2)
            )
            let comment = bytes.number(at: offset + 32, 2)
            guard offset + 46 + name + extra + comment <= bytes.count, method == 0 || method == 8 else { return nil }
            var sizes = [
                bytes.number(at: offset + 24, 4), bytes.number(at: offset + 20, 4), bytes.number(at: offset + 42, 4),
            ]
            replaceUnknown(in: &sizes, bytes, offset + 46 + name..<offset + 46 + name + extra)
            let (plain, packed, local) = (sizes[0], sizes[1], sizes[2])
            guard has(0x0403_4B50, at: local, 30) else { return nil }
            let start = local + 30 + bytes.number(at: local + 26, 2) + bytes.number(at: local + 28, 2)
            guard start <= bytes.count, packed >= 0, packed <= bytes.count - start else { return nil }
            members.append(
                Member(
                    name: String(decoding: bytes[offset + 46..<offset + 46 + name], as: UTF8.self),
                    range: start..<start + packed, size: plain, isDeflated: method == 8,
                    checksum: UInt(bytes.number(at: offset + 16, 4))))
            offset += 46 + name + extra + comment
        }
        return members
    }

    /// Sizes that do not fit 32 bits stand in the extra field of kind 1, in the order: unpacked, packed, offset.
    private static func replaceUnknown(in sizes: inout [Int], _ bytes: UnsafeRawBufferPointer, _ extra: Range<Int>) {
        var place = extra.lowerBound
        while place + 4 <= extra.upperBound {
            let (kind, size) = (bytes.number(at: place, 2), bytes.number(at: place + 2, 2))
            guard place + 4 + size <= extra.upperBound else { return }
            if kind == 1 {
                var field = place + 4
                for index in sizes.indices where sizes[index] == unknown && field + 8 <= place + 4 + size {
                    sizes[index] = bytes.number(at: field, 8)
                    field += 8
                }
            }
            place += 4 + size
        }
    }
}
