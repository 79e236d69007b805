import StrandBytes
import StrandInk
import TestSupport
import Testing

@testable import StrandInk

/// A fault to introduce into clean handwriting.
struct InkFault: Sendable, CustomTestStringConvertible {
    let problem: InkSurvey.Problem
    var count = 1
    var unit = InkSurvey.Unit.sample
    /// Other problems it causes.
    var others: Set<InkSurvey.Problem> = []
    let apply: @Sendable (inout [InkSample]) -> Void

    var testDescription: String { "\(problem)" }

    /// Two writers, 108 samples: the shipped example, each in 18 sizes and slants.
    static func cleanSamples() throws -> [InkSample] {
        var reader = InkJSONReader(.file(TestFiles.path("data/examples/handwriting.jsonl.gz")))
        var samples: [InkSample] = []
        while let sample = try reader.next() { samples.append(sample) }
        return (0..<18).flatMap { variant in
            samples.map { sample in
                let size = 1 + 0.013 * Double(variant)
                var sample = moved(sample) {
                    InkPoint(x: size * ($0.x - 0.01 * Double(variant) * $0.y), y: size * $0.y, time: $0.time)
                }
                sample.id += "-\(variant)"
                return sample
            }
        }
    }

    static func moved(_ sample: InkSample, _ move: (InkPoint) -> InkPoint) -> InkSample {
        var sample = sample
        sample.strokes = sample.strokes.map { $0.map(move) }
        return sample
    }

    /// A fault in every sample.
    static func everywhere(
        _ problem: InkSurvey.Problem, count: Int = 108, unit: InkSurvey.Unit = .sample,
        others: Set<InkSurvey.Problem> = [], _ change: @escaping @Sendable (inout InkSample) -> Void
    ) -> InkFault {
        InkFault(problem: problem, count: count, unit: unit, others: others) { samples in
            for index in samples.indices { change(&samples[index]) }
        }
    }

    /// A fault in the sixth sample, "pack my box, quiz 1906".
    static func once(
        _ problem: InkSurvey.Problem, others: Set<InkSurvey.Problem> = [],
        _ change: @escaping @Sendable (inout InkSample) -> Void
    ) -> InkFault {
        InkFault(problem: problem, others: others) { change(&$0[5]) }
    }

    static let all: [InkFault] = axes + pen + ink + time + texts + repetitions

    static let axes: [InkFault] = [
        .everywhere(.upsideDown) { $0 = moved($0) { InkPoint(x: $0.x, y: -$0.y) } },
        .everywhere(.mirrored) { $0 = moved($0) { InkPoint(x: -$0.x, y: $0.y) } },
        .everywhere(.stretched, count: 2, unit: .writer) { $0 = moved($0) { InkPoint(x: 4 * $0.x, y: $0.y) } },
    ]

    static let pen: [InkFault] = [
        .everywhere(.joinedStrokes, count: 2, unit: .writer, others: [.jumps, .starts]) {
            $0.strokes = [Array($0.strokes.joined())]
        },
        .once(.jumps) { $0.strokes.replaceSubrange(0...3, with: [Array($0.strokes[0...3].joined())]) },
        .once(.touchingStrokes) { $0.strokes = penUpsKept($0.strokes) },
    ]

    static let ink: [InkFault] = [
        .once(.withoutInk) { $0.strokes = [] },
        .once(.onePoint, others: [.fewPoints]) { $0.strokes = [[InkPoint(x: 3, y: 4)]] },
        .once(.withoutExtent, others: [.coarseUnits]) {
            $0.strokes = [Array(repeating: InkPoint(x: 3, y: 4), count: 80)]
        },
        .once(.emptyStrokes) { $0.strokes.append([]) },
        .once(.dots, others: [.outliers]) { sample in
            sample.strokes += (0..<40).map { [InkPoint(x: 50 * Double($0), y: 0)] }
        },
        .once(.outliers) { $0.strokes.append([InkPoint(x: 1e6, y: 0)]) },
        .once(.fewPoints, others: [.jumps, .rate, .rateDiffers]) {
            $0.strokes = $0.strokes.map { [$0[0], $0[$0.count - 1]] }
        },
        .once(.coarseUnits, others: [.touchingStrokes]) {
            $0 = moved($0) { InkPoint(x: ($0.x / 100).rounded(), y: ($0.y / 100).rounded()) }
        },
        .once(.resolution) { $0.unitsPerMillimetre = 0 },
        .everywhere(.letterSize, count: 2, unit: .writer) { $0.unitsPerMillimetre = 0.1 },
    ]

    static let time: [InkFault] = [
        .once(.rate, others: [.rateDiffers]) { $0.hertz = 9600 },
        .once(.rateDiffers) { $0.hertz = 30 },
        .once(.timeBackwards) { $0.strokes[2][0].time = 0 },
        .once(.timeConstant) { $0 = moved($0) { InkPoint(x: $0.x, y: $0.y, time: 7) } },
        .once(.starts) { $0.strokeStarts = [0] },
    ]

    static let texts: [InkFault] = [
        .once(.withoutText) { $0.text = " " },
        .once(.controlCharacters, others: [.rareCharacters]) { $0.text = "pack my box\u{7}, quiz 1906" },
        .once(.strayBlanks) { $0.text = "pack  my box, quiz 1906" },
        InkFault(problem: .placeholders, count: 3) { samples in for index in 0..<3 { samples[6 * index].text = "??" } },
        InkFault(problem: .rareCharacters, unit: .character) { $0[5].text = "pack my b\u{E4}x, quiz 1906" },
        .once(.tooMuchText, others: [.fewPoints]) { $0.text = String(repeating: $0.text ?? "", count: 6) },
        .once(.tooLittleText) { $0.text = "pac" },
        .once(.severalLines) { sample in
            sample.strokes += moved(sample) { InkPoint(x: $0.x, y: $0.y + 3000) }.strokes
        },
    ]

    static let repetitions: [InkFault] = [
        InkFault(problem: .repeatedIDs, unit: .id) { $0[7].id = $0[5].id },
        InkFault(problem: .repeatedInk) { $0[11].strokes = $0[5].strokes },
        InkFault(problem: .contradictions, others: [.repeatedInk]) {
            $0[11].strokes = $0[5].strokes
            $0[11].text = "pack my fox, quiz 1906"
        },
    ]

    /// The strokes, with the lifted pen's movements between them as strokes too.
    private static func penUpsKept(_ strokes: [[InkPoint]]) -> [[InkPoint]] {
        var kept = [strokes[0]]
        for stroke in strokes.dropFirst() {
            let end = kept[kept.count - 1][kept[kept.count - 1].count - 1]
            kept.append(
                (0...10).map { step in
                    let share = Double(step) / 10
                    return InkPoint(
                        x: end.x + share * (stroke[0].x - end.x), y: end.y + share * (stroke[0].y - end.y))
                })
            kept.append(stroke)
        }
        return kept
    }
}
