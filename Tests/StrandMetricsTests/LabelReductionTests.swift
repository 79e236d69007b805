import StrandMetrics
import Testing

@Suite struct LabelReductionTests {
    @Test(arguments: [
        (LabelReduction.hgiEB, "HGI/EB", "HHHEECCCC-CC"), (.hE, "H/E", "HCCECCCCC-CC"),
        (.jpred, "H/EB", "HCCEECCCC-CC"),
    ])
    func everyState(reduction: LabelReduction, name: String, expected: String) {
        #expect(reduction.name == name)
        #expect(reduction.reduce(Array("HGIEBTSCP- L".utf8)) == Array(expected.utf8))
        #expect(LabelReduction(named: name) == reduction)
    }

    @Test func names() {
        #expect(LabelReduction.all.map(\.name) == ["HGI/EB", "H/E", "H/EB"])
        #expect(LabelReduction(named: "HG/E") == nil)
    }
}
