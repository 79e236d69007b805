import StrandNetwork
import StrandProteins
import TestSupport
import Testing

@Suite struct ProteinLabellerTests {
    let compute = Compute(threads: 2)

    /// The example of the documentation.
    @Test func documentedExample() {
        let labeller = ProteinLabeller.shipped
        let chains = [Array("MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ".utf8)]
        var text = ""
        for labels in labeller.label(chains, on: Compute(threads: 2)) {
            text += String(decoding: labels.threeState, as: UTF8.self)
        }
        #expect(text.count == chains[0].count)
        #expect(text.contains("HHHHHHHHHH"), "this chain is helical")
    }

    @Test func probabilitiesAndLabelsAgree() {
        let chains = ["MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ", "W", "GSHMKILVINGPNLNFLGIREKNIYGNENYEYLVNMINE"].map {
            Array($0.utf8)
        }
        for (chain, labels) in zip(chains, ProteinLabeller.shipped.label(chains, on: compute)) {
            let (eight, three) = (labels.eightStateProbabilities, labels.threeStateProbabilities)
            #expect(eight.count == 8 * chain.count && three.count == 3 * chain.count)
            for residue in chain.indices {
                let row = Array(eight[8 * residue..<8 * residue + 8])
                #expect(abs(row.reduce(0, +) - 1) < 1e-5)
                let sums = [row[0] + row[1] + row[2], row[3] + row[4], row[5] + row[6] + row[7]]
                for state in 0..<3 { #expect(abs(three[3 * residue + state] - sums[state]) < 1e-6) }
                #expect(labels.eightState[residue] == Array("HGIEBTSC".utf8)[row.firstIndex(of: row.max()!)!])
                #expect(labels.threeState[residue] == Array("HEC".utf8)[sums.firstIndex(of: sums.max()!)!])
            }
        }
    }

    /// A chain longer than any protein is labelled in pieces, each with context around it.
    @Test func chainsInPieces() {
        var generator = SplitMix64(seed: 7)
        let chain = (0..<66_000).map { _ in Array("ACDEFGHIKLMNPQRSTVWY".utf8).randomElement(using: &generator)! }
        let labeller = ProteinLabeller.shipped
        let labels = labeller.label([chain, Array("MKV".utf8)], on: compute)
        #expect(labels[0].threeState.count == 66_000 && labels[1].threeState.count == 3)
        #expect(labels[1].threeState == labeller.label([Array("MKV".utf8)], on: compute)[0].threeState)
        for (core, span) in [(0..<2048, 0..<2560), (4096..<6144, 3584..<6656), (65_536..<66_000, 65_024..<66_000)] {
            let piece = labeller.label([Array(chain[span])], on: compute)[0].eightStateProbabilities
            let start = (core.lowerBound - span.lowerBound) * 8
            #expect(
                labels[0].eightStateProbabilities[core.lowerBound * 8..<core.upperBound * 8]
                    == piece[start..<start + core.count * 8])
        }
    }

    @Test func lowerCaseAndUnknownLetters() {
        let chains = ["MKTAYIAK", "mktayiak", "MKXAYIAK", "MKUAY*AK", "MKOAYBAK"].map { Array($0.utf8) }
        let labels = ProteinLabeller.shipped.label(chains, on: compute).map(\.eightStateProbabilities)
        #expect(labels[0] == labels[1])
        #expect(labels[0] != labels[2])
        #expect(labels[3] == labels[4], "U, O, B and * are all unknown")
    }

    @Test func noChains() {
        #expect(ProteinLabeller.shipped.label([], on: compute).isEmpty)
    }
}
