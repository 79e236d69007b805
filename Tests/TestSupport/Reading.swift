import StrandBytes
import StrandProteins

/// Text as bytes in memory, named `test`.
public func memory(_ text: String) -> ByteSource { .memory(Array(text.utf8), name: "test") }

public func memory(_ bytes: [UInt8]) -> ByteSource { .memory(bytes, name: "test") }

/// All bytes of `source`, read in steps of `chunkSize`.
public func readBytes(_ source: ByteSource, chunkSize: Int = 1000) throws(FormatError) -> [UInt8] {
    var reader = ByteReader(source, chunkSize: chunkSize)
    var chunk = [UInt8](repeating: 0, count: chunkSize)
    var bytes: [UInt8] = []
    while case let count = try reader.read(into: &chunk), count > 0 { bytes += chunk[..<count] }
    return bytes
}

public func readLines(_ source: ByteSource, chunkSize: Int = 1000) throws(FormatError) -> [String] {
    var reader = LineReader(source, chunkSize: chunkSize)
    var lines: [String] = []
    while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
    return lines
}

public func readFASTA(
    _ source: ByteSource, ungap: Bool = false, chunkSize: Int = 1000
) throws(FormatError) -> (records: [FASTARecord], repairs: SequenceRepairs) {
    var reader = FASTAReader(source, ungap: ungap, chunkSize: chunkSize)
    var records: [FASTARecord] = []
    while let record = try reader.next() { records.append(record) }
    return (records, reader.repairs)
}

public func readLabelled(
    _ source: ByteSource, alphabet: [UInt8]? = Array("HGIEBTSC".utf8), chunkSize: Int = 1000
) throws(FormatError) -> (records: [LabelledFASTARecord], repairs: SequenceRepairs) {
    var reader = LabelledFASTAReader(source, alphabet: alphabet, chunkSize: chunkSize)
    var records: [LabelledFASTARecord] = []
    while let record = try reader.next() { records.append(record) }
    return (records, reader.repairs)
}

public func fasta(_ header: String, _ sequence: String) -> FASTARecord {
    FASTARecord(header: Array(header.utf8), sequence: Array(sequence.utf8))
}

public func labelled(_ header: String, _ sequence: String, _ labels: String) -> LabelledFASTARecord {
    LabelledFASTARecord(header: Array(header.utf8), sequence: Array(sequence.utf8), labels: Array(labels.utf8))
}

/// The text of the error that `body` throws, or nil if it throws none.
public func message(_ body: () throws(FormatError) -> Void) -> String? {
    do throws(FormatError) {
        try body()
        return nil
    } catch {
        return error.description
    }
}
