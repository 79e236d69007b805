/// A part of the records: those whose index, from 0, leaves a given remainder.
public struct Shard: Sendable, Equatable, CustomStringConvertible {
    public let index: Int
    public let count: Int

    /// All records.
    public static let whole = Shard(index: 0, count: 1)

    private init(index: Int, count: Int) {
        self.index = index
        self.count = count
    }

    /// - Parameter text: `i/n` with i from 0; nil is returned if that is not a valid part.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], count >= 1, (0..<count).contains(index)
        else {
            return nil
        }
        self.init(index: index, count: count)
    }

    /// Whether the record with this index is in the part.
    func holds(_ number: Int) -> Bool { number % count == index }

    public var description: String { "\(index)/\(count)" }
}
