import StrandBytes
import StrandInk
import StrandProteins

/// The kind of a file, from its first bytes.
public enum FileKind: Sendable, Equatable {
    case model, fasta, labelledFASTA, ink
    /// Labels predicted by a program, in a format other than FASTA.
    case predictions(PredictedChainFormat)
    /// A structure with DSSP states.
    case structure(StructureFormat)

    /// Bytes to examine: few at first, for slow pipes, then enough for a long comment.
    private static let lookAhead = [1 << 10, 1 << 16]

    /// The kind of the bytes, which stay to be read; nil if they do not show it.
    /// - Throws: what `ByteReader` throws, or what `InkFormat` throws for XML that is not ink.
    public init?(lookingAt reader: inout ByteReader) throws(FormatError) {
        for count in Self.lookAhead {
            let start = Array(try reader.lookAhead(count))
            let isAll = start.count < count || count == Self.lookAhead.last
            do throws(FormatError.Problem) {
                guard let kind = try Self(detecting: start, isAll: isAll) else {
                    if isAll { break }
                    continue
                }
                self = kind
            } catch {
                throw FormatError(file: reader.name, problem: error)
            }
            if self == .fasta, try Self.isLabelled(&reader) { self = .labelledFASTA }
            return
        }
        return nil
    }

    /// - Parameter isAll: whether no more bytes will be examined.
    private init?(detecting start: [UInt8], isAll: Bool) throws(FormatError.Problem) {
        if start.count > 8, start[7] == 0, start[8] == UInt8(ascii: "{") {
            self = .model
        } else if let format = StructureFormat(detecting: start) {
            self = .structure(format)
        } else {
            switch PredictedChainFormat(detecting: start) {
            case .labelledFASTA: self = .fasta
            case .jsonl:
                guard let kind = Self.kind(ofObject: start, isAll: isAll) else { return nil }
                self = kind
            case .some(let format): self = .predictions(format)
            case nil:
                guard try Self.isInk(start) else { return nil }
                self = .ink
            }
        }
    }

    /// JSON counts as ink unless it shows that it is not.
    private static func kind(ofObject start: [UInt8], isAll: Bool) -> FileKind? {
        let object = start[...].drop { $0 != UInt8(ascii: "{") }
        if JSONScanner.firstInkMember(in: object) != nil { return .ink }
        if JSONScanner.firstMember(among: ["labels", "sequence"], in: object) != nil { return .predictions(.jsonl) }
        return isAll ? .ink : nil
    }

    private static func isInk(_ start: [UInt8]) throws(FormatError.Problem) -> Bool {
        do throws(FormatError.Problem) {
            _ = try InkFormat(detecting: start)
            return true
        } catch {
            if error == .ink(.unknownInk) { return false }
            throw error
        }
    }

    /// Whether the bytes start with a record of three lines: a header and two lines of equal length, the second not a
    /// header, with nothing or another record after them.
    private static func isLabelled(_ reader: inout ByteReader) throws(FormatError) -> Bool {
        var count = lookAhead[0]
        while true {
            let start = try reader.lookAhead(count)
            let isAll = start.count < count
            var lines = start.withoutByteOrderMark.split(separator: UInt8(ascii: "\n")).map(\.withoutLineEnd)
                .filter { !$0.isEmpty }
            // The last line may be incomplete.
            if !isAll && start.last != UInt8(ascii: "\n") { lines = lines.dropLast() }
            if lines.count < 4 && !isAll {
                count *= 2
                continue
            }
            guard lines.count >= 3, lines[0].first == UInt8(ascii: ">"), lines[1].first != UInt8(ascii: ">"),
                lines[1].count == lines[2].count
            else {
                return false
            }
            return lines.count == 3 || lines[3].first == UInt8(ascii: ">")
        }
    }
}

extension ArraySlice<UInt8> {
    /// The line without a trailing carriage return.
    fileprivate var withoutLineEnd: ArraySlice<UInt8> { last == UInt8(ascii: "\r") ? dropLast() : self }
}

/// A file with what it looks like: told on the open stream, none of whose bytes is lost.
public final class DetectedFile {
    /// As the user named it.
    public let path: String
    /// Nil if it cannot be detected.
    public let kind: FileKind?
    private var reader: ByteReader?

    /// Opens a file.
    /// - Parameter path: its name; `-` is standard input.
    /// - Throws: what `ByteReader` throws, or what `InkFormat` throws for XML that is not ink.
    public init(_ path: String) throws(FormatError) {
        var reader = ByteReader(ByteSource(argument: path))
        kind = try FileKind(lookingAt: &reader)
        self.path = path
        self.reader = consume reader
    }

    /// All its bytes, once.
    public func bytes() -> ByteReader {
        guard let reader = reader.take() else { preconditionFailure("the bytes of '\(path)' are taken already") }
        return reader
    }
}
