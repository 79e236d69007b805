import StrandBytes
import StrandNetwork

/// The embedded Reber grammar (Reber 1967; Cleeremans, Servan-Schreiber & McClelland 1989): a string of Reber's grammar
/// between two equal symbols, T or P. Predicting the last symbol but one requires remembering the second.
enum ReberGrammar {
    enum Symbol: Int, CaseIterable {
        case b, t, p, s, x, v, e
    }

    /// For each state, the symbols that may follow and the states after them. The last state is the end.
    private static let transitions: [[(symbol: Symbol, next: Int)]] = [
        [(.b, 1)],
        [(.t, 2), (.p, 3)],
        [(.s, 2), (.x, 4)],
        [(.t, 3), (.v, 5)],
        [(.x, 3), (.s, 6)],
        [(.p, 4), (.v, 6)],
        [(.e, 7)],
        [],
    ]

    /// A string, and for each of its symbols the valid alternatives, as bits.
    private static func string(using generator: inout SeededGenerator) -> (symbols: [Symbol], legal: [UInt32]) {
        var (state, symbols, legal) = (0, [Symbol](), [UInt32]())
        while let choice = transitions[state].randomElement(using: &generator) {
            symbols.append(choice.symbol)
            legal.append(transitions[state].reduce(0) { $0 | 1 << UInt32($1.symbol.rawValue) })
            state = choice.next
        }
        return (symbols, legal)
    }

    /// A string as a sequence: each symbol is an input, the next is the target.
    static func embedded(using generator: inout SeededGenerator) -> LongLagTask.Sequence {
        let inner = string(using: &generator)
        let mark: Symbol = Bool.random(using: &generator) ? .t : .p
        func bits(_ symbols: Symbol...) -> UInt32 { symbols.reduce(0) { $0 | 1 << UInt32($1.rawValue) } }
        let symbols = [.b, mark] + inner.symbols + [mark, .e]
        let legal = [bits(.b), bits(.t, .p)] + inner.legal + [bits(mark), bits(.e)]
        return LongLagTask.Sequence(
            inputs: oneHot(symbols.dropLast().map(\.rawValue), Symbol.allCases.count),
            target: .labels(symbols.dropFirst().map(\.rawValue), legal: Array(legal.dropFirst())))
    }
}
