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
