import Glibc
import StrandBytes
import StrandEngine
import TestSupport
import Testing

@testable import StrandNetwork
@testable import StrandProteins

@Suite struct SoftLabelledChainsTests {
    private let directory = TemporaryDirectory()

    /// Probabilities of a residue whose label is sure, or is one of the first two with 3 : 1.
    private let sure: [UInt8] = [0, 0, 0, 255, 0, 0, 0, 0]
    private let mixed: [UInt8] = [3, 1, 0, 0, 0, 0, 0, 0]

    private func write(_ bytes: [UInt8], to name: String) -> String { directory.write(bytes, to: name) }

    private func chains(_ paths: String...) throws -> SoftLabelledChains {
        try SoftLabelledChains(paths: paths, labels: .dssp)
    }

    private var first: [UInt8] {
        SoftLabels.file([("ACD", [sure, mixed, sure]), ("WY", [mixed, sure])])
    }
    private var second: [UInt8] { SoftLabels.file([("KKKK", [sure, sure, sure, mixed])]) }

    @Test func filesFollowOneAnother() throws {
        let set = try chains(write(first, to: "a.safetensors"), write(second, to: "b.safetensors"))
        #expect(set.count == 3 && set.residueCount == 9)
        #expect((0..<3).map { set.length(of: $0) } == [3, 2, 4])
        #expect((0..<3).map { String(decoding: set.sequence(of: $0), as: UTF8.self) } == ["ACD", "WY", "KKKK"])
        #expect(set.probabilities(of: 1) == [0.75, 0.25, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 1, 0, 0, 0, 0])
        #expect(set.probabilities(of: 2).suffix(8) == [0.75, 0.25, 0, 0, 0, 0, 0, 0])
        #expect(set.descriptions.map(\.records) == [2, 1] && set.descriptions.map(\.symbols) == [5, 4])
        #expect(set.descriptions.map(\.role) == ["train (soft labels)", "train (soft labels)"])
        #expect(set.count(in: [Array("WY".utf8), Array("WW".utf8)]) == 1)
    }

    @Test func aFolderIsItsFilesInOrder() throws {
        _ = write(second, to: "2.safetensors")
        _ = write(first, to: "1.safetensors")
        _ = write([1], to: "README")
        let set = try chains(directory.path)
        #expect(set.fileCount == 2 && set.sequence(of: 0) == Array("ACD".utf8) && set.count == 3)
        let description = set.descriptions[0]
        #expect(set.descriptions.count == 1 && "/tmp/\(description.name)" == directory.path)
        #expect(description.records == 3 && description.symbols == 9)
        var list = SHA256()
        for name in ["1", "2"] {
            let hash = try SHA256.hexDigest(ofFile: directory("\(name).safetensors"))
            list.update(Array("\(hash)  \(name).safetensors\n".utf8)[...])
        }
        #expect(description.sha256 == list.finish())
    }

    /// Stretches that follow one another hold each chain once a round.
    @Test(arguments: [1, 2, 4, 5, 9, 10, 25]) func stretchesCoverEachChainOnce(residues: Int) throws {
        let set = try chains(write(first, to: "a.safetensors"), write(second, to: "b.safetensors"))
        var next = 0
        for epoch in 0..<20 {
            let range = set.chains(from: epoch * residues, residues: residues)
            #expect(range.lowerBound == next || range.count == 1)
            next = max(range.upperBound, next)
        }
        #expect(set.chains(from: 0, residues: 9) == 0..<3 && set.chains(from: 9, residues: 9) == 3..<6)
        #expect(set.sequence(of: 4) == set.sequence(of: 1))
    }

