/// A fraction with its 95 % interval.
public protocol MeasuredFigure {
    var value: Double { get }
    var lower: Double { get }
    var upper: Double { get }
}

extension MeasuredFigure {
    /// In percent with two decimals.
    public var text: String { "\(fixed(100 * value, 2)) % [\(fixed(100 * lower, 2)), \(fixed(100 * upper, 2))]" }

    /// In percent with one decimal and no sign, for tables.
    public var short: String { "\(fixed(100 * value, 1)) [\(fixed(100 * lower, 1)), \(fixed(100 * upper, 1))]" }
}

/// Figures of one file.
public protocol FigureReport: Encodable {
    /// As text for people.
    var table: String { get }

    /// A table with one row per file.
    static func markdown(_ reports: [Self]) -> String
}
