import StrandBytes
import StrandEngine
import StrandMetrics
import StrandNetwork
import StrandProteins

/// Gate activations along a chain: a map for each layer and direction, under the chain and its predicted
/// structure, as SVG.
package struct GatePicture {
    private let title: String
    private let sequence: [UInt8]
    /// Predicted states.
    private let labels: [UInt8]
    private let gate: RecurrentGate
    private let activations: [GateActivations<Float>]

    /// Runs a model of secondary structure.
    /// - Parameters:
    ///   - gate: a gate of the model's cells.
    ///   - sequence: the residues of a chain.
    ///   - id: what the chain is called.
    package init(
        of gate: RecurrentGate, along sequence: [UInt8], named id: String, in model: ProteinModel,
        on compute: Compute
    ) {
        let labeller = ProteinLabeller(model)
        title = "\(id): \(gate.rawValue) gates of \(model.description.name)"
        self.sequence = sequence
        labels = labeller.label([sequence], on: compute)[0].threeState
        self.gate = gate
        activations = labeller.activations(of: gate, along: sequence, on: compute)
    }

    private static let (left, right, top) = (16.0, 16.0, 96.0)
    /// The height of a map, and of the line of text above it.
    private static let (mapHeight, heading) = (96.0, 26.0)
    private static let (bands, levels) = (24, 16)

    /// Pixels per residue.
    private var step: Double { min(10, max(1, 1200 / Double(sequence.count))) }
    private var chainWidth: Double { step * Double(sequence.count) }
    private var width: Double { max(Self.left + chainWidth + Self.right, 640) }
    private var height: Double { Self.top + (Self.mapHeight + Self.heading) * Double(activations.count) + 44 }

    package var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(pixels(width)) \(pixels(height))" \
        width="\(pixels(width))" role="img" aria-label="\(title.escapedForXML)">
        <style>text{font:12px sans-serif;fill:#24292f}.title{font-weight:bold;font-size:14px}
        .letter{font:9px monospace;text-anchor:middle}</style>
        <rect width="100%" height="100%" fill="#ffffff"/>
        <text class="title" x="\(pixels(Self.left))" y="22">\(title.escapedForXML)</text>
        \(chain)\(activations.enumerated().map { map($0.element, at: $0.offset) }.joined())\(key)</svg>

        """
    }

    // MARK: The chain

    private var chain: String {
        let letters =
            step < 6
            ? ""
            : sequence.enumerated().map { index, residue in
                "<text class=\"letter\" x=\"\(x(Double(index) + 0.5))\" y=\"62\">\(String(Unicode.Scalar(residue)).escapedForXML)</text>"
            }.joined() + "\n"
        let every = [5, 10, 20, 50, 100, 200, 500, 1000].first { Double($0) * step >= 40 } ?? 5000
        let numbers = stride(from: every, through: sequence.count, by: every).map { number in
            "<text x=\"\(x(Double(number) - 0.5))\" y=\"46\" text-anchor=\"middle\">\(number)</text>"
        }.joined()
        return numbers + letters + strip + "\n"
    }

    private static let colours: [UInt8: String] = [
        UInt8(ascii: "H"): "#b3264a", UInt8(ascii: "E"): "#1f6fb5", UInt8(ascii: "C"): "#c9ced4",
    ]

    private var strip: String {
        runs(of: labels).map { run in
            rectangle(run.range, y: 68, height: 14, fill: Self.colours[run.value] ?? "#c9ced4")
        }.joined()
    }

    private func rectangle(_ range: Range<Int>, y: Double, height: Double, fill: String) -> String {
        "<rect x=\"\(x(Double(range.lowerBound)))\" y=\"\(pixels(y))\" width=\"\(pixels(step * Double(range.count)))\" "
            + "height=\"\(pixels(height))\" fill=\"\(fill)\"/>"
    }

    private func x(_ position: Double) -> String { pixels(Self.left + step * position) }

    /// Runs of equal values.
    private func runs<Value: Equatable>(of values: [Value]) -> [(range: Range<Int>, value: Value)] {
        var runs: [(range: Range<Int>, value: Value)] = []
        for (index, value) in values.enumerated() {
            if let last = runs.last, last.value == value {
                runs[runs.count - 1].range = last.range.lowerBound..<index + 1
            } else {
                runs.append((index..<index + 1, value))
            }
        }
        return runs
    }

    // MARK: The maps

    private func map(_ activations: GateActivations<Float>, at index: Int) -> String {
        let y = Self.top + (Self.mapHeight + Self.heading) * Double(index) + Self.heading
        let values = activations.values
        let means = (0..<values.columns).map { unit in
            (0..<values.rows).reduce(0) { $0 + Double(values[$1, unit]) } / Double(values.rows)
        }
        let order = means.indices.sorted { (means[$0], $0) > (means[$1], $1) }
        let count = min(Self.bands, order.count)
        let bandHeight = Self.mapHeight / Double(count)
        // One path per shade, to keep the file small.
        var paths = [String](repeating: "", count: Self.levels)
        for band in 0..<count {
            let units = order[band * order.count / count..<(band + 1) * order.count / count]
            let shades = (0..<values.rows).map { row in
                let mean = units.reduce(0) { $0 + Double(values[row, $1]) } / Double(units.count)
                return min(Self.levels - 1, Int(mean * Double(Self.levels)))
            }
            for run in runs(of: shades) {
                paths[run.value] +=
                    "M\(x(Double(run.range.lowerBound))) \(pixels(y + bandHeight * Double(band)))"
                    + "h\(pixels(step * Double(run.range.count)))v\(pixels(bandHeight))"
                    + "h-\(pixels(step * Double(run.range.count)))z"
            }
        }
        let shapes = paths.enumerated().filter { !$0.element.isEmpty }.map {
            "<path shape-rendering=\"crispEdges\" fill=\"\(Self.shade($0.offset))\" d=\"\($0.element)\"/>"
        }
        let direction = activations.isReverse ? "backward" : "forward"
        let text = "layer \(activations.layer), \(direction): \(memory(of: order.map { means[$0] }))"
        return
            "<text x=\"\(pixels(Self.left))\" y=\"\(pixels(y - 8))\">\(text)</text>\n\(shapes.joined(separator: "\n"))\n"
    }

    /// The mean activations over the whole chain.
    /// - Parameter means: the mean of each unit, largest first.
    private func memory(of means: [Double]) -> String {
        let middle = means[means.count / 2]
        let tenth = means[means.count / 10]
        guard gate == .forget || gate == .update else {
            return "half of the units let through more than \(fixed(middle, 2)), a tenth more than \(fixed(tenth, 2))"
        }
        func residues(_ kept: Double) -> String { fixed(1 / max(1 - kept, 1e-3), 1) }
        return "half of the units remember for more than \(residues(middle)) residues, "
            + "a tenth for more than \(residues(tenth))"
    }

    /// From white, closed, to dark blue, open.
    private static func shade(_ level: Int) -> String {
        let share = Double(level) / Double(levels - 1)
        let (none, all) = ([247.0, 250, 255], [8.0, 40, 100])
        let channels = zip(none, all).map { from, to in
            let value = String(Int(from + (to - from) * share), radix: 16)
            return value.count == 1 ? "0" + value : value
        }
        return "#" + channels.joined()
    }

    private var key: String {
        let y = height - 30
        let boxes = (0..<Self.levels).map { level in
            "<rect x=\"\(pixels(Self.left + 30 + 10 * Double(level)))\" y=\"\(pixels(y))\" width=\"10\" height=\"12\" "
                + "fill=\"\(Self.shade(level))\"/>"
        }
        let end = Self.left + 36 + 10 * Double(Self.levels)
        return "<text x=\"\(pixels(Self.left))\" y=\"\(pixels(y + 10))\">0</text>\(boxes.joined())"
            + "<text x=\"\(pixels(end))\" y=\"\(pixels(y + 10))\">1: \(gate.rawValue) gates, the units that let most "
            + "through on top; above them the prediction: helix red, strand blue</text>\n"
    }
}
