import StrandBytes

/// The labels a reader accepts.
struct LabelAlphabet {
    /// Marks a residue without a label.
    static let none = UInt8(ascii: "-")

    private let accepted: [UInt8]
    private var isAccepted = [Bool](repeating: false, count: 256)

    /// The given letters and `-`; nil accepts every printable ASCII character but the blank.
    init(_ letters: [UInt8]?) {
        let letters = letters ?? Array(0x21..<0x7F)
        accepted = letters.contains(Self.none) ? letters : letters + [Self.none]
        for letter in accepted { isAccepted[Int(letter)] = true }
    }

    /// Checks every label of `line`.
    func check(_ line: ArraySlice<UInt8>) throws(FormatError.Problem) {
        for (index, label) in line.enumerated() where !isAccepted[Int(label)] {
            throw problem(of: label, column: index + 1)
        }
    }

    private func problem(of label: UInt8, column: Int) -> FormatError.Problem {
        switch ResidueClass.table[Int(label)] {
        case .binary: .notText(label, column: column)
        case .blank: .chain(.innerBlank(column: column))
        default: .chain(.unknownLabel(label, column: column, accepted: accepted))
        }
    }
}
