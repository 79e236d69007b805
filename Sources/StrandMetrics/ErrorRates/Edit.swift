/// One step from a reference to a hypothesis.
public enum Edit<Symbol> {
    /// The symbol is in both; given as in the reference.
    case match(Symbol)
    /// The hypothesis has another symbol.
    case substitution(reference: Symbol, hypothesis: Symbol)
    /// The hypothesis lacks this symbol of the reference.
    case deletion(Symbol)
    /// The hypothesis has this symbol that the reference lacks.
    case insertion(Symbol)
}

extension Edit: Sendable where Symbol: Sendable {}
extension Edit: Equatable where Symbol: Equatable {}
extension Edit: Hashable where Symbol: Hashable {}

/// The kinds of edit.
public enum EditKind: Sendable, CaseIterable {
    case match, substitution, deletion, insertion
}

extension Edit {
    /// The kind of this edit.
    public var kind: EditKind {
        switch self {
        case .match: .match
        case .substitution: .substitution
        case .deletion: .deletion
        case .insertion: .insertion
        }
    }

    /// The reference's symbol; nil for an insertion.
    public var reference: Symbol? {
        switch self {
        case .match(let symbol), .substitution(let symbol, _), .deletion(let symbol): symbol
        case .insertion: nil
        }
    }

    /// The hypothesis' symbol, which for a match is the reference's; nil for a deletion.
    public var hypothesis: Symbol? {
        switch self {
        case .match(let symbol), .substitution(_, let symbol), .insertion(let symbol): symbol
        case .deletion: nil
        }
    }
}

/// How often each substitution, deletion and insertion was made: which symbols are mistaken for which.
public struct EditCounts<Symbol: Hashable & Comparable>: Equatable {
    /// An edit and how often it was made.
    public struct Entry: Equatable {
        /// A substitution, a deletion or an insertion.
        public let edit: Edit<Symbol>
        /// At least 1.
        public let count: Int
    }

    private var counts: [Edit<Symbol>: Int] = [:]

    /// No edits.
    public init() {}

    /// Counts the edits of `alignment` that are not matches.
    public mutating func add(_ alignment: Alignment<Symbol>) {
        for edit in alignment.edits where edit.kind != .match { counts[edit, default: 0] += 1 }
    }

    /// Adds the counts of `other`.
    public mutating func merge(_ other: EditCounts) {
        counts.merge(other.counts, uniquingKeysWith: +)
    }

    /// How often `edit` was made; matches are not counted.
    public func count(of edit: Edit<Symbol>) -> Int { counts[edit, default: 0] }

    /// The most frequent edits of one kind, at most `limit`.
    ///
    /// By descending count; ties by the reference's symbol, then the hypothesis'.
    public func mostFrequent(_ kind: EditKind, limit: Int) -> [Entry] {
        let entries = counts.filter { $0.key.kind == kind }.map { Entry(edit: $0.key, count: $0.value) }
        return Array(entries.sorted { $0.precedes($1) }.prefix(limit))
    }
}

extension EditCounts.Entry {
    /// Compares two entries of one kind, so that both or neither have a symbol.
    fileprivate func precedes(_ other: Self) -> Bool {
        if count != other.count { return count > other.count }
        if let own = edit.reference, let others = other.edit.reference, own != others { return own < others }
        if let own = edit.hypothesis, let others = other.edit.hypothesis { return own < others }
        return false
    }
}

extension EditCounts: Sendable where Symbol: Sendable {}
extension EditCounts.Entry: Sendable where Symbol: Sendable {}
