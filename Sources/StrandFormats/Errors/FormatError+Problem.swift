extension FormatError {
    /// What is wrong. Columns count bytes of the line from 1; characters are bytes as they came.
    public enum Problem: Error, Sendable, Equatable {
        /// The input file does not exist.
        case missingFile
        /// The input is a directory.
        case inputIsDirectory
        /// The output is a directory.
        case outputIsDirectory
        /// Opening or reading failed with this `errno`.
        case cannotRead(errno: Int32)
        /// Opening, writing or renaming failed with this `errno`.
        case cannotWrite(errno: Int32)

        /// The input ends inside a gzip member.
        case truncatedGzip
        /// The gzip data are damaged; the message is zlib's.
        case corruptGzip(message: String)

        /// The input ends without a single record.
        case noRecords
        /// A header without a sequence.
        case emptyRecord
        /// Text before the first `>`; the character is the line's first.
        case missingHeader(found: UInt8)
        /// A line starting with this character follows a complete labelled record.
        case extraLine(found: UInt8)
        /// A line that starts with `;`.
        case commentLine
        /// A space or tab that is not at the end of its line.
        case innerBlank(column: Int)
        /// A digit or punctuation mark in a sequence.
        case notALetter(UInt8, column: Int)
        /// An alignment gap in a sequence; `isRemovable` where the reader offers to remove gaps.
        case gap(UInt8, column: Int, isRemovable: Bool)
        /// A byte that no text file of this kind holds.
        case binary(byte: UInt8, column: Int)
        /// A carriage return that does not belong to a line end.
        case carriageReturn(column: Int)

        /// A labelled record without its third line.
        case missingLabels
        /// The label line is shorter or longer than the sequence.
        case labelCount(labels: Int, residues: Int)
        /// No residue of the whole file has a label.
        case noLabels
        /// The input ends without a single sample of ink.
        case noSamples
        /// The input holds no text that can be used.
        case noText
        /// The line is not the JSON it should be.
        case invalidJSON(expected: String, column: Int)
        /// A JSON object lacks this member.
        case missingMember(String)
        /// A line of text is not UTF-8.
        case notUTF8
        /// Two records have this id, and must be told apart.
        case repeatedID
        /// The first row of a table names no such column.
        case missingColumn(String)
        /// A row of a table has more or fewer cells than the first.
        case columnCount(found: Int, expected: Int)

        /// A label outside the accepted alphabet.
        case unknownLabel(UInt8, column: Int, accepted: [UInt8])
    }
}
