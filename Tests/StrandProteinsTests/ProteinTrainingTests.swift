import Glibc
import StrandEngine
import StrandMetrics
import StrandNetwork
import StrandProteins
import Testing

@testable import StrandProteins

@Suite struct ProteinTrainingTests {
    private let eight = LabelledFASTARecord(
        header: [], sequence: Array("ACDXw".utf8), labels: Array("HGE-C".utf8))
    private let three = LabelledFASTARecord(header: [], sequence: Array("YVW".utf8), labels: Array("HEC".utf8))

    @Test func targetsAreSetsOfStates() {
        #expect(LabelSet.dssp.targets(Array("HGIEBTSC-".utf8)) == [1, 2, 4, 8, 16, 32, 64, 128, 0])
        #expect(SecondaryStructure.targets(threeStates: Array("HEC-".utf8)) == [0b111, 0b11000, 0b1110_0000, 0])
    }

    @Test func inputsAreOneHotInTheBatchsOrder() {
        var options = ProteinTraining.Options()
        options.residueDropout = 0
        let task = ProteinTraining([eight], threeState: [three], validation: [], options: options)
        #expect(task.lengths == [5, 3])
        let batch = RaggedBatch(lengths: [5, 3])
        var generator = SeededGenerator(seed: 1)
        let inputs = task.inputs([0, 1], batch, using: &generator)
        let hot = (0..<batch.rowCount).map { row in (0..<21).filter { inputs[row, $0] == 1 } }
        // Steps: A Y | C V | D W | X | w
        #expect(hot == [[0], [19], [1], [17], [2], [18], [20], [18]])
        #expect(inputs.elements.reduce(0, +) == 8)
    }

    @Test func residueDropoutShowsUnknown() {
        var options = ProteinTraining.Options()
        options.residueDropout = 0.25
        let long = LabelledFASTARecord(
            header: [], sequence: [UInt8](repeating: 65, count: 4000), labels: [UInt8](repeating: 72, count: 4000))
        let task = ProteinTraining([long], validation: [], options: options)
        var generator = SeededGenerator(seed: 1)
        let inputs = task.inputs([0], RaggedBatch(lengths: [4000]), using: &generator)
        let dropped = (0..<4000).count { inputs[$0, 20] == 1 }
        #expect((800...1200).contains(dropped))
        #expect((0..<4000).allSatisfy { inputs[$0, 0] + inputs[$0, 20] == 1 })
    }

    @Test func lossCountsLabelledResiduesOnly() {
        let task = ProteinTraining([eight], threeState: [three], validation: [])
        let batch = RaggedBatch(lengths: [5, 3])
        var gradient = Matrix<Float>(rows: 1, columns: 1)
        let (mean, count) = task.loss(
            Matrix(rows: batch.rowCount, columns: 16), [0, 1], batch, gradient: &gradient, on: Compute(threads: 1))
        #expect(count == 7)
        // Equal logits: -log of 1/8 four times, 3/8, 2/8, 3/8.
        let expected = (4 * 2.0794415 + 2 * 0.9808293 + 1.3862944) / 7
        #expect(abs(mean - expected) < 1e-6)
    }

    @Test func alphabetRoundTrip() {
        let encoder = ResidueEncoder.standard
        #expect(encoder.featureCount == 21)
        #expect(encoder.codes(of: Array("ACDEFGHIKLMNPQRSTVWY".utf8)) == Array(0..<20))
        #expect(encoder.codes(of: Array("acXBZUOJ*-".utf8)) == [0, 1] + [UInt8](repeating: 20, count: 8))
    }

    /// A student that agrees with its teachers has their entropy as its loss; one that differs has more.
    @Test func softTargetsAreTheTeachersMean() throws {
        let chains = [eight.input, three.input]
        let compute = Compute(threads: 1)
        let single = ProteinLabeller.teach(chains, by: [.shipped], on: compute)
        #expect(single[0] == ProteinLabeller.shipped.label(inputs: chains, on: compute)[0].eightStateProbabilities)
        var generator = SeededGenerator(seed: 1)
        let shape = NetworkShape(inputs: 21, hidden: 4, layers: 1, labels: 8)
        let other = ProteinLabeller(
            network: RecurrentNetwork(shape: shape, using: &generator), labels: .dssp, encoder: .standard)
        let mean = ProteinLabeller.teach(chains, by: [.shipped, other], on: compute)
        let second = other.label(inputs: chains, on: compute)[1].eightStateProbabilities
        for (index, probability) in mean[1].enumerated() {
            #expect(abs(probability - (single[1][index] + second[index]) / 2) < 1e-6)
        }

        var options = ProteinTraining.Options()
        options.softShare = 1
        let task = ProteinTraining(
            [eight], threeState: [three], validation: [], options: options, taught: mean)
        let batch = RaggedBatch(lengths: [5, 3])
        var logits = Matrix<Float>(rows: batch.rowCount, columns: 16)
        var entropy = 0.0
        for (sequence, probabilities) in mean.enumerated() {
            for (offset, probability) in probabilities.enumerated() {
                logits[batch.row(sequence: sequence, step: offset / 8), offset % 8] = log(probability)
                if sequence == 1 || offset / 8 != 3 { entropy -= Double(probability) * log(Double(probability)) }
            }
        }
        var gradient = Matrix<Float>(rows: 1, columns: 1)
        let loss = task.loss(logits, [0, 1], batch, gradient: &gradient, on: compute)
        #expect(loss.count == 7 && abs(loss.mean - entropy / 7) < 1e-5)
        #expect(gradient.elements.allSatisfy { abs($0) < 1e-6 })
    }
}
