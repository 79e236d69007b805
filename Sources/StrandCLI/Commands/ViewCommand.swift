import ArgumentParser
import Strand
import StrandBytes

struct ViewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "view",
        abstract: "Shows labelled chains at a glance: in the terminal, or as a page.",
        discussion: """
            In the terminal a line a chain: id, length, the share of each label (of DSSP's states as H, E, C), the mean probability of the labels \
            where the file has them, and a strip of the labels, in which a letter stands for several residues of a long \
            chain. With --id the residues of chains, with their labels below. On a terminal the output goes through \
            $PAGER, by default 'less'.

            With -o a page in one file, for any number of chains: totals, charts, and a table to sort and filter, a \
            strip a chain. Labels are read from every format that 'score' reads: labelled FASTA, tsv, jsonl, .ss2, \
            NetSurfP's table, DSSP, mmCIF; of any program. Those with probabilities show how sure it is.

            EXAMPLES:
              strand view proteome.ssfa.gz
              strand view --id P0AA25 proteome.jsonl.gz
              strand view proteome.jsonl.gz -o proteome.html
              strand label --format jsonl proteome.fa | strand view - -o proteome.html
            """)

    @Option(
        name: .customLong("id"),
        help: ArgumentHelp("Show this chain, residue by residue; may be repeated.", valueName: "id"))
    var ids: [String] = []

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write a page as HTML to this file.", valueName: "file"),
        completion: .file())
    var output: String?

    @Option(help: "Labels in colour on standard output: 'auto' heeds NO_COLOR, CLICOLOR_FORCE and the terminal.")
    var color = ColourChoice.auto

    @Flag(help: "Write to the terminal itself instead of a pager.")
    var noPager = false

    @Argument(
        help: ArgumentHelp("Files of labelled chains, plain or gzip; '-' is standard input.", valueName: "file"),
        completion: .file())
    var files = ["-"]

    func validate() throws {
        if output != nil && !ids.isEmpty {
            throw ValidationError("'--id' is for the terminal: leave out '-o', or '--id'")
        }
    }

    func run() throws {
        try RunFiles.check(reading: files, writing: [(output, "page")])
        announceTyping(files, of: "labelled chains")
        if let output { try writePage(to: output) } else { try show() }
    }

    /// Calls `body` with each chain until it says that that was enough.
    private func forEachChain(_ body: (LabelledChain) throws -> Bool) throws {
        var outside = 0
        for file in files {
            let detected = try DetectedFile(file)
            if detected.isEmpty { throw FormatError(file: file, problem: .chain(.noChains)) }
            guard case .chains = detected.kind else { throw detected.isNot("a file of labelled chains") }
            var reader = ChainReader(detected.bytes())
            while let chain = try reader.next() {
                outside += chain.probabilities.count { !(0...1).contains($0) }
                if try !body(chain) { return }
            }
            let repairs = reader.takeRepairs()
            if !repairs.isEmpty { Terminal.message("\(file): \(repairs)") }
        }
        if outside > 0 {
            Terminal.message("\(counted(outside, "number")) not in 0 to 1: left out, as they are no probabilities")
        }
    }

    private func writePage(to path: String) throws {
        var page = ProteomePage(title: titleOfPage(of: files))
        let observer = ConsoleObserver(isBesideOutput: false)
        try forEachChain { chain in
            page.add(chain)
            observer.progress(counted(page.count, "chain"))
            return true
        }
        let destination = ByteDestination(argument: path)
        let bytes = page.finish()
        try ByteWriter.write(bytes, to: destination)
        if !page.hiddenLetters.isEmpty {
            let letters = page.hiddenLetters.map { "\(Unicode.Scalar($0))" }.joined(separator: ", ")
            Terminal.message(
                "the labels \(letters) are shown as none: a page has colours for \(ProteomePage.mostLetters)")
        }
        Terminal.message("wrote \(destination.name): \(counted(page.count, "chain")), \(grouped(bytes.count)) bytes")
    }

    private func show() throws {
        let isColoured = color.isOn
        let paint: (ArraySlice<UInt8>) -> [UInt8] = { isColoured ? LabelColours.paint($0) : Array($0) }
        // A pager and a person who types would read the same terminal.
        let isTyped = files.contains("-") && Terminal.inputIsTerminal
        var pager = try Pager(isWanted: !noPager && !isTyped)
        var missing = Set(ids)
        do {
            try forEachChain { chain in
                if ids.isEmpty { return try pager.write(overview(chain, paint)) }
                // Of UniProt's sp|P0AA25|THIO_ECOLI each part is a name.
                let names = [chain.id] + chain.id.split(separator: "|").map(String.init)
                guard let id = ids.first(where: names.contains) else { return true }
                missing.remove(id)
                return try pager.write(residues(chain, paint))
            }
        } catch {
            try pager.close()
            throw error
        }
        try pager.close()
        if let id = missing.min() {
            Terminal.message("error: --id: there is no chain '\(id)'")
            throw ExitCode.failure
        }
    }

    private func overview(_ chain: LabelledChain, _ paint: (ArraySlice<UInt8>) -> [UInt8]) -> [UInt8] {
        let overview = ChainOverview(chain)
        let shares = overview.shares.map { "\(Unicode.Scalar($0.label)) \(fixed(100 * $0.share, 0))%".padded(to: 6) }
        let confidence = overview.confidence.map { "  " + fixed($0, 2) } ?? ""
        let start =
            shownID(overview.id).padded(to: 22) + "\(overview.length)".padded(to: 7) + shares.joined(separator: " ")
            + confidence
        let width = max(20, (Terminal.outputColumns ?? 132) - start.count - 3)
        return Array("\(start)  ".utf8) + paint(overview.strip(width: width)[...]) + [UInt8(ascii: "\n")]
    }

    /// What could move the cursor, or fill the screen, is left out of an id.
    private func shownID(_ id: String) -> String {
        let id = id.withoutControlCharacters
        return id.count > 40 ? "\(id.prefix(39))…" : id
    }

    private func residues(_ chain: LabelledChain, _ paint: (ArraySlice<UInt8>) -> [UInt8]) -> [UInt8] {
        var lines = Array(">\(String(utf8OrLatin1: chain.header).withoutControlCharacters)\n".utf8)
        for start in stride(from: 0, to: chain.labels.count, by: 60) {
            let range = start..<min(start + 60, chain.labels.count)
            let number = String(repeating: " ", count: max(0, 7 - "\(start + 1)".count)) + "\(start + 1)  "
            if let sequence = chain.sequence { lines += Array(number.utf8) + sequence[range] + [UInt8(ascii: "\n")] }
            lines +=
                Array((chain.sequence == nil ? number : "         ").utf8) + paint(chain.labels[range]) + "\n\n".utf8
        }
        return lines
    }
}

/// What a page of chains of these files is called.
func titleOfPage(of files: [String]) -> String {
    let names = files.map { $0 == "-" ? "standard input" : $0.split(separator: "/").last.map(String.init) ?? $0 }
    return names.count > 3 ? "\(names[0]) and \(names.count - 1) more files" : names.joined(separator: ", ")
}

extension String {
    /// With blanks behind it.
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
