import StrandBytes
import StrandEngine

/// A file of labelled chains in any format that `ChainReader` reads, read whole.
public struct LabelledData {
    public let path: String
    public private(set) var records: [LabelledFASTARecord]
    /// What was changed in reading, letters of other programs' coil too.
    public private(set) var repairs: SequenceRepairs
    /// Whether the format lacks the residues without coordinates, as DSSP's own does.
    let lacksResidues: Bool
    /// Of the bytes as stored, if they were read from a path.
    private var sha256: String?
    /// The number of the line with each record's labels, if the format has one.
    private let labelLines: [Int?]

    /// - Parameters:
    ///   - path: the file; `-` is standard input.
    ///   - states: the accepted labels besides `-`; nil: any.
    public init(path: String, states: [UInt8]?) throws(FormatError) {
        let meter = InputMeter(isHashing: true)
        try self.init(path: path, meter.reader(of: path), states: states)
        sha256 = meter.hashes.first
    }

    /// - Parameters:
    ///   - path: the file's name.
    ///   - bytes: its contents.
    ///   - states: the accepted labels besides `-`; nil: any. Of secondary structure, other programs' letters for coil
    ///     are read as C.
    ///   - needsSequences: whether labels without residues are refused; else their residues are X.
    public init(
        path: String, _ bytes: consuming ByteReader, states: [UInt8]?, needsSequences: Bool = true
    ) throws(FormatError) {
        let name = bytes.name
        var reader = ChainReader(bytes)
        var records: [LabelledFASTARecord] = []
        var labelLines: [Int?] = []
        while let chain = try reader.next() {
            if needsSequences, chain.sequence == nil {
                throw FormatError(file: name, record: chain.id, problem: .chain(.missingSequence))
            }
            let sequence = chain.sequence ?? [UInt8](repeating: UInt8(ascii: "X"), count: chain.labels.count)
            var record = LabelledFASTARecord(header: chain.header, sequence: sequence, labels: chain.labels)
            record.showsEightStates = chain.showsEightStates
            records.append(record)
            labelLines.append(reader.line)
        }
        if records.isEmpty { throw FormatError(file: name, problem: .chain(.noChains)) }
        self.path = path
        self.records = records
        self.labelLines = labelLines
        repairs = reader.takeRepairs()
        lacksResidues = reader.format == .dssp
        if let states { try accept(states) }
    }

    /// The last part of the path.
    public var name: String { fileName(of: path) }

    public var residueCount: Int { records.reduce(0) { $0 + $1.sequence.count } }

    /// Whether a residue has a label.
    public var hasLabels: Bool {
        records.contains { $0.labels.contains { $0 != SecondaryStructure.unlabelled } }
    }

    /// Whether its labels are those of three states alone.
    public var hasThreeStates: Bool { records.allSatisfy(\.mayHaveThreeStates) }

    /// Whether a chain has no id but the name of the file.
    func isNamedByFile(_ id: String) -> Bool { ByteSource(argument: path).givesName(id) }

    /// The description of the training data in a model file.
    public func description(role: String) throws(FormatError) -> DataFile {
        let hash = if let sha256 { sha256 } else { try SHA256.hexDigest(ofFile: path) }
        return DataFile(
            name: name, role: role, sha256: hash, records: records.count,
            symbols: residueCount)
    }

    /// Puts features beside the chains, by id.
    /// - Returns: how many chains have some.
    /// - Throws: what `ChainFeatureSet.features(id:of:)` throws, or `noneKnown`.
    @discardableResult
    public mutating func add(_ set: ChainFeatureSet) throws(FormatError) -> Int {
        for index in records.indices {
            records[index].features = try set.features(id: records[index].id, of: records[index].sequence)
        }
        let found = records.count { $0.features != nil }
        if found == 0 { throw FormatError(file: path, problem: .features(.noneKnown)) }
        return found
    }

    /// What is said of labels `-` that seem to be coil, as Biopython's module of DSSP writes it: there are such, other
    /// states of the eight, and not one C; nil: nothing.
    var coilWarning: String? {
        let counts = labelCounts
        let unlabelled = counts[Int(SecondaryStructure.unlabelled)]
        let turns = "GIBTS".utf8.reduce(0) { $0 + counts[Int($1)] }
        guard unlabelled > 0, turns > 0, counts[Int(UInt8(ascii: "C"))] == 0, repairs.isEmpty else { return nil }
        return
            "warning: \(name): no residue is labelled C, and \(counted(unlabelled, "residue")) labelled '-' count for "
            + "nothing; where '-' stands for coil, as Biopython has it, label them C"
    }

    /// How often each byte is a label.
    public var labelCounts: [Int] {
        var counts = [Int](repeating: 0, count: 256)
        for record in records { for label in record.labels { counts[Int(label)] += 1 } }
        return counts
    }

    /// Reads other programs' letters for coil as such, and checks that there are no labels but these.
    /// - Throws: `unknownLabel`.
    mutating func accept(_ states: [UInt8]) throws(FormatError) {
        let coil = SecondaryStructure.otherCoil(beside: states)
        let alphabet = LabelAlphabet(states, others: coil)
        for index in records.indices {
            let record = records[index]
            do throws(FormatError.Problem) { try alphabet.check(record.labels[...]) } catch {
                throw FormatError(file: path, line: labelLines[index], record: record.id, problem: error)
            }
            guard record.labels.contains(where: coil.contains) else { continue }
            var labels = record.labels
            labels.readAsCoil(coil, repairs: &repairs)
            records[index] = LabelledFASTARecord(header: record.header, sequence: record.sequence, labels: labels)
            (records[index].features, records[index].showsEightStates) = (record.features, record.showsEightStates)
        }
    }
}

extension [LabelledData] {
    /// The label set that some files use (see `LabelSet.init(counts:)`), to which they then keep.
    /// - Throws: `unknownLabel` if one file has other labels, `notALabelSet`.
    public mutating func adoptLabelSet() throws(FormatError) -> LabelSet {
        var counts = [Int](repeating: 0, count: 256)
        for data in self { for (letter, count) in data.labelCounts.enumerated() { counts[letter] += count } }
        guard let labels = LabelSet(counts: counts) else {
            throw FormatError(file: self[0].path, problem: .chain(.notALabelSet))
        }
        for index in indices { try self[index].accept(labels.letters) }
        return labels
    }
}
