/// The kind of byte in a sequence line; residues that need no attention are the empty set.
struct ResidueClass: OptionSet {
    let rawValue: UInt8

    /// A letter other than the 20 amino acids and X.
    static let unknownLetter = ResidueClass(rawValue: 1)
    /// `*`, the translation of a stop codon.
    static let stop = ResidueClass(rawValue: 2)
    /// `-` or `.`, an alignment gap.
    static let gap = ResidueClass(rawValue: 4)
    /// Space or tab.
    static let blank = ResidueClass(rawValue: 8)
    /// A digit or any other punctuation mark.
    static let notALetter = ResidueClass(rawValue: 16)
    /// A control character or a byte outside ASCII.
    static let binary = ResidueClass(rawValue: 32)
    /// A letter of amino acids, or an unknown one, that does not stand for a nucleotide (ACGTUN) too.
    static let notANucleotide = ResidueClass(rawValue: 64)

    private static let aminoAcids = Array("ACDEFGHIKLMNPQRSTVWYX".utf8)
    private static let nucleotides = Array("ACGTUN".utf8)

    /// The class of each byte value.
    static let table = {
        var table = InlineArray<256, ResidueClass>(repeating: .binary)
        for byte in 0x21..<0x7F { table[byte] = .notALetter }
        for letter in UInt8(ascii: "A")...UInt8(ascii: "Z") {
            var residueClass: ResidueClass = aminoAcids.contains(letter) ? [] : .unknownLetter
            if !nucleotides.contains(letter) { residueClass.insert(.notANucleotide) }
            table[Int(letter)] = residueClass
            table[Int(letter.lowercasedASCII)] = residueClass
        }
        table[Int(UInt8(ascii: "*"))] = .stop
        for byte in "-.".utf8 { table[Int(byte)] = .gap }
        for byte in " \t".utf8 { table[Int(byte)] = .blank }
        return table
    }()
}

extension UInt8 {
    /// The lower-case form of an ASCII letter.
    fileprivate var lowercasedASCII: UInt8 { self | 0x20 }
}
