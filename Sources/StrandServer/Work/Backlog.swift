/// What of a request is still to be worked on, in its order.
struct Backlog<Item> {
    private var items: [Item] = []
    private var next = 0

    init(_ items: [Item] = []) { self.items = items }

    var isEmpty: Bool { next == items.count }

    /// The next items, of about this size together, and at least one.
    mutating func take(_ most: Int, size: (Item) -> Int) -> [Item] {
        var (end, sum) = (next, 0)
        while end < items.count, end == next || sum + size(items[end]) <= most {
            sum += size(items[end])
            end += 1
        }
        defer { next = end }
        return Array(items[next..<end])
    }
}
