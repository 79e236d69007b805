/// Training curves, one chart per figure.
package struct TrainingPlots {
    private let plots: [Plot]

    package init(_ logs: [TrainingLog]) {
        let figures = Set(logs.flatMap(\.epochs).flatMap(\.validation.keys)).sorted()
        plots =
            [Self.plot("training loss", logs, axis: { Axis("training loss", $0) }, value: \.loss)]
            + figures.map { figure in
                Self.plot(figure, logs, axis: { .percent("validation \(figure)", $0) }) { $0.validation[figure] }
            }
    }

    private static func plot(
        _ title: String, _ logs: [TrainingLog], axis: (ClosedRange<Double>) -> Axis, value: (EpochEntry) -> Double?
    ) -> Plot {
        let curves = logs.map { log in
            log.epochs.compactMap { epoch in value(epoch).map { SIMD2(Double(epoch.epoch), $0) } }
        }
        let values = curves.joined().map(\.y)
        let (least, most) = (values.min() ?? 0, values.max() ?? 1)
        let margin = max(0.05 * (most - least), 1e-3)
        let last = curves.joined().map(\.x).max() ?? 1
        return Plot(
            title: title, x: Axis("epoch", 0...max(last, 1)), y: axis(least - margin...most + margin),
            series: zip(logs, curves).enumerated().map { index, pair in
                .init(
                    mark: .line(pair.1), colour: index % 4 + 1, name: logs.count > 1 ? pair.0.name : nil)
            })
    }

    /// The charts, one below the other.
    package var svg: String { PlotSheet(plots: plots).svg }
}
