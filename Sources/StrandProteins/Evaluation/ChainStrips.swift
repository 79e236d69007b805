import StrandBytes
import StrandEngine
import StrandMetrics

/// A chain with its true and predicted states, ready to draw.
public struct ChainStrip {
    public let id: String
    public let sequence: [UInt8]
    /// One state per residue; `-` if there is none.
    public let truth: [UInt8]
    public let predicted: [UInt8]
    public let evaluation: ChainEvaluation

    /// Residues per row, and the most rows: a longer chain is cut.
    private static let (rowLength, rowLimit) = (60, 20)

    /// Indices of the chains worth looking at: the least accurate among those with enough counted residues.
    public static func worst(_ chains: [ChainEvaluation], limit: Int = 8, leastCounted: Int = 30) -> [Int] {
        chains.indices.filter { chains[$0].tally.counted >= leastCounted }
            .sorted { (accuracy(chains[$0]), $0) < (accuracy(chains[$1]), $1) }
            .prefix(limit).map { $0 }
    }

    private static func accuracy(_ chain: ChainEvaluation) -> Double { chain.tally.accuracy ?? 1 }

    /// What the colours mean.
    public static let key =
        "<p class=\"note key\">truth above prediction"
        + SecondaryStructure.threeStates.map { state in
            let letter = String(Unicode.Scalar(state))
            return "<span style=\"background:var(--state-\(letter))\"></span>\(names[letter] ?? letter)"
        }.joined()
        + "<span style=\"background:var(--wrong)\"></span>wrong; nothing is drawn where there is no label</p>\n"

    private static let names = ["H": "helix", "E": "strand", "C": "coil"]

    /// The chain as part of a page.
    public var html: String {
        let rows = Array(stride(from: 0, to: sequence.count, by: Self.rowLength)).prefix(Self.rowLimit)
        let rest = sequence.count - rows.count * Self.rowLength
        return
            "<div class=\"chain\"><h4>\(id.escapedForXML)</h4><p class=\"note\">\(counted(sequence.count, "residue")), "
            + "\(grouped(evaluation.tally.counted)) \(evaluation.tally.counted == 1 ? "counts" : "count"); Q3 \(percent(evaluation.tally.accuracy)), "
            + "SOV'99 \(percent(evaluation.sov99.score))</p>\n" + rows.map(row).joined()
            + (rest > 0 ? "<p class=\"note\">and \(grouped(rest)) more</p>\n" : "") + "</div>\n"
    }

    private func percent(_ value: Double?) -> String { value.map { "\(fixed(100 * $0, 1)) %" } ?? "-" }

    private func row(_ start: Int) -> String {
        let range = start..<min(start + Self.rowLength, sequence.count)
        var body = "<text class=\"name\" x=\"34\" y=\"9\" text-anchor=\"end\">\(start + 1)</text>"
        for index in range {
            let letter = String(Unicode.Scalar(sequence[index]))
            body += "<text x=\"\(45 + 10 * (index - start))\" y=\"9\" text-anchor=\"middle\">\(letter)</text>"
        }
        body += strip(truth, in: range, y: 13) + strip(predicted, in: range, y: 23)
        for index in range where truth[index] != SecondaryStructure.unlabelled && truth[index] != predicted[index] {
            body +=
                "<rect x=\"\(40 + 10 * (index - start))\" y=\"33\" width=\"10\" height=\"3\" fill=\"var(--wrong)\"/>"
        }
        return "<svg class=\"strip\" viewBox=\"0 0 645 38\" role=\"img\" aria-label=\"residues \(start + 1) to "
            + "\(range.upperBound)\">\(body)</svg>\n"
    }

    /// Runs of one state as boxes.
    private func strip(_ labels: [UInt8], in range: Range<Int>, y: Int) -> String {
        var body = ""
        var start = range.lowerBound
        for index in range {
            let isEnd =
                index + 1 == range.upperBound || labels[index + 1] != labels[start]
                || isMasked(index + 1) != isMasked(start)
            guard isEnd else { continue }
            if !isMasked(start) {
                body +=
                    "<rect x=\"\(40 + 10 * (start - range.lowerBound))\" y=\"\(y)\" width=\"\(10 * (index + 1 - start))\" "
                body += "height=\"9\" fill=\"var(--state-\(String(Unicode.Scalar(labels[start])).escapedForXML))\"/>"
            }
            start = index + 1
        }
        return body
    }

    private func isMasked(_ index: Int) -> Bool { truth[index] == SecondaryStructure.unlabelled }
}
