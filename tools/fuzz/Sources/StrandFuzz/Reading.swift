import Strand

/// What a reader makes of some bytes: records, and the fault behind them, if there is one.
struct Reading<Record: Equatable>: Equatable {
    private(set) var records: [Record] = []
    private(set) var fault: FormatError?

    /// - Parameter next: asks a reader for its next record.
    init(_ next: () throws(FormatError) -> Record?) {
        do throws(FormatError) {
            while let record = try next() { records.append(record) }
        } catch {
            fault = error
        }
    }
}

private let name = "fuzz"
/// Larger than any input, so that it is read at once.
private let wholeChunk = 1 << 13
/// Smaller than most lines and than the header of a gzip member.
private let smallChunk = 17

/// Reads `bytes` at once and in small pieces, which must not matter, and looks at the fault.
/// - Parameter read: reads a source with a chunk size.
/// - Returns: the records before the fault, or all.
@discardableResult
func records<Record>(of bytes: [UInt8], _ read: (ByteSource, Int) -> Reading<Record>) -> [Record] {
    let source = ByteSource.memory(bytes, name: name)
    let reading = read(source, wholeChunk)
    requireEqual(reading, read(source, smallChunk), "the same in small pieces")
    if let fault = reading.fault { check(fault, of: bytes) }
    return reading.records
}

/// What was written must be read again without a fault.
func records<Record>(written bytes: [UInt8], _ read: (ByteSource, Int) -> Reading<Record>) -> [Record] {
    let reading = read(.memory(bytes, name: name), wholeChunk)
    require(reading.fault == nil, "read again: \(reading.fault!)\n\(text(bytes))")
    return reading.records
}

/// A fault names the file and a line that is there, and is one line of text without control characters.
private func check(_ fault: FormatError, of bytes: [UInt8]) {
    requireEqual(fault.file, name, "the file of \(fault)")
    let isGzip = bytes.starts(with: [0x1F, 0x8B])
    // In XML a carriage return ends a line too.
    let lineCount = isGzip ? Int.max : bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
    if let line = fault.line { require((1...lineCount).contains(line), "line \(line) of \(lineCount): \(fault)") }
    checkMessage(fault.description)
}

/// A message is one line that does nothing to a terminal.
func checkMessage(_ message: String) {
    let hasControl = message.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
    require(!hasControl, "control character in \(message.debugDescription)")
}

/// Bytes as text, for messages.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