    @Test func hintsAreNumbersBesideTheLabels() throws {
        let hinted = SoftLabels.file(
            [("ACD", [sure, mixed, sure]), ("W", [mixed])], hints: [128, 160, 0, 255, 96, 130, 1, 2])
        let set = try chains(write(hinted, to: "h.safetensors"))
        #expect(set.hintCount == 2 && set.hints(of: 0) == [0, 1, -4, 127.0 / 32, -1, 0.0625])
        #expect(set.hints(of: 1) == [-127.0 / 32, -126.0 / 32])
        #expect(try chains(write(first, to: "a.safetensors")).hintCount == 0)
        let error = FormatError(
            file: directory("h.safetensors"), problem: .softLabels(.otherHints(2, wanted: 0)))
        #expect(throws: error) { try chains(directory("a.safetensors"), directory("h.safetensors")) }
        let odd = SoftLabels.file([("AC", [sure, sure])], hints: [1, 2, 3])
        #expect(throws: FormatError.self) { try chains(write(odd, to: "odd.safetensors")) }
    }

    @Test func whatIsNoFileOfSoftLabelsIsRefused() throws {
        func problem(_ bytes: [UInt8]) -> FormatError? {
            #expect(throws: FormatError.self) { try chains(write(bytes, to: "x.safetensors")) }
        }
        let path = directory("x.safetensors")
        func file(_ problem: SoftLabelProblem, record: String? = nil) -> FormatError {
            FormatError(file: path, record: record, problem: .softLabels(problem))
        }
        #expect(
            problem(SoftLabels.file([("A", [[1, 2]])], labels: "DO")) == file(.otherLabels("DO", wanted: "HGIEBTSC")))
        #expect(
            problem(SoftLabels.file([("AC", [sure, sure]), ("Ac", [sure, sure])])) == file(.notAResidue, record: "2"))
        #expect(
            problem(SoftLabels.file([("AC", [sure, [0, 0, 0, 0, 0, 0, 0, 0]])])) == file(.noProbability, record: "1"))
        for offsets in [[], [0], [1, 2], [0, 1], [0, 0, 2], [0, 3], [0, 2, 1, 2], [0, -1, 2]] {
            #expect(
                problem(SoftLabels.file(residues: [65, 65], offsets: offsets, probabilities: sure + sure))
                    == file(.notSoftLabels), "\(offsets)")
        }
        #expect(
            problem(SoftLabels.file(residues: [65, 65], offsets: [0, 2], probabilities: sure)) == file(.notSoftLabels))
        let folder = TemporaryDirectory()
        #expect(throws: FormatError(file: folder.path, problem: .softLabels(.noFiles))) { try chains(folder.path) }
        #expect(throws: SafetensorsError.self) { try chains(directory("none")) }
    }

    // MARK: Training on them

    private let labelled = LabelledFASTARecord(header: [], sequence: Array("ACDK".utf8), labels: Array("HG-C".utf8))

    private func task(share: Double) throws -> ProteinTraining {
        var options = ProteinTraining.Options()
        options.labelledShare = share
        options.residueDropout = 0
        let set = try chains(write(first, to: "a.safetensors"), write(second, to: "b.safetensors"))
        return ProteinTraining([labelled], validation: [labelled], options: options, softLabelled: set)
    }

    /// 4 labelled residues, and 4 or 8 others, in every epoch.
    @Test func epochsGoOnWhereTheLastOneEnded() throws {
        var generator = SeededGenerator(seed: 1)
        var half = try task(share: 0.5)
        let lengths = (0..<4).map { epoch in
            half.beginEpoch(epoch, using: &generator)
            return half.lengths
        }
        // Chains begin at residues 0, 3, 5, 9, 12, 14, ...
        #expect(lengths == [[4, 3, 2], [4, 4], [4, 3], [4, 2, 4]])
        var third = try task(share: 1.0 / 3)
        third.beginEpoch(1, using: &generator)
        #expect(third.lengths == [4, 3, 2, 4])
    }

    /// Each row has its own target: a known label, none, or probabilities.
    @Test func lossOfMixedBatches() throws {
        var generator = SeededGenerator(seed: 1)
        var task = try task(share: 0.5)
        task.beginEpoch(0, using: &generator)
        let batch = RaggedBatch(lengths: task.lengths)
        let inputs = task.inputs(batch.order, batch, using: &generator)
        #expect(inputs[batch.row(sequence: 2, step: 1), 19] == 1, "Y of WY")
        var gradient = Matrix<Float>(rows: 1, columns: 1)
        let logits = Matrix<Float>(rows: batch.rowCount, columns: 16)
        let loss = task.loss(logits, batch.order, batch, gradient: &gradient, on: Compute(threads: 1))
        #expect(loss.count == 8 && abs(loss.mean - log(8)) < 1e-6)
        func row(_ sequence: Int, _ step: Int) -> [Float] {
            (0..<8).map { 8 * gradient[batch.row(sequence: sequence, step: step), $0] }
        }
        let e: Float = 0.125
        #expect(row(0, 0) == [e - 1, e, e, e, e, e, e, e])
        #expect(row(0, 2) == [0, 0, 0, 0, 0, 0, 0, 0])
        #expect(row(1, 1) == [e - 0.75, e - 0.25, e, e, e, e, e, e])
        #expect(row(2, 1) == [e, e, e, e - 1, e, e, e, e])
    }

    /// Chains with hints count with both losses, the others with one.
    @Test func lossWithHints() throws {
        var options = ProteinTraining.Options()
        (options.labelledShare, options.residueDropout, options.hintWeight) = (0.5, 0, 0.3)
        let hinted = SoftLabels.file(
            [("ACDK", [sure, mixed, sure, sure])], hints: [160, 128, 128, 128, 64, 128, 128, 96])
        let set = try chains(write(hinted, to: "h.safetensors"))
        var task = ProteinTraining([labelled], validation: [labelled], options: options, softLabelled: set)
        var generator = SeededGenerator(seed: 1)
        task.beginEpoch(0, using: &generator)
        let batch = RaggedBatch(lengths: task.lengths)
        var gradient = Matrix<Float>(rows: 1, columns: 1)
        let logits = Matrix<Float>(rows: batch.rowCount, columns: 16)
        let loss = task.loss(logits, batch.order, batch, gradient: &gradient, on: Compute(threads: 1))
        // Squares 1, 4 and 1 of z, halved, by the 2 hints of a residue and the 7 residues with a target.
        #expect(loss.count == 7 && abs(loss.mean - log(8) - 0.3 * 3 / 2 / 7) < 1e-6)
        let scale: Float = 0.3 / 2 / 7
        let wanted: [[Float]] = [[-scale, 0], [0, 0], [2 * scale, 0], [0, scale]]
        for step in 0..<4 {
            let row = batch.row(sequence: batch.order.firstIndex(of: 1)!, step: step)
            for column in 0..<2 { #expect(abs(gradient[row, 8 + column] - wanted[step][column]) < 1e-7) }
            #expect(gradient[row, 10] == 0)
            let other = batch.row(sequence: batch.order.firstIndex(of: 0)!, step: step)
            #expect(gradient[other, 8] == 0 && gradient[other, 9] == 0)
        }
    }

    /// The place in the soft labels is known after a restart.
    @Test(arguments: [1, 3, 4, 7]) func resumedTrainingIsTheSame(steps: Int) throws {
        let compute = Compute(threads: 1)
        var options = TrainingOptions.proteins
        options.epochs = 5
        options.rowsPerBatch = 6
        let shape = NetworkShape(inputs: 21, hidden: 4, layers: 1, labels: 8)
        var whole = Trainer(try task(share: 0.5), shape: shape, options: options)
        var first = whole
        while try whole.step(on: compute) != nil {}
        for _ in 0..<steps { _ = try first.step(on: compute) }
        try first.checkpoint(notes: "").write(to: directory("checkpoint"))
        var resumed = try Trainer(try task(share: 0.5), resuming: Safetensors(path: directory("checkpoint")))
        while try resumed.step(on: compute) != nil {}
        #expect(try resumed.checkpoint(notes: "").encoded() == whole.checkpoint(notes: "").encoded())
    }
}
