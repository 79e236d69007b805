import StrandBytes

/// A fraction with its 95 % interval, if there is one.
public protocol MeasuredFigure {
    var value: Double { get }
    var lower: Double? { get }
    var upper: Double? { get }
}

extension MeasuredFigure {
    /// In percent with two decimals.
    public var text: String { "\(fixed(100 * value, 2)) %\(range(2).map { " \($0)" } ?? "")" }

    /// In percent with one decimal and no sign, for tables.
    public var short: String { "\(fixed(100 * value, 1))\(range(1).map { " \($0)" } ?? "")" }

    /// The ends of the interval; the value itself where there is none.
    package var span: (lower: Double, upper: Double) { (lower ?? value, upper ?? value) }

    /// The interval in percent.
    package func range(_ decimals: Int) -> String? {
        guard let lower, let upper else { return nil }
        return "[\(fixed(100 * lower, decimals)), \(fixed(100 * upper, decimals))]"
    }
}

/// What intervals are over, or why there are none: a single chain or writer says nothing of others.
package struct IntervalBasis {
    private let groups: Int
    private let noun: String

    /// - Parameters:
    ///   - groups: how many of them count.
    ///   - noun: what they are.
    package init(_ groups: Int, _ noun: String) {
        self.groups = groups
        self.noun = noun
    }

    /// The method.
    package var method: String {
        lack ?? "95 % percentile bootstrap over \(noun)s, 10,000 resamples"
    }

    /// For the head of a table.
    package var head: String { lack ?? "[95 % interval over \(noun)s]" }

    /// Why there are none; nil: there are some.
    package var lack: String? {
        groups > 1 ? nil : "no interval: of \(counted(groups, noun)) none can be told"
    }
}

/// A value that JSON shows as `null` where there is none.
@propertyWrapper public struct OrNull<Value: Sendable & Codable>: Sendable, Codable {
    public var wrappedValue: Value?

    public init(wrappedValue: Value?) {
        self.wrappedValue = wrappedValue
    }

    public init(from decoder: any Decoder) throws {
        wrappedValue = try decoder.singleValueContainer().decode(Value?.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}

extension OrNull: Equatable where Value: Equatable {}

/// Figures of one file.
public protocol FigureReport: Encodable {
    /// As text for people.
    var table: String { get }

    /// A table with one row per file.
    static func markdown(_ reports: [Self]) -> String
}

extension FigureReport {
    /// A list of remarks on files for below a table.
    package static func markdown(notes: [(file: String, note: String?)]) -> String {
        let lines = notes.compactMap { file, note in note.map { "- \(file): \($0)" } }
        return lines.isEmpty ? "" : "\n\n" + lines.joined(separator: "\n")
    }
}
