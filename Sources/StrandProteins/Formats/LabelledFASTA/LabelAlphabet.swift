import StrandBytes

/// The labels a reader accepts.
struct LabelAlphabet {
    /// Marks a residue without a label.
    static let none = UInt8(ascii: "-")

    private let accepted: [UInt8]
    private var isAccepted = [Bool](repeating: false, count: 256)

    /// The given letters and `-`; nil accepts every printable ASCII character but the blank.
    /// - Parameter others: further letters, which are read as one of these.
    init(_ letters: [UInt8]?, others: [UInt8] = []) {
        let letters = letters ?? Array(0x21..<0x7F)
        accepted = (letters.contains(Self.none) ? letters : letters + [Self.none]) + others
        for letter in accepted { isAccepted[Int(letter)] = true }
    }

    /// Checks every label of `line`.
    func check(_ line: ArraySlice<UInt8>) throws(FormatError.Problem) {
        if let index = line.firstIndex(where: { !isAccepted[Int($0)] }) { throw problem(of: line, at: index) }
    }

    private func problem(of line: ArraySlice<UInt8>, at index: Int) -> FormatError.Problem {
        let (label, column) = (line[index], index - line.startIndex + 1)
        return switch ResidueClass.table[Int(label)] {
        case .binary: .text(TextProblem(notText: line, at: index))
        case .blank: .chain(.innerBlank(column: column))
        default: .chain(.unknownLabel(label, column: column, accepted: accepted))
        }
    }
}
