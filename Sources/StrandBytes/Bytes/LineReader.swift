import Glibc

/// The lines of a source, byte for byte, in memory bounded by the longest line.
///
/// A line ends with `\n` or `\r\n`; the last may lack its end. A UTF-8 byte order mark at the start is skipped.
/// ```swift
/// var lines = LineReader(.file("notes.txt"))
/// while let line = try lines.next() { print(lines.lineNumber, line.count) }
/// ```
public struct LineReader: ~Copyable {
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private var bytes: ByteReader
    private var buffer: [UInt8]
    private var unread = 0..<0

    /// The number of the line that `next()` returned last, from 1; 0 before the first.
    public private(set) var lineNumber = 0
    /// Whether the line that `next()` returned last is the last of the source and has no end.
    package private(set) var isCut = false

    /// Lines of `source`, read at most `chunkSize` bytes at a time. Does no I/O.
    public init(_ source: ByteSource, chunkSize: Int = ByteReader.defaultChunkSize) {
        self.init(ByteReader(source, chunkSize: chunkSize))
    }

    /// Lines of the bytes that `bytes` has not read yet.
    package init(_ bytes: consuming ByteReader) {
        buffer = [UInt8](repeating: 0, count: bytes.chunkSize)
        self.bytes = bytes
    }

    /// The source's name in errors.
    public var name: String { bytes.name }

    /// Where the lines come from.
    package var source: ByteSource { bytes.source }

    /// The next line without its end, or nil after the last.
    ///
    /// The slice shares the reader's buffer: release it before the next call, or the buffer is copied.
    /// - Throws: what `ByteReader.read(into:at:)` throws.
    public mutating func next() throws(FormatError) -> ArraySlice<UInt8>? {
        var searchStart = unread.lowerBound
        while true {
            if let newline = firstNewline(from: searchStart) { return takeLine(upTo: newline) }
            let searched = unread.count
            if try !refill() { return unread.isEmpty ? nil : takeLast() }
            searchStart = unread.lowerBound + searched
        }
    }

    /// Whether the read-ahead contains a whole line that starts with `first`.
    package func isHere(lineStartingWith first: UInt8) -> Bool {
        var start = unread.lowerBound
        while let newline = firstNewline(from: start) {
            if buffer[start] == first { return true }
            start = newline + 1
        }
        return false
    }

    /// Whether a whole line is read ahead, or more of the source is there; waits at most that long.
    package func isNextLineNear(withinMilliseconds patience: Int) -> Bool {
        firstNewline(from: unread.lowerBound) != nil || isReady(withinMilliseconds: patience)
    }

    /// Whether more of the source is there; waits at most that long.
    package func isReady(withinMilliseconds patience: Int) -> Bool { bytes.isReady(withinMilliseconds: patience) }

    private func firstNewline(from start: Int) -> Int? {
        buffer.withUnsafeBytes { bytes in
            let base = bytes.baseAddress!
            let found = memchr(base + start, Int32(UInt8(ascii: "\n")), unread.upperBound - start)
            return found.map { UnsafeRawPointer($0) - base }
        }
    }

    private mutating func takeLine(upTo newline: Int) -> ArraySlice<UInt8> {
        var line = buffer[unread.lowerBound..<newline]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        unread = newline + 1..<unread.upperBound
        return counted(line)
    }

    private mutating func takeLast() -> ArraySlice<UInt8> {
        let line = buffer[unread]
        unread = unread.upperBound..<unread.upperBound
        isCut = true
        return counted(line)
    }

    private mutating func counted(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        lineNumber += 1
        let hasMark = lineNumber == 1 && line.starts(with: Self.byteOrderMark)
        return hasMark ? line.dropFirst(Self.byteOrderMark.count) : line
    }

    /// Reads more bytes after the unread ones; returns false at the end of the source.
    private mutating func refill() throws(FormatError) -> Bool {
        makeRoom()
        let count = try bytes.read(into: &buffer, at: unread.upperBound)
        unread = unread.lowerBound..<unread.upperBound + count
        return count > 0
    }

    /// Moves the unread bytes to the front, or doubles the buffer if they fill it.
    private mutating func makeRoom() {
        if unread.count == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
        if unread.lowerBound == 0 { return }
        buffer.withUnsafeMutableBytes { bytes in
            _ = memmove(bytes.baseAddress!, bytes.baseAddress! + unread.lowerBound, unread.count)
        }
        unread = 0..<unread.count
    }
}
