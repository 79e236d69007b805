import Strand

/// What a file looks like from its first bytes.
enum FileKind: Equatable {
    case model, fasta, labelledFASTA, ink
    /// Labels that a program predicted, in another format than FASTA.
    case predictions(PredictedChainFormat)
    /// A structure with the states of DSSP.
    case structure(StructureFormat)

    /// Bytes that are looked at: few, which a slow pipe soon gives, then as many as a long comment may need.
    private static let lookAhead = [1 << 10, 1 << 16]

    /// - Throws: what the file's reader throws when it cannot be opened, or when it is XML but no ink.
    init(of path: String) throws(FormatError) { try self.init(of: .file(path)) }

    /// - Parameter source: a file, or bytes in memory: it is read more than once.
    init(of source: ByteSource) throws(FormatError) {
        var reader = ByteReader(source)
        let kind = try FileKind(lookingAt: &reader) ?? .fasta
        self = kind
        if kind == .fasta, try Self.isLabelled(source) { self = .labelledFASTA }
    }

    /// What the bytes are, which stay to be read: nil if it does not show, `fasta` for labelled FASTA too.
    /// - Throws: what `ByteReader` throws, or what `InkFormat` throws for XML that is no ink.
    init?(lookingAt reader: inout ByteReader) throws(FormatError) {
        for count in Self.lookAhead {
            let start = Array(try reader.lookAhead(count))
            let isAll = start.count < count || count == Self.lookAhead.last
            do throws(FormatError.Problem) {
                if let kind = try Self(detecting: start, isAll: isAll) {
                    self = kind
                    return
                }
            } catch {
                throw FormatError(file: reader.name, problem: error)
            }
            if isAll { break }
        }
        return nil
    }

    /// - Parameter isAll: whether no more bytes will be looked at.
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
            if error == .unknownInk { return false }
            throw error
        }
    }

    /// Whether a record of three lines stands first: a header and two of equal length, the second of which is no header,
    /// with nothing or another record behind.
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
