import StrandMetrics
import StrandNetwork
import TestSupport
import Testing

@testable import StrandProteins

@Suite struct ThreeStateChainsTests {
    private func chains(_ labels: String...) -> [LabelledFASTARecord] {
        labels.map {
            LabelledFASTARecord(header: [], sequence: Array($0.map { _ in "A" }.joined().utf8), labels: Array($0.utf8))
        }
    }

    /// A helix and its ends may be all there is of eight states; a strand without a turn may not.
    @Test func aStrandShowsThem() {
        #expect(chains("HGTSE", "CHHHC", "--C").threeStateChains == [false, false, false])
        #expect(chains("HGTSE", "CHHHC", "CEEC").threeStateChains == [false, true, true])
        #expect(chains("CHHHC", "---").threeStateChains == [true, true])
        #expect([LabelledFASTARecord]().threeStateChains.isEmpty)
    }

    /// Each label of three states stands for all states reduced to it: a model that is always right, but for states that
    /// reduce to the same, should be as sure as can be.
    @Test func temperatureOfThreeStates() {
        let sequence = Array("MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQGSHMKILVINGPNLNFLGIREKNIYGNENYEYLVNMINE".utf8)
        let predicted = ProteinLabeller.shipped.label([sequence], on: Compute(threads: 1))[0]
        #expect(predicted.eightState.contains(UInt8(ascii: "T")))
        let truth = LabelReduction.hgiEB.reduce(predicted.eightState)
        var model = ProteinModel.shipped
        model.calibrate(
            on: [LabelledFASTARecord(header: [], sequence: sequence, labels: truth)], compute: Compute(threads: 1))
        #expect(model.description.temperature < 0.26)
    }
}
