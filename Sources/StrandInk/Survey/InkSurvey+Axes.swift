import StrandBytes
import StrandMetrics

extension InkSurvey {
    /// The direction of an axis, judged by the habits of handwriting.
    public struct AxisDirections: Sendable, Equatable {
        /// Whether the set as a whole has the axis reversed.
        public internal(set) var isReversed = false
        /// Writers whose ink has the axis as expected.
        public internal(set) var usualWriters: [String] = []
        /// Writers whose ink has it reversed.
        public internal(set) var reversedWriters: [String] = []
        /// Writers with too little ink, or contradictory signs.
        public internal(set) var undecidedWriters: [String] = []
        /// Whether the direction could be decided, for a writer or the set.
        public internal(set) var isKnown = false
    }

    /// Whether x grows in the reading direction of the text's script, judged by how the writing moves in time, in
    /// samples of 3 characters or more.
    ///
    /// Writers with 20 samples, 279 of words and 68 of lines in UNIPEN's training part, 33 and 8 in its validation
    /// part, are each found to be right, and each to be mirrored when mirrored.
    public var xAxis: AxisDirections { axis { $0.signs.advance.map(Double.init) } }

    /// Whether y grows downwards, judged by the habits that `UprightSigns` lists, for scripts like Latin.
    ///
    /// A writer is decided if the mean over 5 or more samples is beyond 0.1, and beyond two standard errors.
    ///
    /// Writers with 20 samples, 279 of words and 68 of lines in UNIPEN's training part, on which the weights were
    /// fitted, are each found to be upright, and each upside down when y is negated, mirrored or not; without their
    /// texts one is undecided. The same holds for all writers not used for the weights: 33 and 8 of the validation
    /// part, and the 25 training writers of Pen-Digits. The signs change theirs with y, so detection and false alarm
    /// rates are the same figure.
    public var yAxis: AxisDirections {
        let x = xAxis
        // Undecided writers are taken to be like the set.
        let others = Set(x.isReversed ? x.usualWriters : x.reversedWriters)
        return axis { digest in
            let isMirrored = (digest.writer.map(others.contains) ?? false) != x.isReversed
            return (isMirrored ? digest.signs.mirroredUprightness : digest.signs.uprightness).map(Double.init)
        }
    }

    private func axis(_ sign: (InkDigest) -> Double?) -> AxisDirections {
        var directions = AxisDirections()
        var (usual, reversed) = (0, 0)
        for (writer, samples) in samplesByWriter {
            switch Tendency(samples.compactMap { sign(digests[$0]) }).direction {
            case .some(true):
                directions.usualWriters.append(writer)
                usual += samples.count
            case .some(false):
                directions.reversedWriters.append(writer)
                reversed += samples.count
            case nil: directions.undecidedWriters.append(writer)
            }
        }
        let whole = Tendency(digests.compactMap(sign)).direction
        directions.isReversed = usual + reversed > 0 ? reversed > usual : whole == false
        directions.isKnown = usual + reversed > 0 || whole != nil
        return directions
    }
}

/// The mean of signs, and its certainty.
private struct Tendency {
    private var count = 0
    private var sum = 0.0
    private var squares = 0.0

    init(_ values: some Sequence<Double>) {
        for value in values {
            count += 1
            sum += value
            squares += value * value
        }
    }

    /// True: as expected; false: reversed; nil: unclear.
    var direction: Bool? {
        guard count >= 5 else { return nil }
        let mean = sum / Double(count)
        let variance = max(0, squares / Double(count) - mean * mean)
        let doubt = 2 * (variance / Double(count)).squareRoot()
        return mean.magnitude > max(0.1, doubt) ? mean > 0 : nil
    }
}
