import StrandBytes
import StrandMetrics

/// The contents of a set of handwriting, and its problems.
///
/// For each sample only a digest of some two hundred bytes, its id and its text are kept, never its ink.
/// ```swift
/// var reader = InkFileReader(.file("ink.jsonl"))
/// var survey = InkSurvey()
/// while let sample = try reader.next() { survey.add(sample) }
/// for finding in survey.findings() { print(finding.problem.summary, finding.count, finding.examples) }
/// ```
public struct InkSurvey: Sendable {
    var digests: [InkDigest] = []
    private(set) var usage: [Character: CharacterUsage] = [:]

    /// An empty survey.
    public init() {}

    /// Number of samples seen.
    public var sampleCount: Int { digests.count }

    /// Adds one sample, in time linear in its points.
    public mutating func add(_ sample: InkSample) {
        let index = Int32(truncatingIfNeeded: digests.count)
        for character in sample.text ?? "" { usage[character, default: CharacterUsage()].add(in: index) }
        digests.append(InkDigest(sample))
    }

    /// How often a character is written.
    struct CharacterUsage: Sendable {
        private(set) var count = 0
        private(set) var samples = 0
        private var last: Int32 = -1

        mutating func add(in sample: Int32) {
            count += 1
            if sample != last { samples += 1 }
            last = sample
        }
    }
}

extension InkSurvey {
    /// The samples of each named writer, as indices into `digests`, by name.
    var samplesByWriter: [(writer: String, samples: [Int])] {
        var samples: [String: [Int]] = [:]
        for (index, digest) in digests.enumerated() {
            if let writer = digest.writer { samples[writer, default: []].append(index) }
        }
        return samples.sorted { $0.key < $1.key }.map { (writer: $0.key, samples: $0.value) }
    }
}

extension InkSurvey {
    /// Writers in both sets, by name.
    public func sharedWriters(with other: InkSurvey) -> [String] {
        Set(digests.lazy.compactMap(\.writer)).intersection(other.digests.lazy.compactMap(\.writer)).sorted()
    }

    /// Ids in both sets.
    public func sharedIDs(with other: InkSurvey) -> [String] {
        Set(digests.lazy.map(\.id)).intersection(other.digests.lazy.map(\.id)).sorted()
    }

    /// Samples of the two sets, by id, with the same ink, wherever it is on the tablet.
    public func sharedInk(with other: InkSurvey) -> [(own: String, other: String)] {
        var ids: [UInt64: String] = [:]
        for digest in digests {
            if let hash = digest.inkHash { ids[hash] = ids[hash] ?? digest.id }
        }
        return other.digests.compactMap { digest in
            digest.inkHash.flatMap { ids[$0] }.map { (own: $0, other: digest.id) }
        }
    }

    /// Number of the other set's samples whose text occurs in this one.
    public func sharedTextCount(with other: InkSurvey) -> Int {
        let texts = Set(digests.lazy.compactMap(\.text))
        return other.digests.count { $0.text.map(texts.contains) ?? false }
    }
}

extension InkSurvey {
    /// What occurs more than once.
    struct Repetitions {
        /// Ids used more than once.
        var ids: [String] = []
        /// Samples with the ink of an earlier one.
        var ink: [Int] = []
        /// Those of them with a different text.
        var contradictions: [Int] = []
    }

    var repetitions: Repetitions {
        var result = Repetitions()
        var ids: [String: Int] = [:]
        var inks: [UInt64: Int] = [:]
        for (index, digest) in digests.enumerated() {
            ids[digest.id, default: 0] += 1
            if ids[digest.id] == 2 { result.ids.append(digest.id) }
            guard let hash = digest.inkHash else { continue }
            if let first = inks[hash] {
                result.ink.append(index)
                if digests[first].text != digest.text { result.contradictions.append(index) }
            } else {
                inks[hash] = index
            }
        }
        return result
    }
}
