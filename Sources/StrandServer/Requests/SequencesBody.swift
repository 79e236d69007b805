import Strand
import StrandBytes
import StrandProteins

/// The chains in a request's body.
struct SequencesBody {
    private(set) var records: [FASTARecord] = []
    /// What was changed, as a sentence; empty if nothing.
    private(set) var repairs = ""
    /// Whether they come from an alignment.
    let isAlignment: Bool

    private let limits: ServerLimits
    private var residues = 0

    /// - Parameters:
    ///   - bytes: unpacked.
    ///   - isAlignment: whether the chain is wanted that an alignment is of; nil: if it looks like one.
    init(_ bytes: [UInt8], isJSON: Bool, isAlignment: Bool?, _ limits: ServerLimits) throws(Problem) {
        self.limits = limits
        let isJSON = isJSON || bytes.isJSON
        self.isAlignment = isJSON ? false : isAlignment ?? Self.looksAligned(bytes)
        if bytes.first == UInt8(ascii: ">")
            && !bytes.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
        {
            throw Problem(
                .badRequest,
                "FASTA in one line: its line ends were lost, or its sequence; 'curl --data-binary @FILE' keeps them")
        }
        let text = isJSON ? try JSONSequences(bytes, limits).fasta : bytes
        do throws(FormatError) {
            let source = ByteReader(.memory(text, name: Body.name))
            if self.isAlignment {
                try take(ProfiledSequences(source))
            } else if isJSON {
                try take(FASTAReader(source))
            } else {
                try take(DetectedReader(sequencesOf: source, ungap: false))
            }
        } catch { throw Problem(error) }
    }

    /// Stockholm, Clustal, or FASTA with gaps.
    private static func looksAligned(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: "# STOCKHOLM".utf8) || bytes.starts(with: "CLUSTAL".utf8) { return true }
        guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: ">") else { return false }
        var (isAtStart, isHeader) = (true, false)
        for byte in bytes {
            if isAtStart { isHeader = byte == UInt8(ascii: ">") }
            isAtStart = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            if byte == UInt8(ascii: "-") && !isHeader { return true }
        }
        return false
    }

    private mutating func take<Reader>(_ reader: consuming Reader) throws(FormatError)
    where Reader: RecordReader & ~Copyable, Reader.Record == FASTARecord, Reader.Repairs == SequenceRepairs {
        while let record = try reader.next() {
            records.append(record)
            residues += record.sequence.count
            if let problem = excess(record) {
                throw FormatError(file: Body.name, problem: FormatError.Problem(problem))
            }
        }
        let changes = reader.takeRepairs()
        repairs = ((changes.isEmpty ? [] : ["\(changes)"]) + changes.warnings).joined(separator: "; ")
    }

    private func excess(_ record: FASTARecord) -> TooMuch? {
        if records.count > limits.records { return TooMuch(count: limits.records, noun: "chain") }
        if record.sequence.count > limits.chainResidues {
            return TooMuch(count: limits.chainResidues, noun: "residue", place: " in a chain")
        }
        return residues > limits.residues ? TooMuch(count: limits.residues, noun: "residue") : nil
    }
}

/// Chains as JSON, `{"sequences":[{"id":"a","sequence":"MKT"},"MKT"]}`, whose names are their numbers where they have none.
private struct JSONSequences {
    /// The same as FASTA.
    private(set) var fasta: [UInt8] = []
    private var count = 0

    init(_ bytes: [UInt8], _ limits: ServerLimits) throws(Problem) {
        var scanner = JSONScanner(bytes[...])
        var (sequences, problem): (JSONSequences?, Problem?)
        do throws(JSONScanner.Fault) {
            try scanner.object { key, scanner throws(JSONScanner.Fault) in
                guard key == "sequences", sequences == nil else {
                    throw scanner.fault("the member \"sequences\" once, and no other,")
                }
                var found = JSONSequences()
                try scanner.array { scanner throws(JSONScanner.Fault) in
                    let (id, sequence) = try scanner.chain()
                    do throws(Problem) { try found.add(id, sequence, limits) } catch {
                        problem = error
                        throw scanner.fault("")
                    }
                }
                sequences = found
            }
            try scanner.end()
        } catch {
            throw problem ?? Problem(.badRequest, "JSON: \(error.expected) expected at byte \(error.column)")
        }
        guard let sequences, sequences.count > 0 else {
            throw Problem(
                .unprocessableEntity, "JSON: no sequences: send {\"sequences\":[{\"id\":\"a\",\"sequence\":\"MKT\"}]}")
        }
        self = sequences
    }

    private init() {}

    private mutating func add(_ id: String?, _ sequence: String, _ limits: ServerLimits) throws(Problem) {
        let place = "sequences[\(count)]"
        count += 1
        if count > limits.records {
            throw Problem(.unprocessableEntity, TooMuch(count: limits.records, noun: "chain").description)
        }
        let id = id ?? "\(count)"
        if id != id.withoutControlCharacters {
            throw Problem(.unprocessableEntity, "\(place): a control character in its id: leave it out")
        }
        let residues = Array(sequence.utf8)
        if residues.allSatisfy({ $0 == UInt8(ascii: "*") }) {
            throw Problem(.unprocessableEntity, "\(place): no residues")
        }
        if let residue = residues.firstIndex(where: { !(65...90).contains($0 & 0xDF) && $0 != UInt8(ascii: "*") }) {
            throw Problem(
                .unprocessableEntity,
                "\(place), residue \(residue + 1): not a letter; sequences are letters without gaps")
        }
        fasta += Array(">\(id)\n".utf8) + residues + [UInt8(ascii: "\n")]
    }
}

extension JSONScanner {
    /// A sequence, or an object with its id.
    fileprivate mutating func chain() throws(Fault) -> (id: String?, sequence: String) {
        guard isAtObject else { return (nil, try string()) }
        var (id, sequence): (String?, String?)
        try object { key, scanner throws(Fault) in
            switch key {
            case "id" where id == nil: id = try scanner.stringOrNumber()
            case "sequence" where sequence == nil: sequence = try scanner.string()
            default: throw scanner.fault("\"id\" or \"sequence\", once each,")
            }
        }
        guard let sequence else { throw fault("a member \"sequence\" before") }
        return (id, sequence)
    }
}

/// A request asks for more than the server does.
struct TooMuch: FormatProblem, Equatable {
    let count: Int
    let noun: String
    /// Where, if not in the request as a whole.
    var place = ""

    var description: String { "more than \(counted(count, noun))\(place): send less, or use the program" }
}
