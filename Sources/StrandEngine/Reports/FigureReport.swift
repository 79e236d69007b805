/// Figures of one file.
public protocol FigureReport: Encodable {
    /// For people.
    var table: String { get }

    /// A table with a row a file.
    static func markdown(_ reports: [Self]) -> String
}
