import Glibc

extension FormatError: CustomStringConvertible {
    /// One line: `FILE:LINE: record ID: what is wrong; what to do`. U+FFFD stands for each control character of the input.
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        let owner = record.map { "record \($0): " } ?? ""
        return "\(place): \(owner)\(problem)".withoutControlCharacters
    }

    /// Whether the reader of a pipe went away (`EPIPE`), which a command-line tool usually ends on without a message.
    ///
    /// The process sees this error only if it ignores `SIGPIPE`.
    public var isBrokenPipe: Bool { problem == .cannotWrite(errno: EPIPE) }
}

extension FormatError.Problem: CustomStringConvertible {
    /// What is wrong and, after a semicolon, what to do about it.
    public var description: String {
        switch self {
        case .missingFile: "no such file; check the path"
        case .inputIsDirectory: "is a directory; name a file"
        case .outputIsDirectory: "is a directory; name a file to write"
        case .outputExists: "exists already and is not replaced; remove it or name another folder"
        case .cannotRead(let code): "cannot read: \(String(cString: strerror(code)))"
        case .cannotWrite(let code): "cannot write: \(String(cString: strerror(code)))"
        case .truncatedGzip: "gzip data end too early; fetch or compress the file again"
        case .corruptGzip(let message): "corrupt gzip data (\(message)); fetch or compress the file again"
        case .noRecords: "no records; a '>' header and a sequence are expected"
        case .emptyRecord: "header without a sequence; add the sequence or remove the record"
        case .missingHeader(let byte): "\(named(byte)) before the first '>' header; is this FASTA?"
        case .extraLine(let byte): "\(named(byte)) where a '>' header is expected; \(plainFASTAHint)"
        case .commentLine: "comment line (';'); remove it"
        case .innerBlank(let column): "blank at column \(column); remove it"
        case .notALetter(let byte, let column):
            "\(named(byte)) at column \(column) of the sequence; only letters and '*' are accepted"
        case .gap(let byte, let column, isRemovable: true):
            "gap \(named(byte)) at column \(column) of the sequence; use --ungap to remove gaps"
        case .gap(let byte, let column, isRemovable: false):
            "gap \(named(byte)) at column \(column) of the sequence; remove it and its label"
        case .binary(let byte, let column):
            "\(named(byte)) at column \(column) is not text; is the file of the right kind?"
        case .carriageReturn(let column): "carriage return at column \(column); end lines with LF or CRLF"
        case .missingLabels: "no label line; \(plainFASTAHint)"
        case .labelCount(let labels, let residues):
            "\(labels) labels for \(residues) residues; give one label a residue, '-' where there is none"
        case .noLabels: "no residue has a label; there is nothing to measure"
        case .noSamples(let expected): "no ink; \(expected) is expected"
        case .invalidJSON(let expected, let column): "\(expected) expected at column \(column); mend or remove the line"
        case .missingMember(let name): "no member \"\(name)\"; is this ink?"
        case .noEpoch: "no epoch of a training; give what 'train --log' wrote"
        case .noText: "no text of the alphabet's characters; give text, a text a line"
        case .notUTF8: "the line is not UTF-8; convert the file"
        case .otherLength(let predicted, let residues):
            "\(predicted) residues predicted, \(residues) in the true chain; predict the same chain, or leave out with --common"
        case .otherSequence(let predicted, let truth, let column):
            "residue \(column) is '\(Unicode.Scalar(predicted))' here and '\(Unicode.Scalar(truth))' in the true chain; "
                + "predict the same chain, or leave out with --common"
        case .unknownPieces:
            "no output of 'strand label' or 'read' whose records can be told apart; give shards, not BED or plain text"
        case .surplusRecords(let shard):
            "has more records than fit behind those of '\(shard)'; give all shards, in their order"
        case .outputInUse: "another run writes this output; wait for it, or name another output"
        case .otherRun:
            "the interrupted run had another model, other options or another input; start anew without --resume"
        case .repeatedID: "two records have this id; give each its own"
        case .missingColumn(let name): "no column '\(name)' in the first row; name the columns there"
        case .columnCount(let found, let expected):
            "\(found) cells where the first row has \(expected); mend or remove the row"
        case .unknownLabel(let byte, let column, let accepted):
            "label \(named(byte)) at column \(column) is not one of \(String(decoding: accepted, as: UTF8.self)); "
                + plainFASTAHint
        case .unknownPredictions: "no known format of predictions; give \(predictionFormats)"
        case .noPredictions: "no predictions; give \(predictionFormats)"
        case .emptyPrediction: "a prediction without residues; remove it"
        case .unnamedPrediction:
            "a second prediction that names no chain; put a line '# >header' under this one, or give a file each"
        case .probabilityCount(let count, let state, let labels):
            "\(count) probabilities of \(named(state)) for \(labels) labels; give one a residue"
        case .missingSequence: "no residues beside the labels; give a format that has them"
        case .unknownStructure: "neither DSSP's own format nor mmCIF; make one of them with 'mkdssp'"
        case .noResidues: "no residues of a protein; is it the right file?"
        case .noDSSP: "no states of DSSP; add them with 'mkdssp --output-format mmcif IN OUT'"
        case .unknownInk: "no known format of ink; if it is one, name it (--from)"
        case .unexpected(let found, let expected): "\(quoted(found)) where \(expected) is expected; mend or remove it"
        case .earlyEnd(let expected): "the file ends where \(expected) is expected; is it whole?"
        case .fieldCount(let count, let expected): "\(count) fields and the header has \(expected); mend the row"
        case .notANumber(let text): "\(quoted(text)) is not a number; mend or remove it"
        case .numberTooLarge(let text): "\(quoted(text)) is larger than ink can be (1e12); mend or remove it"
        case .partialPoint(let values, let channels):
            "\(values) values for points of \(channels.joined(separator: " ")); give each point all of them"
        case .missingChannel(let channels):
            "channels '\(channels.joined(separator: " "))' lack X or Y; without both there is no ink"
        case .includeNotFound(let name, let root):
            "includes \(quoted(name)), which is not in '\(root)'; name the folder that it is in (--root)"
        case .includeOutsideRoot(let name, let root):
            "includes \(quoted(name)), which leads out of '\(root)'; only files below that folder are read"
        case .includeWithoutRoot(let name): "includes \(quoted(name)); name the folder that it is in (--root)"
        case .includeLoop(let name): "includes \(quoted(name)), which is being read already; break the loop"
        case .tooManyIncludes(let limit, isDepth: false): "includes more than \(limit) files; is there a loop?"
        case .tooManyIncludes(let limit, isDepth: true): "files include others \(limit) deep; is there a loop?"
        case .labelWithoutEnd: "label without its closing '\"'; add it"
        case .notADelineation(let text):
            "\(quoted(text)) delineates no segment; give components and points as in '1:40-3,5,6:0-6:12'"
        case .missingDelineation(let segment):
            "segment \(segment) has no delineation and no component follows it; add one of them"
        case .componentOutOfRange(let segment, let component, let count):
            "segment \(segment) names component \(component) and there are \(count), from 0; is ink missing?"
        case .pointOutOfRange(let segment, let component, let point, let count):
            "segment \(segment) names point \(point) of component \(component), which has \(count), from 0; "
                + "is ink missing?"
        case .backwardSegment(let segment): "segment \(segment) ends before it starts; mend it"
        case .malformedXML(let message): "malformed XML: \(message); mend the file or fetch it again"
        case .documentType: "a document type declaration ('<!DOCTYPE') is refused; remove it"
        case .xmlEncoding(let name): "XML encoded as \(quoted(name)) is not read; convert it to UTF-8"
        case .nestedTooDeep(let limit): "more than \(limit) nested elements; is this ink?"
        case .documentTooLarge(let limit): "more than \(limit >> 20) MiB of XML in one document; divide it"
        case .missingReference(let name): "refers to \(quoted(name)), which is not here; mend the reference"
        case .missingTranscription(let line, let count):
            "\(count) lines after 'CSR:' and line \(line) is needed; is it the right file?"
        case .missingSection(let name): "no line '\(name)'; is it the right file?"
        case .noSegments(let level, let found):
            "no segment of level \(level); "
                + (found.isEmpty ? "there are no segments at all" : "there are: \(found.joined(separator: ", "))")
        }
    }

    private var plainFASTAHint: String { "is this plain FASTA? a labelled record has three lines" }

    private var predictionFormats: String {
        "labelled FASTA, Strand's tsv or jsonl, PSIPRED's .ss2 or .horiz, or NetSurfP's CSV"
    }

    /// Text in quotes, cut where it is long.
    private func quoted(_ text: String) -> String {
        let shown = String(text.unicodeScalars.prefix(40)).withoutControlCharacters
        return "'\(shown)\(text.unicodeScalars.count > 40 ? "..." : "")'"
    }

    /// A printable character in quotes, another byte in hexadecimal.
    private func named(_ byte: UInt8) -> String {
        if (0x20..<0x7F).contains(byte) { return "'\(Character(Unicode.Scalar(byte)))'" }
        return "byte 0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}

extension String {
    /// This text with U+FFFD for each control character, C0 or C1: they could end a line or move the cursor of a terminal.
    package var withoutControlCharacters: String {
        let scalars = unicodeScalars.map { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
