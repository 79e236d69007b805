import StrandBytes

extension InkSurvey {
    /// Writers whose ink has a problem that shows only over many samples, by name.
    var writerProblems: [Problem: [String]] {
        var problems: [Problem: [String]] = [:]
        for (writer, samples) in samplesByWriter {
            let digests = samples.map { self.digests[$0] }
            if areStretched(digests) { problems[.stretched, default: []].append(writer) }
            if haveStrangeSize(digests) { problems[.letterSize, default: []].append(writer) }
            if areJoined(digests) { problems[.joinedStrokes, default: []].append(writer) }
        }
        return problems
    }

    /// Whether x and y seem to have different units: the median of the distance sideways per distance up and down, over
    /// 10 or more samples, is outside 0.33...2.
    ///
    /// Of UNIPEN's writers with 20 samples it is 0.36 to 1.62, median 0.8; one writer with fewer samples is outside. Of
    /// writers whose ink is made 3 times as wide or as narrow 79 to 84 % are found, 2 times 15 to 20 %: hands differ as
    /// much.
    private func areStretched(_ digests: [InkDigest]) -> Bool {
        let aspects = digests.compactMap { $0.characterCount == 1 ? nil : $0.shape.aspect }
        guard aspects.count >= 10 else { return false }
        return !(0.33...2).contains(aspects.median)
    }

    /// Whether letters are, in the median over 5 or more samples, less than 0.7 mm or more than 25 mm high by the
    /// declared resolution: limits of hands, exceeded by 3 of UNIPEN's writers.
    private func haveStrangeSize(_ digests: [InkDigest]) -> Bool {
        let sizes = digests.compactMap { digest -> Float? in
            guard let units = digest.unitsPerMillimetre, units > 0, digest.characterCount > 1 else { return nil }
            return digest.shape.size / Float(units)
        }
        guard sizes.count >= 5 else { return false }
        return !(0.7...25).contains(sizes.median)
    }

    /// Whether pen-ups are missing: over 60 % of 6 or more samples have only one stroke though the text, by its words
    /// and the dots of its i and j, needs more.
    ///
    /// Of UNIPEN's writers with 20 samples the highest share is 33 %; with strokes joined it is 100 % of all.
    private func areJoined(_ digests: [InkDigest]) -> Bool {
        let texts = digests.filter { $0.pointCount > 0 && ($0.text?.leastStrokes ?? 0) > 1 }
        let single = texts.count { $0.strokeCount == 1 }
        return texts.count >= 6 && 10 * single > 6 * texts.count
    }
}

extension String {
    /// Strokes that nobody saves: one for each word and each dot of i or j.
    fileprivate var leastStrokes: Int {
        split(whereSeparator: \.isWhitespace).count + count { $0 == "i" || $0 == "j" }
    }
}

extension [Float] {
    /// The upper median of one element or more.
    var median: Float { sorted()[count / 2] }
}
