import StrandFormats
import StrandInkXML

/// What a file looks like from its first bytes.
enum FileKind {
    case model, fasta, labelledFASTA, ink

    /// Bytes that are looked at.
    private static let lookAhead = 1 << 16

    /// - Throws: what the file's reader throws when it cannot be opened, or when it is XML but no ink.
    init(of path: String) throws(FormatError) { try self.init(of: .file(path)) }

    /// - Parameter source: a file, or bytes in memory: it is read more than once.
    init(of source: ByteSource) throws(FormatError) {
        var reader = ByteReader(source)
        let start = Array(try reader.lookAhead(Self.lookAhead))
        if start.count > 8, start[7] == 0, start[8] == UInt8(ascii: "{") {
            self = .model
            return
        }
        do throws(FormatError.Problem) {
            _ = try InkFormat(detecting: start)
            self = .ink
        } catch {
            if error != .unknownInk { throw FormatError(file: source.name, problem: error) }
            self = try Self.isLabelled(source) ? .labelledFASTA : .fasta
        }
    }

    /// Whether there is a header, the third line of the first record is as long as the second and is not the next header, and the fourth
    /// starts another record.
    private static func isLabelled(_ source: ByteSource) throws(FormatError) -> Bool {
        var lines = LineReader(source)
        var first: [ArraySlice<UInt8>] = []
        while first.count < 4, let line = try lines.next() {
            if !line.isEmpty { first.append(ArraySlice(Array(line))) }
        }
        guard first.count >= 3, first[0].first == UInt8(ascii: ">"), first[1].first != UInt8(ascii: ">"),
            first[1].count == first[2].count
        else {
            return false
        }
        return first.count == 3 || first[3].first == UInt8(ascii: ">")
    }
}
