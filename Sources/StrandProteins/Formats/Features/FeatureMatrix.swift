/// (T, D) numbers of the user's own beside the residues of a chain, which may stay in their file until they are wanted.
public struct FeatureMatrix: Sendable, Equatable {
    /// T: one for each residue.
    public let rows: Int
    /// D
    public let columns: Int
    private let read: @Sendable () -> [Float]

    /// - Parameter read: gives the numbers, row-major.
    init(rows: Int, columns: Int, _ read: @escaping @Sendable () -> [Float]) {
        (self.rows, self.columns, self.read) = (rows, columns, read)
    }

    /// - Parameter values: (T, D), row-major.
    public init(_ values: [Float], columns: Int) {
        precondition(columns > 0 && values.count % columns == 0, "whole rows")
        self.init(rows: values.count / columns, columns: columns) { values }
    }

    /// (T, D), row-major.
    public var values: [Float] { read() }

    public static func == (left: FeatureMatrix, right: FeatureMatrix) -> Bool {
        left.columns == right.columns && left.values == right.values
    }
}
