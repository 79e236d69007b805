import StrandBytes
import StrandEngine

/// The sequences of a file of chains, without labels, read whole.
public struct ChainFile {
    public let path: String
    public let ids: [String]
    public let chains: [[UInt8]]
    public let repairs: SequenceRepairs

    /// Reads a file.
    /// - Parameters:
    ///   - path: the file's name.
    ///   - bytes: its contents.
    ///   - isLabelled: whether its chains have labels, in whatever format.
    public init(path: String, _ bytes: consuming ByteReader, isLabelled: Bool) throws(FormatError) {
        var (ids, chains): ([String], [[UInt8]]) = ([], [])
        if isLabelled {
            let name = bytes.name
            var reader = ChainReader(bytes)
            while let chain = try reader.next() {
                guard let sequence = chain.sequence else {
                    throw FormatError(file: name, record: chain.id, problem: .chain(.missingSequence))
                }
                ids.append(chain.id)
                chains.append(sequence)
            }
            repairs = reader.takeRepairs()
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
        for warning in repairs.warnings { observer.message("\(name): warning: \(warning)") }
    }
}
