import StrandBytes

/// What the records at the start of a file hold that starts with `>`.
enum FASTALayout: Equatable {
    case sequences
    /// A sequence and its labels.
    case labelled
    /// Two lines each, which may be a sequence and its labels or one sequence.
    case ambiguous

    /// Letters of DSSP's states and of other programs' coil, and the mark of no label.
    private static let stateLetters = Set("HGIEBTSCPL_-".utf8)
    /// Letters of which a record's labels have most.
    private static let mainLetters = Set("HEC_L-".utf8)

    /// As a format.
    /// - Parameter wantsLabels: how an ambiguous layout counts.
    func format(wantsLabels: Bool) -> ChainFormat {
        self == .labelled || self == .ambiguous && wantsLabels ? .labelledFASTA : .fasta
    }

    /// The layout of the records that are there; bytes stay to be read.
    /// - Throws: `foreign` for files that start with `>` and are not FASTA, or what `ByteReader` throws.
    init(lookingAt bytes: inout ByteReader, patience: Int?) throws(FormatError) {
        var count = ChainFormat.lookAhead[0]
        while true {
            let start = try bytes.lookAhead(count, patience: patience)
            let isAll = start.count < count
            // Of a chain longer than a look-ahead, the first lines tell as well.
            if let records = Self.records(start, isAll: isAll) {
                if let foreign = Self.foreign(records) {
                    throw FormatError(file: bytes.name, problem: .file(.foreign(foreign)))
                }
                self.init(records)
                return
            }
            count *= 2
        }
    }

    /// A header and the lines below it.
    private typealias Record = (header: ArraySlice<UInt8>, body: [ArraySlice<UInt8>])

    /// The complete records at the start of the bytes, or a longer one's first lines; nil if more bytes are needed.
    private static func records(_ start: ArraySlice<UInt8>, isAll: Bool) -> [Record]? {
        var lines = start.withoutInvisibleStart.split(separator: UInt8(ascii: "\n")).map(\.withoutTrailingBlanks)
        // The last line may be incomplete.
        if !isAll && start.last != UInt8(ascii: "\n") { lines = lines.dropLast() }
        var records: [Record] = []
        for line in lines where !line.isEmpty {
            if line.first == UInt8(ascii: ">") {
                records.append((line, []))
            } else if !records.isEmpty {
                records[records.count - 1].body.append(line)
            }
        }
        if isAll { return records }
        if records.count > 1 { return records.dropLast() }
        return (records.first?.body.count ?? 0) > 5 ? records : nil
    }

    private init(_ records: [Record]) {
        let labelled = records.map(Self.hasStates)
        if !records.isEmpty, records.allSatisfy(Self.mayBeWrapped) {
            self = .ambiguous
        } else if labelled.first == true || 2 * labelled.count(where: { $0 }) > labelled.count {
            self =
                zip(records, labelled).contains { $1 && Self.areLikelyLabels($0.body[1], of: $0.body[0]) }
                ? .labelled : .ambiguous
        } else if !records.isEmpty, records.allSatisfy({ $0.body.count == 2 && Self.isNear($0.body[0], $0.body[1]) }) {
            self = Self.haveOtherLabels(records) ? .labelled : .ambiguous
        } else {
            self = .sequences
        }
    }

    /// Whether the second line, or the second of three, is of the first's length and has only letters of states.
    private static func hasStates(_ record: Record) -> Bool {
        guard (2...3).contains(record.body.count) else { return false }
        let (sequence, labels) = (record.body[0], record.body[1])
        let isLikely = sequence.count == labels.count && labels.count >= 3 || sequence.count >= 10
        // Some labels may be missing, where so many letters cannot be residues.
        let isCut =
            record.body.count == 2 && labels.count >= 20 && labels.count < sequence.count
            && !sequence.allSatisfy(stateLetters.contains) && areMostlyMain(labels)
        guard isLikely, isNear(sequence, labels) || isCut, labels.allSatisfy(stateLetters.contains) else {
            return false
        }
        // A third line is of confidences, or residues go on.
        return record.body.count == 2
            || isNear(labels, record.body[2])
                && (areMostlyMain(labels) || !record.body[2].contains { (65...90).contains($0 & 0xDF) })
    }

    /// Whether most labels are those that most are: other states are letters of residues too, and of loops such as GGGGS.
    private static func areMostlyMain(_ labels: ArraySlice<UInt8>) -> Bool {
        2 * labels.count(where: mainLetters.contains) >= labels.count
    }

    /// Whether letters of states are labels rather than residues: most are of helix, strand and coil; or some, and the line
    /// above, as long, has other letters too. Half of all residues have letters of states: hardly ever 20 in a row.
    private static func areLikelyLabels(_ labels: ArraySlice<UInt8>, of sequence: ArraySlice<UInt8>) -> Bool {
        areMostlyMain(labels)
            || labels.count >= 20 && labels.count == sequence.count && !sequence.allSatisfy(stateLetters.contains)
                && 5 * labels.count(where: mainLetters.contains) >= labels.count
    }

