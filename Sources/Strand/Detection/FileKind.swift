import StrandBytes
import StrandInk
import StrandProteins

/// The kind of a file, from its first bytes: the one place that tells it, for every use of a file.
public enum FileKind: Sendable, Equatable {
    case model
    /// Sequences, or chains with labels.
    case chains(ChainFormat)
    case ink

    /// The kind of the bytes, which stay to be read; nil if they do not show it.
    /// - Parameters:
    ///   - bytes: the bytes; those that are looked at stay to be read.
    ///   - patience: milliseconds to wait for more than one byte: a slow source is judged by what has come; nil: any time.
    /// - Throws: `foreign` for a format that is known and not read, what `ByteReader` throws, or what `InkFormat` throws
    ///   for XML that cannot be read.
    public init?(lookingAt bytes: inout ByteReader, patience: Int? = nil) throws(FormatError) {
        let start = Array(try bytes.lookAhead(16, patience: patience))
        if start.count > 8, start[7] == 0, start[8] == UInt8(ascii: "{") {
            self = .model
            return
        }
        // Its label is a text, and no chain's.
        if try Self.isJIIX(&bytes, patience: patience) {
            self = .ink
            return
        }
        var foreign: FormatError?
        do throws(FormatError) {
            if let format = try ChainFormat(lookingAt: &bytes, patience: patience) {
                self = .chains(format)
                return
            }
        } catch {
            guard case FileProblem.foreign = error.problem.kind else { throw error }
            foreign = error
        }
        if try Self.isInk(&bytes, patience: patience, isForeign: foreign != nil) {
            self = .ink
        } else if let foreign {
            throw foreign
        } else {
            return nil
        }
    }

    private static func isJIIX(_ bytes: inout ByteReader, patience: Int?) throws(FormatError) -> Bool {
        let members = JIIXReader.members.union(["sequence", "seq", "strokes", "drawing"])
        for count in ChainFormat.lookAhead {
            let start = try bytes.lookAhead(count, patience: patience).drop(while: \.isXMLSpace)
            if start.first != UInt8(ascii: "{") { return false }
            if let member = JSONScanner.firstMember(among: members, in: start) {
                return JIIXReader.members.contains(member)
            }
            if start.endIndex < count { break }
        }
        return false
    }

    /// - Parameter isForeign: whether the bytes show another format, so that problems of XML do not matter.
    private static func isInk(
        _ bytes: inout ByteReader, patience: Int?, isForeign: Bool
    ) throws(FormatError) -> Bool {
        var problem: FormatError.Problem?
        for count in ChainFormat.lookAhead {
            let start = Array(try bytes.lookAhead(count, patience: patience))
            do throws(FormatError.Problem) {
                let format = try InkFormat(detecting: start)
                // Any JSON could be Strand's; what shows no ink is of another kind.
                if format != .jsonLines || JSONScanner.firstInkMember(in: start[...]) != nil { return true }
                problem = nil
            } catch {
                problem = error
            }
            if start.count < count { break }
        }
        guard let problem, !isForeign, problem != .ink(.unknownInk) else { return false }
        if case TextProblem.unexpected(let root, _) = problem.kind {
            let format = ForeignFormat("XML of another kind, <\(root)>", "give the data in a format named by --help")
            throw FormatError(file: bytes.name, problem: .file(.foreign(format)))
        }
        throw FormatError(file: bytes.name, problem: problem)
    }

    /// What a file of this kind is.
    public var name: String {
        switch self {
        case .model: "a model"
        case .chains(.fasta): "FASTA without labels"
        case .chains(let format): format.name
        case .ink: "handwriting"
        }
    }
}
