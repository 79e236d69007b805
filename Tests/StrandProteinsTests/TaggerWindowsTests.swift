import StrandEngine
import StrandNetwork
import StrandProteins
import Testing

@Suite struct TaggerWindowsTests {
    @Test(
        arguments: [
            ([], []),
            ([0], [0..<1]),
            ([65_536, 1], [0..<1, 1..<2]),
            ([30_000, 35_536, 2, 3], [0..<2, 2..<4]),
            ([70_000, 70_000], [0..<1, 1..<2]),
            ([1, 70_000, 1, 1], [0..<1, 1..<2, 2..<4]),
        ] as [([Int], [Range<Int>])])
    func inputsAreTakenUpToABoundOfTimesteps(lengths: [Int], expected: [Range<Int>]) {
        #expect(TaggerWindows.ranges(lengths: lengths) == expected)
    }

    @Test func chainsOfSeveralWindowsHaveTheirOwnLabelsInOrder() {
        let letters = Array("ACDEFGHIKLMNPQRSTVWY".utf8)
        let chains = (0..<5).map { chain in
            ChainInput((0..<20_000 + chain).map { letters[($0 * 7 + $0 / 31 + chain) % 20] })
        }
        let compute = Compute(threads: 2)
        let labeller = ProteinLabeller.shipped
        var indices: [Int] = []
        labeller.label(inputs: chains, on: compute) { index, labels in
            indices.append(index)
            #expect(labels.probabilities.count == 8 * chains[index].sequence.count)
            guard index == 4 else { return }
            let alone = labeller.label(inputs: [chains[4]], on: compute)
            #expect(labels.probabilities == alone[0].probabilities)
        }
        #expect(indices == [0, 1, 2, 3, 4])
    }
}