    /// Whether both of two lines have only letters of states, and few of those that most labels are: S, G and T are
    /// residues too.
    private static func mayBeWrapped(_ record: Record) -> Bool {
        record.body.count == 2 && record.body.allSatisfy { $0.allSatisfy(stateLetters.contains) }
            && !areMostlyMain(record.body[1])
            && record.body[1].count <= record.body[0].count
    }

    /// Whether two lines of residues are a sequence and its labels without doubt.
    static func areSequenceAndLabels(_ sequence: ArraySlice<UInt8>, _ labels: ArraySlice<UInt8>) -> Bool {
        sequence.count == labels.count && labels.count >= 10 && !sequence.allSatisfy(stateLetters.contains)
            && labels.allSatisfy(stateLetters.contains) && areMostlyMain(labels)
    }

    /// Whether two lines are as long as each other, but for few characters that may have been lost.
    private static func isNear(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Bool {
        abs(first.count - second.count) <= max(1, first.count / 10)
    }

    /// Whether pairs of lines are sequences and labels of few letters, or pairs of many lengths: a wrapped sequence has
    /// many letters, and its lines have one length.
    private static func haveOtherLabels(_ records: [Record]) -> Bool {
        let pairs = records.map { (sequence: $0.body[0], labels: $0.body[1]) }
        guard pairs.allSatisfy({ $0.sequence.count == $0.labels.count }) else { return false }
        let lengths = pairs.map(\.labels.count)
        return Set(pairs.map(\.labels).joined()).count <= 3 && lengths.reduce(0, +) >= 20
            || records.count >= 3 && Set(lengths).count > 1
    }

    // MARK: Files that start with '>' and are not FASTA

    private static let piecesOfPIR = Set(["P1", "F1", "DL", "DC", "RL", "RC", "N1", "N3", "XX"])

    private static func foreign(_ records: [Record]) -> ForeignFormat? {
        guard let first = records.first else { return nil }
        let header = first.header.dropFirst()
        if header.dropFirst(2).first == UInt8(ascii: ";"), piecesOfPIR.contains(String(utf8OrLatin1: header.prefix(2)))
        {
            return ForeignFormat(
                "PIR (NBRF), where a title follows the header", "make FASTA of it, as 'seqret' of EMBOSS does")
        }
        if first.body.count >= 5, first.body[2..<5].allSatisfy(areNumbers) {
            return ForeignFormat(
                "'fas' of S4PRED with its confidences", "write ss2 with it, or keep three lines of each record")
        }
        if areWrapped(first.body) {
            return ForeignFormat(
                "labelled FASTA whose lines are wrapped", "put each sequence, and its labels, on one line")
        }
        if areLabels(records.flatMap(\.body).joined()) {
            return ForeignFormat(
                "labels without sequences", "put each below its sequence: header, sequence, labels")
        }
        return nil
    }

    /// Whether some lines are a sequence and as many letters that follow its labels.
    private static func areWrapped(_ body: [ArraySlice<UInt8>]) -> Bool {
        let count = body.reduce(0) { $0 + $1.count }
        guard body.count > 2, count % 2 == 0, count >= 40 else { return false }
        var (first, lines) = (0, 0)
        while first < count / 2 {
            first += body[lines].count
            lines += 1
        }
        let (sequence, labels) = (body[..<lines].joined(), body[lines...].joined())
        return first == count / 2 && !sequence.allSatisfy(stateLetters.contains)
            && labels.allSatisfy(stateLetters.contains) && areMostlyMain(Array(labels)[...])
    }

    private static func areNumbers(_ line: ArraySlice<UInt8>) -> Bool {
        line.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || " \t.,[]eE+-".utf8.contains($0) }
            && line.contains { $0 &- UInt8(ascii: "0") < 10 }
    }

    /// Whether the text is states rather than residues: two of helix, strand and coil, and mostly these.
    private static func areLabels(_ text: some Sequence<UInt8>) -> Bool {
        var (count, main, letters) = (0, 0, Set<UInt8>())
        for letter in text {
            if !stateLetters.contains(letter) { return false }
            count += 1
            if mainLetters.contains(letter) { main += 1 }
            letters.insert(letter)
        }
        return count >= 20 && 2 * main >= count && letters.intersection("HEC".utf8).count >= 2
    }
}

extension ArraySlice<UInt8> {
    /// The line without blanks and carriage returns at its end.
    fileprivate var withoutTrailingBlanks: ArraySlice<UInt8> { dropLast(reversed().prefix(while: \.isXMLSpace).count) }
}
