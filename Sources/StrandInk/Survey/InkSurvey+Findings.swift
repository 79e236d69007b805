import StrandMetrics

extension InkSurvey {
    /// Maximum number of examples named by a finding.
    public static let exampleLimit = 3

    /// Everything that seems wrong, in the order of `Problem`; problems not found are left out. Takes time linear in
    /// the samples.
    public func findings() -> [Finding] {
        let writers = writerProblems
        let placeholders = placeholders
        let (tooMuch, tooLittle) = textsOfWrongLength
        let repetitions = repetitions
        return Problem.allCases.compactMap { problem in
            switch problem {
            case .upsideDown: axisFinding(problem, yAxis)
            case .mirrored: axisFinding(problem, xAxis)
            case .stretched, .letterSize, .joinedStrokes: finding(problem, writers: writers[problem] ?? [])
            case .rareCharacters: rareCharacters
            case .placeholders: finding(problem, samples: placeholders)
            case .tooMuchText: finding(problem, samples: tooMuch)
            case .tooLittleText: finding(problem, samples: tooLittle)
            case .repeatedIDs: finding(problem, .id, repetitions.ids)
            case .repeatedInk: finding(problem, samples: repetitions.ink)
            case .contradictions: finding(problem, samples: repetitions.contradictions)
            default: finding(problem, samples: digests.indices.filter { digests[$0].problems.contains(problem) })
            }
        }
    }

    private func axisFinding(_ problem: Problem, _ axis: AxisDirections) -> Finding? {
        axis.isReversed
            ? finding(problem, samples: Array(digests.indices)) : finding(problem, writers: axis.reversedWriters)
    }

    private func finding(_ problem: Problem, samples: [Int]) -> Finding? {
        guard !samples.isEmpty else { return nil }
        let examples = samples.prefix(Self.exampleLimit).map { digests[$0].id }
        return Finding(
            problem: problem, unit: .sample, count: samples.count, examples: examples,
            mainWriter: mainWriter(of: samples))
    }

    private func mainWriter(of samples: [Int]) -> WriterShare? {
        var counts: [String: Int] = [:]
        for sample in samples {
            if let writer = digests[sample].writer { counts[writer, default: 0] += 1 }
        }
        guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
        let isMain = most.value >= 10 && 4 * most.value >= samples.count && counts.count > 1
        return isMain ? WriterShare(writer: most.key, count: most.value) : nil
    }

    private func finding(_ problem: Problem, writers: [String]) -> Finding? { finding(problem, .writer, writers) }

    private func finding(_ problem: Problem, _ unit: Unit, _ names: [String]) -> Finding? {
        guard !names.isEmpty else { return nil }
        return Finding(
            problem: problem, unit: unit, count: names.count, examples: Array(names.prefix(Self.exampleLimit)))
    }
}
