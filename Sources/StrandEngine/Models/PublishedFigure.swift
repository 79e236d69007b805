import FoundationEssentials

/// A figure published by others, with its source and what it compares with: `data/published.json`.
public struct PublishedFigure: Sendable, Equatable, Codable {
    public var method: String
    public var task: ModelTask
    /// `Q3`, `Q8`, `SOV`, `CER`, `WER`
    public var measure: String
    /// In percent.
    public var value: Double
    /// The data it was measured on, as the source calls it.
    public var set: String
    /// The same set as `tools/benchmarks` calls it; nil: none of ours.
    public var ourSet: String?
    /// `same set and mask`, `same set, mask may differ` or `other set`.
    public var comparable: String
    /// The method's inputs.
    public var input: String
    public var source: String
    public var caveat: String
    /// Whether it was checked in the source itself rather than quoted by others.
    public var checked: Bool

    /// The figures for one task, from a file inside the program.
    package static func all(of task: ModelTask, in file: ShippedFile) -> [PublishedFigure] {
        guard let figures = try? JSONDecoder().decode([PublishedFigure].self, from: Data(file.bytes)) else {
            preconditionFailure("data/published.json is not as it should be")
        }
        return figures.filter { $0.task == task }
    }
}
