extension FormatError {
    /// What is wrong. Columns count bytes of the line from 1; characters are bytes as they came.
    public enum Problem: Error, Sendable, Equatable {
        /// The input file does not exist.
        case missingFile
        /// The input is a directory.
        case inputIsDirectory
        /// The output is a directory.
        case outputIsDirectory
        /// There is a file of the output's name already, which must not be replaced.
        case outputExists
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
        case noSamples(expected: String)
        /// The input holds no text that can be used.
        case noText
        /// A line that is no epoch of a training, or a log without one.
        case noEpoch
        /// The line is not the JSON it should be.
        case invalidJSON(expected: String, column: Int)
        /// A JSON object lacks this member.
        case missingMember(String)
        /// A line of text is not UTF-8.
        case notUTF8
        /// Two records have this id, and must be told apart.
        case repeatedID
        /// A file to be merged that is no output of `label` whose records can be told apart.
        case unknownPieces
        /// A shard has records left when the one whose turn it is has none.
        case surplusRecords(shard: String)
        /// Another run writes the same output.
        case outputInUse
        /// What an interrupted run left belongs to another model, other options or another input.
        case otherRun
        /// A prediction for a chain of another length.
        case otherLength(predicted: Int, residues: Int)
        /// A prediction for a chain of another sequence.
        case otherSequence(predicted: UInt8, truth: UInt8, column: Int)
        /// The first row of a table names no such column.
        case missingColumn(String)
        /// A row of a table has more or fewer cells than the first.
        case columnCount(found: Int, expected: Int)

        /// The first bytes belong to no known format of predictions.
        case unknownPredictions
        /// The input ends without a single prediction.
        case noPredictions
        /// A prediction without residues.
        case emptyPrediction
        /// A file holds several predictions and this one names no chain.
        case unnamedPrediction
        /// A state with more or fewer probabilities than there are labels.
        case probabilityCount(Int, state: UInt8, labels: Int)

        /// A prediction without residues where they are needed.
        case missingSequence

        /// The first bytes belong to no known format of structures.
        case unknownStructure
        /// A structure without a residue of a polypeptide.
        case noResidues
        /// A structure without the states of DSSP.
        case noDSSP

        /// The first bytes belong to no known format of ink.
        case unknownInk
        /// Text where there should be something else.
        case unexpected(String, expected: String)
        /// The file ends inside a record.
        case earlyEnd(expected: String)
        /// A row with more or fewer fields than the header.
        case fieldCount(Int, expected: Int)
        /// Text where a number is expected; `NaN` and infinities are such text.
        case notANumber(String)
        /// A number beyond `InkJSONReader.largestNumber`.
        case numberTooLarge(String)
        /// Values that do not make up whole points of these channels.
        case partialPoint(values: Int, channels: [String])
        /// Channels without an X or a Y.
        case missingChannel([String])

        /// An included file is not below the root folder.
        case includeNotFound(String, root: String)
        /// The name of an included file leads out of the root folder.
        case includeOutsideRoot(String, root: String)
        /// An included file where no root folder is known.
        case includeWithoutRoot(String)
        /// A file includes itself, perhaps by way of others.
        case includeLoop(String)
        /// More included files, or deeper ones, than are followed.
        case tooManyIncludes(limit: Int, isDepth: Bool)
        /// A label without its closing quotation mark.
        case labelWithoutEnd
        /// Text that delineates no segment.
        case notADelineation(String)
        /// A segment with neither a delineation nor components after it.
        case missingDelineation(segment: String)
        /// A segment names a component that is not there.
        case componentOutOfRange(segment: String, component: Int, count: Int)
        /// A segment names a point that is not in its component.
        case pointOutOfRange(segment: String, component: Int, point: Int, count: Int)
        /// A segment ends before it starts.
        case backwardSegment(segment: String)
        /// No segment is of the level asked for.
        case noSegments(level: String, found: [String])

        /// The text is not well-formed XML; the message is about the parser's error.
        case malformedXML(message: String)
        /// A document type declaration, which could name other files or grow without bound.
        case documentType
        /// XML in an encoding that is not read.
        case xmlEncoding(String)
        /// XML elements nested deeper than this.
        case nestedTooDeep(limit: Int)
        /// A document of more bytes than are read into memory.
        case documentTooLarge(limit: Int)
        /// A reference to something that is not in the document.
        case missingReference(String)
        /// A file of transcriptions without the line that belongs to the ink.
        case missingTranscription(line: Int, of: Int)
        /// A file of transcriptions without this section.
        case missingSection(String)

        /// A label outside the accepted alphabet.
        case unknownLabel(UInt8, column: Int, accepted: [UInt8])
    }
}
