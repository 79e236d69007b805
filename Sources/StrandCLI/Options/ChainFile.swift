import Strand

/// The chains of a FASTA or labelled FASTA file, read whole, without labels.
struct ChainFile {
    let path: String
    let ids: [String]
    let chains: [[UInt8]]
    let repairs: SequenceRepairs

    /// - Parameter path: the file, whose kind is told by its content; `-` is standard input.
    init(path: String) throws(FormatError) {
        let source = try Self.source(path)
        var (ids, chains): ([String], [[UInt8]]) = ([], [])
        if try FileKind(of: source) == .labelledFASTA {
            var reader = LabelledFASTAReader(source)
            while let record = try reader.next() {
                ids.append(record.id)
                chains.append(record.sequence)
            }
            repairs = reader.repairs
        } else {
            var reader = FASTAReader(source)
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

    /// Standard input is read whole, because its content is looked at first.
    private static func source(_ path: String) throws(FormatError) -> ByteSource {
        let source = ByteSource(argument: path)
        guard source == .standardInput else { return source }
        var reader = ByteReader(source)
        return .memory(try reader.readAll(limit: .max) ?? [], name: source.name)
    }

    /// The path's last part.
    var name: String { fileName(of: ByteSource(argument: path).name) }

    /// Says what was repaired.
    func reportRepairs() {
        if !repairs.isEmpty { Terminal.message("\(name): repaired: \(repairs)") }
    }
}
