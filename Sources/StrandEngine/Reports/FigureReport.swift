/// Figures of one file.
public protocol FigureReport: Encodable {
    /// As text for people.
    var table: String { get }

    /// A table with one row per file.
    static func markdown(_ reports: [Self]) -> String
}
