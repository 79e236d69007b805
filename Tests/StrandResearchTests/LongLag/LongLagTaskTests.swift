import StrandEngine
import StrandMetrics
import StrandNetwork
import StrandResearch
import Testing

@testable import StrandResearch

/// The tasks against their definitions (Hochreiter & Schmidhuber 1997, section 5).
@Suite struct LongLagTaskTests {
    private func sequences(_ task: LongLagTask, lag: Int, _ count: Int = 2000) -> [LongLagTask.Sequence] {
        var generator = SeededGenerator(seed: 7)
        return (0..<count).map { _ in task.sequence(lag: lag, using: &generator) }
    }

    /// Numbers and markers of a sequence.
    private func steps(_ sequence: LongLagTask.Sequence) -> [(number: Float, marker: Float)] {
        stride(from: 0, to: sequence.inputs.count, by: 2).map { (sequence.inputs[$0], sequence.inputs[$0 + 1]) }
    }

    @Test(arguments: [LongLagTask.adding, .multiplication], [10, 11, 50, 100, 1000])
    func markedNumbers(_ task: LongLagTask, lag: Int) throws {
        var firstSteps = 0
        for sequence in sequences(task, lag: lag, lag > 100 ? 200 : 2000) {
            let steps = steps(sequence)
            #expect((lag...lag + lag / 10).contains(steps.count))
            let range: ClosedRange<Float> = task == .adding ? -1...1 : 0...1
            #expect(steps.allSatisfy { range.contains($0.number) && [-1, 0, 1].contains($0.marker) })
            #expect(steps.first?.marker == -1 && steps.last?.marker == -1)
            #expect(steps.dropFirst().dropLast().allSatisfy { $0.marker >= 0 })
            let marked = steps.indices.filter { steps[$0].marker == 1 }
            // The first step keeps its own marker: its number counts as the neutral element of the sum or product.
            #expect((1...2).contains(marked.count))
            firstSteps += marked.count == 1 ? 1 : 0
            #expect(marked.allSatisfy { $0 < max(10, lag / 2 - 1) })
            #expect(marked.count == 1 || marked.contains { $0 < 10 })
            let numbers = marked.map { steps[$0].number }
            let expected =
                task == .adding ? 0.5 + numbers.reduce(0, +) / 4 : numbers.reduce(1, *)
            guard case .number(let number) = sequence.target else { throw TestFailure.wrongTarget }
            #expect(abs(number - expected) < 1e-6)
        }
        #expect(firstSteps > 0)
    }

    @Test(arguments: [LongLagTask.order2, .order3], [10, 50, 100, 1000])
    func orderedSymbols(_ task: LongLagTask, lag: Int) throws {
        let ranges = task == .order2 ? [10...20, 50...60] : [10...20, 33...43, 66...76]
        var labels = Set<Int>()
        for sequence in sequences(task, lag: lag, lag > 100 ? 200 : 2000) {
            let rows = stride(from: 0, to: sequence.inputs.count, by: 8).map { sequence.inputs[$0..<$0 + 8] }
            #expect((lag...lag + lag / 10).contains(rows.count))
            #expect(rows.allSatisfy { $0.reduce(0, +) == 1 && $0.allSatisfy { $0 == 0 || $0 == 1 } })
            let symbols = rows.map { row in row.firstIndex(of: 1)! - row.startIndex }
            // E, then B at the end; X and Y are 2 and 3.
            #expect(symbols.first == 0 && symbols.last == 1)
            #expect(symbols.dropFirst().dropLast().allSatisfy { $0 >= 2 })
            let steps = symbols.indices.filter { (2...3).contains(symbols[$0]) }
            #expect(steps.count == ranges.count)
            for (step, range) in zip(steps, ranges) {
                #expect(step >= range.lowerBound * lag / 100 && step <= range.upperBound * lag / 100)
            }
            guard case .label(let label) = sequence.target else { throw TestFailure.wrongTarget }
            #expect(label == steps.reduce(0) { 2 * $0 + symbols[$1] - 2 })
            labels.insert(label)
        }
        #expect(labels.count == 1 << ranges.count)
    }

    /// Strings of the grammar as an expression: B (T S* X | P T* V) ... read off Reber's diagram.
    @Test func reberStrings() throws {
        let letters = Array("BTPSXVE")
        // Between B and E: two halves of the diagram, connected by X and P.
        let grammar = /B(?:T|P)B(?:TS*X(?:XT*VPX|XT*VPS|S|.)*|PT*V(?:.)*)E(?:T|P)E/
        var lengths = Set<Int>()
        for sequence in sequences(.reber, lag: 10) {
            guard case .labels(let labels, let legal) = sequence.target else { throw TestFailure.wrongTarget }
            let shown = stride(from: 0, to: sequence.inputs.count, by: 7).map { row in
                sequence.inputs[row..<row + 7].firstIndex(of: 1)! - row
            }
            // The target is the next symbol.
            #expect(Array(shown.dropFirst()) == Array(labels.dropLast()))
            let text = String((shown + labels.suffix(1)).map { letters[$0] })
            #expect(text.wholeMatch(of: grammar) != nil, "\(text)")
            #expect(accepts(text.dropFirst(2).dropLast(2)), "\(text)")
            // The last symbol but one equals the second.
            #expect(labels[labels.count - 2] == shown[1])
            for (label, legal) in zip(labels, legal) {
                #expect(legal >> UInt32(label) & 1 == 1 && (1...2).contains(legal.nonzeroBitCount))
            }
            #expect(legal[legal.count - 2].nonzeroBitCount == 1)
            lengths.insert(labels.count)
        }
        #expect(lengths.min() == 8 && lengths.count > 10)
    }

    /// Reber's finite automaton, state by state, as a separate table.
    private func accepts(_ string: Substring) -> Bool {
        let edges: [String: [Character: String]] = [
            "start": ["B": "1"], "1": ["T": "2", "P": "3"], "2": ["S": "2", "X": "4"], "3": ["T": "3", "V": "5"],
            "4": ["X": "3", "S": "6"], "5": ["P": "4", "V": "6"], "6": ["E": "end"],
        ]
        return string.reduce(Optional("start")) { state, symbol in state.flatMap { edges[$0]?[symbol] } } == "end"
    }

    @Test(arguments: LongLagTask.allCases) func chance(_ task: LongLagTask) {
        guard task.isRegression else { return }
        let numbers = sequences(task, lag: 100, 20_000).compactMap { sequence -> Double? in
            if case .number(let number) = sequence.target { Double(number) } else { nil }
        }
        let mean = numbers.reduce(0, +) / Double(numbers.count)
        let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
        #expect(abs(variance - task.chance) < 0.06 * task.chance)
    }

    private enum TestFailure: Error { case wrongTarget }
}
