import StrandBytes
import StrandProteins
import TestSupport

/// Chains of a structure, with the counts.
struct Structure: Equatable {
    var chains: [LabelledFASTARecord] = []
    var breaks = 0
    var polyproline = 0
    var modified = 0

    init(_ source: ByteSource) throws(FormatError) {
        var reader = ChainReader(source)
        while let chain = try reader.next() {
            let sequence = chain.sequence ?? [UInt8](repeating: UInt8(ascii: "X"), count: chain.labels.count)
            chains.append(LabelledFASTARecord(header: chain.header, sequence: sequence, labels: chain.labels))
        }
        let repairs = reader.takeRepairs()
        breaks = repairs.chainBreaks
        polyproline = repairs.coilLetters["P"] ?? 0
        modified = repairs.modifiedResidues
    }

    init(_ text: String) throws(FormatError) { try self.init(memory(text)) }
}

/// A file as DSSP writes it, with rows of number, residue's number, chain, residue and state.
struct ClassicDSSP {
    static let first =
        "==== Secondary Structure Definition by the program DSSP, NKI version 4.0                  ==== DATE=2023-02-02"
    static let heading =
        "  #  RESIDUE AA STRUCTURE BP1 BP2  ACC     N-H-->O  TCO  KAPPA ALPHA  PHI   PSI    X-CA   Y-CA   Z-CA"

    var text: String

    /// - Parameter total: the number of residues that the file says it has; nil: it does not say.
    init(entry: String? = "1AKI", total: Int? = nil, headingEnd: String = "") {
        text = Self.first + "\n"
        if let entry { text += "HEADER    HYDROLASE" + blanks(31) + "19-MAY-97   \(entry)\n" }
        text += total.map { right($0) + "  1  4  4  0 TOTAL NUMBER OF RESIDUES, NUMBER OF CHAINS\n" } ?? "REFERENCE\n"
        text += Self.heading + headingEnd + "\n"
    }

    /// Rows of a chain, numbered from where the rows are.
    mutating func add(_ chain: Character, _ residues: String, _ states: String, from number: Int = 1, end: String = "")
    {
        for (index, (residue, state)) in zip(residues, states).enumerated() {
            text += right(number + index) + right(number + index) + " \(chain) \(residue)  \(state)"
            if !end.isEmpty { text += blanks(Self.heading.count - 17) + end }
            text += "\n"
        }
    }

    mutating func addBreak(_ mark: String, number: Int) { text += right(number) + "        \(mark)\n" }

    private func right(_ number: Int) -> String { blanks(5 - String(number).count) + String(number) }

    private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
