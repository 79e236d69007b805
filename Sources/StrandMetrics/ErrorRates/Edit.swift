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
