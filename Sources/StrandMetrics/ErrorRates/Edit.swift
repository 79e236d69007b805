/// One step on the way from a reference to a hypothesis.
public enum Edit<Symbol> {
    /// The symbol is in both; as the reference has it.
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

/// What an edit does.
public enum EditKind: Sendable, CaseIterable {
    case match, substitution, deletion, insertion
}

extension Edit {
    /// What the edit does.
    public var kind: EditKind {
        switch self {
        case .match: .match
        case .substitution: .substitution
        case .deletion: .deletion
        case .insertion: .insertion
        }
    }

    /// The reference's symbol; nil of an insertion.
    public var reference: Symbol? {
        switch self {
        case .match(let symbol), .substitution(let symbol, _), .deletion(let symbol): symbol
        case .insertion: nil
        }
    }

    /// The hypothesis' symbol, which is the reference's of a match; nil of a deletion.
    public var hypothesis: Symbol? {
        switch self {
        case .match(let symbol), .substitution(_, let symbol), .insertion(let symbol): symbol
        case .deletion: nil
        }
    }
}
