import StrandBytes
import StrandEngine

/// The chains of a FASTA or labelled FASTA file, without labels, read whole.
public struct ChainFile {
    public let path: String
    public let ids: [String]
    public let chains: [[UInt8]]
    public let repairs: SequenceRepairs

    /// Reads a file.
    /// - Parameters:
    ///   - path: the file's name.
    ///   - bytes: its contents.
    ///   - isLabelled: whether it is labelled FASTA.
    public init(path: String, _ bytes: consuming ByteReader, isLabelled: Bool) throws(FormatError) {
        var (ids, chains): ([String], [[UInt8]]) = ([], [])
        if isLabelled {
            var reader = LabelledFASTAReader(bytes)
            while let record = try reader.next() {
                ids.append(record.id)
                chains.append(record.sequence)
            }
            repairs = reader.repairs
        } else {
            var reader = FASTAReader(bytes)
            while let record = try reader.next() {
                ids.append(record.id)
                chains.append(record.sequence)
            }
            repairs = reader.repairs
        }
        self.path = path
        self.ids = ids
        self.chains = chains
    }

    /// The last part of the path.
    public var name: String { fileName(of: ByteSource(argument: path).name) }

    /// Reports what was repaired.
    public func reportRepairs(to observer: any RunObserver) {
        if !repairs.isEmpty { observer.message("\(name): repaired: \(repairs)") }
    }
}
