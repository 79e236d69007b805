import CZlib

/// The files of a zip archive (PKWARE's APPNOTE 6.3), stored or deflated, in their order.
///
/// The archive is read from its start, so that it may come from a pipe: the headers before the files count, not the
/// directory at the end.
package final class ZipArchive {
    /// The bytes that an archive starts with: the mark of a file's header.
    package static let magic: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

    private static let headerSize = 30
    private static let descriptorMagic: [UInt8] = [0x50, 0x4B, 0x07, 0x08]
    private static let chunkSize = 1 << 16

    private var bytes: ByteReader
    private let name: String
    /// Bytes that were read and not yet used.
    private var ahead: ArraySlice<UInt8> = []

    // The current file.
    private var inflater: Inflater?
    /// Bytes still stored; nil: unknown, the deflated stream ends itself.
    private var remaining: Int?
    private var isAtEnd = true
    /// The checksum promised by the header, if it comes before the file.
    private var promised: UInt?
    private var checksum: UInt = 0
    /// What is wrong behind the bytes that were returned.
    private var pendingFault: FileProblem?

    private init(_ bytes: consuming ByteReader) {
        name = bytes.name
        self.bytes = bytes
    }

    /// The bytes of the file called `entry` in the archive that `bytes` holds.
    /// - Throws: `unreadableZip` if it is not there or cannot be read, `truncatedZip`, `corruptZip`, or what `ByteReader`
    ///   throws.
    package static func open(_ entry: String, in bytes: consuming ByteReader) throws(FormatError) -> ByteReader {
        let archive = ZipArchive(bytes)
        while let found = try archive.nextFile() {
            if found.elementsEqual(entry.utf8) {
                return ByteReader({ limit throws(FormatError) in try archive.read(limit) }, name: archive.name)
            }
            while try !archive.read(chunkSize).isEmpty {}
        }
        throw archive.fault(.unreadableZip(entry: entry))
    }

    /// The name of the next file, whose bytes `read` gives; nil if no file follows that can be read.
    private func nextFile() throws(FormatError) -> ArraySlice<UInt8>? {
        let header = try take(Self.headerSize)
        guard header.count == Self.headerSize, header.starts(with: Self.magic) else { return nil }
        let (flags, method, size) = (header.number(at: 6, 2), header.number(at: 8, 2), header.number(at: 18, 4))
        let hasSizes = flags & 8 == 0
        let isReadable = flags & 1 == 0 && size != 0xFFFF_FFFF && (method == 0 && hasSizes || method == 8)
        guard isReadable else { return nil }
        let entry = try take(header.number(at: 26, 2))
        _ = try take(header.number(at: 28, 2))
        inflater = method == 8 ? .some(Inflater(isRaw: true)) : nil
        remaining = hasSizes ? size : nil
        isAtEnd = method == 0 && size == 0
        promised = hasSizes ? UInt(header.number(at: 14, 4)) : nil
        checksum = crc32(0, nil, 0)
        return entry
    }

    /// Further bytes of the current file, none at its end.
    private func read(_ limit: Int) throws(FormatError) -> [UInt8] {
        if let fault = pendingFault { throw self.fault(fault) }
        if isAtEnd { return [] }
        let plain = try inflater == nil ? stored(limit) : inflated(limit)
        checksum = plain.withUnsafeBufferPointer { crc32(checksum, $0.baseAddress, UInt32($0.count)) }
        guard isAtEnd else { return plain }
        if let promised, promised != checksum {
            let problem = FileProblem.corruptZip(message: "incorrect checksum")
            if plain.isEmpty { throw fault(problem) }
            // The bytes come first, however many are read at a time.
            pendingFault = problem
        }
        if promised == nil {
            let hasMagic = try lookAhead(4).starts(with: Self.descriptorMagic)
            _ = try take(hasMagic ? 16 : 12)
        }
        // A deflated file may be empty behind its last byte.
        return plain
    }

    private func stored(_ limit: Int) throws(FormatError) -> [UInt8] {
        let count = min(limit, remaining ?? 0)
        let plain = Array(try take(count))
        if plain.count < count { throw fault(.truncatedZip) }
        remaining = remaining.map { $0 - count }
        isAtEnd = remaining == 0
        return plain
    }

    private func inflated(_ limit: Int) throws(FormatError) -> [UInt8] {
        var plain = [UInt8](repeating: 0, count: limit)
        while true {
            // At the end too: a fault may stand behind the bytes that the step before gave.
            let packed = try lookAhead(1)
            let step: Inflater.Step
            do throws(FormatError.Problem) {
                step = try inflater!.inflate(packed, into: &plain, at: 0)
            } catch {
                throw fault(.corruptZip(message: "it cannot be inflated"))
            }
            ahead = ahead.dropFirst(step.consumed)
            isAtEnd = step.endsMember
            if step.produced > 0 || isAtEnd { return Array(plain.prefix(step.produced)) }
            if step.consumed == 0 { throw fault(.truncatedZip) }
        }
    }

    /// At least `count` of the next bytes, fewer only at the end; they stay to be read.
    private func lookAhead(_ count: Int) throws(FormatError) -> ArraySlice<UInt8> {
        while ahead.count < count {
            var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
            let added = try bytes.read(into: &chunk)
            if added == 0 { break }
            ahead = ahead + chunk[..<added]
        }
        return ahead
    }

    /// The next `count` bytes, fewer only at the end.
    private func take(_ count: Int) throws(FormatError) -> ArraySlice<UInt8> {
        let taken = try lookAhead(count).prefix(count)
        ahead = ahead.dropFirst(taken.count)
        return taken
    }

    private func fault(_ problem: FileProblem) -> FormatError { FormatError(file: name, problem: .file(problem)) }
}
