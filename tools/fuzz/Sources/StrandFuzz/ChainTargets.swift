import Strand

/// Sequences, structures and predictions.
let chainTargets = [
    Target(name: "fasta") { bytes in
        let found = records(of: bytes, readFASTA(ungap: false))
        records(of: bytes, readFASTA(ungap: true))
        if found.isEmpty { return }
        requireEqual(records(written: written(found), readFASTA(ungap: false)), found, "FASTA")
    },
    Target(name: "labelled-fasta") { bytes in checkLabelled(records(of: bytes, readLabelled)) },
    Target(name: "structures") { bytes in checkChains(bytes, states: .eight) },
    Target(name: "predictions") { bytes in
        for states in StateCount.allCases { checkChains(bytes, states: states) }
    },
    // Whatever the bytes show, there is a kind, none, or a fault; where sequences come out, they can be read again.
    Target(name: "detection") { bytes in
        records(of: bytes, readKind)
        let found = records(of: bytes, readDetected)
        if found.isEmpty { return }
        requireEqual(records(written: written(found), readFASTA(ungap: false)), found, "FASTA")
    },
    Target(name: "profiles") { bytes in
        for chain in records(of: bytes, readProfiles) {
            let shares = chain.profile.frequencies
            require(shares.allSatisfy { (0...1).contains($0) }, "shares of \(chain.id): \(shares)")
            require(chain.profile.gaps.allSatisfy { (0...1).contains($0) }, "gaps of \(chain.id)")
            require((0.99...20.01).contains(chain.profile.neff.max() ?? 1), "Neff of \(chain.id)")
        }
    },
    Target(name: "pieces") { bytes in
        records(of: bytes) { source, chunkSize in
            var reader = PredictionPieces(source, chunkSize: chunkSize)
            return Reading { () throws(FormatError) in try reader.next() }
        }
    },
    Target(name: "texts") { bytes in
        let texts = records(of: bytes, readTexts)
        for format in [ReadingFormat.tsv, .jsonl] {
            let lines = texts.map { format.bytes(of: $0.reading, InkSample(id: $0.id, strokes: [])) }
            let again = records(written: format.preamble + lines.joined(), readTexts)
            // A table does not tell an empty text from none.
            requireEqual(again.map(\.shown), texts.map(\.shown), format.rawValue)
        }
        records(of: bytes) { source, chunkSize in
            var reader = TextReader(source, plain: .kaldi, chunkSize: chunkSize)
            return Reading { () throws(FormatError) in try reader.next() }
        }
    },
]

@Sendable private func readFASTA(ungap: Bool) -> (ByteSource, Int) -> Reading<FASTARecord> {
    { source, chunkSize in
        var reader = FASTAReader(source, ungap: ungap, chunkSize: chunkSize)
        return Reading { () throws(FormatError) in try reader.next() }
    }
}

/// The kind as one record.
@Sendable private func readKind(_ source: ByteSource, _ chunkSize: Int) -> Reading<String> {
    var bytes: ByteReader? = ByteReader(source, chunkSize: chunkSize)
    return Reading { () throws(FormatError) in
        guard var taken = bytes.take() else { return nil }
        return try FileKind(lookingAt: &taken)?.name
    }
}

@Sendable private func readDetected(_ source: ByteSource, _ chunkSize: Int) -> Reading<FASTARecord> {
    var reader = DetectedReader(sequencesOf: ByteReader(source, chunkSize: chunkSize), ungap: false)
    return Reading { () throws(FormatError) in try reader.next() }
}

@Sendable private func readProfiles(_ source: ByteSource, _ chunkSize: Int) -> Reading<ProfiledChain> {
    var reader = ProfileReader(ByteReader(source, chunkSize: chunkSize))
    return Reading { () throws(FormatError) in try reader.next() }
}

@Sendable private func readLabelled(_ source: ByteSource, _ chunkSize: Int) -> Reading<LabelledFASTARecord> {
    var reader = LabelledFASTAReader(source, chunkSize: chunkSize)
    return Reading { () throws(FormatError) in try reader.next() }
}

@Sendable private func readTexts(_ source: ByteSource, _ chunkSize: Int) -> Reading<NamedText> {
    var reader = TextReader(source, chunkSize: chunkSize)
    return Reading { () throws(FormatError) in try reader.next() }
}

private func checkChains(_ bytes: [UInt8], states: StateCount) {
    let chains = records(of: bytes) { source, chunkSize in
        var reader = ChainReader(source, states: states, chunkSize: chunkSize)
        return Reading { () throws(FormatError) in try reader.next() }
    }
    checkLabelled(chains.compactMap(\.labelled))
}

/// What is read can be written as labelled FASTA, and is read again as it was.
private func checkLabelled(_ chains: [LabelledFASTARecord]) {
    if chains.isEmpty { return }
    requireEqual(records(written: written(chains), readLabelled), chains, "labelled FASTA")
}

private func written(_ records: [FASTARecord]) -> [UInt8] {
    do throws(FormatError) {
        var writer = try FASTAWriter(.memory(name: "written"))
        for record in records { try writer.write(record) }
        return try writer.finish()
    } catch { fatalError("\(error)") }
}

private func written(_ records: [LabelledFASTARecord]) -> [UInt8] {
    do throws(FormatError) {
        var writer = try LabelledFASTAWriter(.memory(name: "written"))
        for record in records { try writer.write(record) }
        return try writer.finish()
    } catch { fatalError("\(error)") }
}
