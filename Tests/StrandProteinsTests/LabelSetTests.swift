import StrandNetwork
import StrandProteins
import Testing

@Suite struct LabelSetTests {
    @Test func letters() {
        #expect(LabelSet("DO")?.letters == Array("DO".utf8))
        #expect(LabelSet("HGIEBTSC") == .dssp && LabelSet("HGIEBTSC")?.isDSSP == true)
        for text in [
            "", "D", "DD", "D-", "D>", "D O", "D\u{E9}", String((33...66).map { Character(Unicode.Scalar($0)) }),
        ] {
            #expect(LabelSet(text) == nil, "\(text)")
        }
    }

    private func told(by labels: String) -> String? {
        var counts = [Int](repeating: 0, count: 256)
        for label in labels.utf8 { counts[Int(label)] += 1 }
        return LabelSet(counts: counts)?.text
    }

    /// A few letters outside DSSP's among many inside do not make another set: they are mistakes.
    @Test func toldByTheData() {
        #expect(told(by: "OOOD--DO") == "DO")
        #expect(told(by: "HHHE") == "HGIEBTSC" && told(by: "---") == "HGIEBTSC" && told(by: "HHHCCCX") == "HGIEBTSC")
        #expect(told(by: "iiiMMMoooS") == "MSio")
        #expect(told(by: "xxxx") == nil)
    }

    /// A model's file includes its labels.
    @Test func modelsOfOtherLabels() throws {
        let shape = NetworkShape(inputs: 21, hidden: 16, layers: 1, labels: 2)
        var generator = SeededGenerator(seed: 1)
        let network = RecurrentNetwork<Float>(shape: shape, using: &generator)
        let model = ProteinModel(
            network: network, labels: try #require(LabelSet("DO")), encoder: .standard, name: "test")
        let read = try ProteinModel(model.file, file: "test")
        #expect(read.labels.text == "DO")
        let labels = ProteinLabeller(read).label([Array("MKV".utf8)], on: Compute(threads: 1))[0]
        #expect(labels.states == Array("DO".utf8) && labels.probabilities.count == 6)
        #expect(labels.labels.allSatisfy { "DO".utf8.contains($0) })
        for residue in 0..<3 {
            #expect(abs(labels.probabilities[2 * residue...2 * residue + 1].reduce(0, +) - 1) < 1e-6)
        }
    }
}
