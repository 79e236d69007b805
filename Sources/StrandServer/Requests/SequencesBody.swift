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
        if isJSON || bytes.isJSON {
            self.isAlignment = false
            try take(json: bytes)
        } else {
            self.isAlignment = isAlignment ?? Self.looksAligned(bytes)
            do throws(FormatError) {
                let source = ByteReader(.memory(bytes, name: Body.name))
                if self.isAlignment {
                    try take(ProfiledSequences(source))
                } else {
                    try take(DetectedReader(sequencesOf: source, ungap: false))
                }
            } catch { throw Problem(error) }
        }
    }

    /// Stockholm, Clustal, or FASTA with gaps.
    private static func looksAligned(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: "# STOCKHOLM".utf8) || bytes.starts(with: "CLUSTAL".utf8) { return true }
        return bytes.split(separator: UInt8(ascii: "\n")).contains {
            $0.first != UInt8(ascii: ">") && $0.contains(UInt8(ascii: "-"))
        }
    }

    private mutating func take<Reader>(_ reader: consuming Reader) throws(FormatError)
    where Reader: RecordReader & ~Copyable, Reader.Record == FASTARecord, Reader.Repairs == SequenceRepairs {
        while let record = try reader.next() { try add(record) }
        let changes = reader.takeRepairs()
        repairs = ((changes.isEmpty ? [] : ["\(changes)"]) + changes.warnings).joined(separator: "; ")
    }

    private mutating func add(_ record: FASTARecord) throws(FormatError) {
        records.append(record)
        residues += record.sequence.count
        if let problem = excess { throw FormatError(file: Body.name, problem: FormatError.Problem(problem)) }
    }

    private var excess: TooMuch? {
        if records.count > limits.records { return TooMuch(count: limits.records, noun: "chain") }
        return residues > limits.residues ? TooMuch(count: limits.residues, noun: "residue") : nil
    }

    // MARK: JSON

    /// `{"sequences":[{"id":"a","sequence":"MKT"},"MKT"]}`.
    private mutating func take(json bytes: [UInt8]) throws(Problem) {
        var scanner = JSONScanner(bytes[...])
        var chains: [(id: String?, sequence: String)]?
        do throws(JSONScanner.Fault) {
            try scanner.object { key, scanner throws(JSONScanner.Fault) in
                guard key == "sequences" else { throw scanner.fault("the member \"sequences\" alone") }
                var list: [(id: String?, sequence: String)] = []
                try scanner.array { scanner throws(JSONScanner.Fault) in list.append(try scanner.chain()) }
                chains = list
            }
            try scanner.end()
        } catch {
            throw Problem(.badRequest, "JSON: \(error.expected) expected at byte \(error.column)")
        }
        guard let chains, !chains.isEmpty else {
            throw Problem(
                .unprocessableEntity, "JSON: no sequences: send {\"sequences\":[{\"id\":\"a\",\"sequence\":\"MKT\"}]}")
        }
        for (index, chain) in chains.enumerated() {
            let place = "sequences[\(index)]"
            let id = chain.id ?? "\(index + 1)"
            if id.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
                throw Problem(.unprocessableEntity, "\(place): a control character in its id: leave it out")
            }
            var sequence = Array(chain.sequence.utf8)
            if sequence.last == UInt8(ascii: "*") { sequence.removeLast() }
            if sequence.isEmpty { throw Problem(.unprocessableEntity, "\(place): no residues") }
            if let residue = sequence.firstIndex(where: { !(65...90).contains($0 & 0xDF) && $0 != UInt8(ascii: "*") }) {
                throw Problem(
                    .unprocessableEntity,
                    "\(place), residue \(residue + 1): not a letter; sequences are letters without gaps")
            }
            do throws(FormatError) { try add(FASTARecord(header: Array(id.utf8), sequence: sequence)) } catch {
                throw Problem(error)
            }
        }
    }
}

extension JSONScanner {
    /// A sequence, or an object with its id.
    fileprivate mutating func chain() throws(Fault) -> (id: String?, sequence: String) {
        guard isAtObject else { return (nil, try string()) }
        var (id, sequence): (String?, String?)
        try object { key, scanner throws(Fault) in
            switch key {
            case "id": id = try scanner.stringOrNumber()
            case "sequence": sequence = try scanner.string()
            default: throw scanner.fault("\"id\" or \"sequence\"")
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

    var description: String {
        "more than \(counted(count, noun)): send them in parts, or use the program"
    }
}
