/// A sample's timing, and whether it is plausible.
struct InkTiming: Sendable {
    /// Whether every point has a time.
    let hasTimes: Bool
    /// Whether the sampling rate is declared.
    let hasRate: Bool
    let problems: InkSurvey.Problem.Bits

    /// Plausible rates of tablets, in points per second.
    static let rates = 20.0...1000

    init(_ sample: InkSample) {
        let points = sample.strokes.joined()
        hasTimes = !points.isEmpty && points.allSatisfy { $0.time != nil }
        hasRate = sample.hertz != nil
        var problems: InkSurvey.Problem.Bits = []
        let starts = sample.strokeStarts ?? []
        problems.insert(.starts, if: sample.strokeStarts != nil && starts.count != sample.strokes.count)
        problems.insert(.timeBackwards, if: starts.goBackwards)
        problems.insert(.rate, if: sample.hertz.map { !Self.rates.contains($0) } ?? false)
        if hasTimes { problems.formUnion(Self.problems(of: sample)) }
        self.problems = problems
    }

    private static func problems(of sample: InkSample) -> InkSurvey.Problem.Bits {
        let times = sample.strokes.joined().compactMap(\.time)
        var problems: InkSurvey.Problem.Bits = []
        problems.insert(.timeBackwards, if: times.goBackwards)
        problems.insert(.timeConstant, if: times.count > 2 && times.allSatisfy { $0 == times[0] })
        guard let rate = measuredRate(of: sample.strokes) else { return problems }
        problems.insert(.rate, if: !rates.contains(rate))
        let declared = sample.hertz ?? rate
        problems.insert(.rateDiffers, if: rate > 2 * declared || 2 * rate < declared)
        return problems
    }

    /// Points per second within strokes; nil for fewer than 10 steps or no elapsed time.
    private static func measuredRate(of strokes: [[InkPoint]]) -> Double? {
        var (steps, time) = (0, 0.0)
        for stroke in strokes {
            guard let first = stroke.first?.time, let last = stroke.last?.time else { continue }
            steps += stroke.count - 1
            time += last - first
        }
        return steps >= 10 && time > 0 ? 1000 * Double(steps) / time : nil
    }
}

extension [Double] {
    fileprivate var goBackwards: Bool { zip(self, dropFirst()).contains { $1 < $0 } }
}
