import CStrand
import Glibc
import Strand
import StrandC
import Testing

@Suite struct LabelTests {
    static let sequences = [
        "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ", "G", "acdefGHIKLMNPQRSTVWYxbzuoj*ACDEFGHIKLMNPQRSTVWY",
    ]

    @Test func describesShippedModels() throws {
        let structure = try Handle("structure", threads: 2)
        let info = strand_model_describe(structure.model)
        #expect(String(cString: info.task) == "protein")
        #expect(String(cString: info.labels) == "HGIEBTSC" && info.label_count == 8 && info.has_three_states == 1)
        #expect(info.feature_count == 0 && info.threads == 2)
        #expect(String(cString: info.sha256) == ShippedProteinModel.structure.sha256)
        #expect(String(cString: info.arithmetic) == "int8")
        let handles = try [
            Handle("profile"), Handle("disorder", precision: STRAND_FP32), Handle("ink"),
        ]
        let profile = strand_model_describe(handles[0].model)
        #expect(profile.feature_count == 21 && profile.features_are_profile == 1)
        let disorder = strand_model_describe(handles[1].model)
        #expect(disorder.has_three_states == 0 && String(cString: disorder.arithmetic) != "int8")
        let ink = strand_model_describe(handles[2].model)
        #expect(String(cString: ink.task) == "ink" && ink.label_count == 95)
        withExtendedLifetime((structure, handles)) {}
        #expect(String(cString: strand_version()) == strandVersion && strand_interface_version() == 1)
    }

    @Test(arguments: [0, 3, 8] as [CInt]) func labelsAsTheLibraryDoes(states: CInt) throws {
        let handle = try Handle("structure", threads: 2)
        let expected = ProteinLabeller.shipped.label(
            Self.sequences.map { Array($0.utf8) }, on: Compute(threads: 1, path: try #require(KernelPath.best(.int8))))
        let result = handle.label(Self.sequences, states: states)
        #expect(result.status == STRAND_OK && result.error == "")
        #expect(result.labels == expected.flatMap { states == 3 ? $0.reduced(by: .hgiEB).labels : $0.labels })
        #expect(
            result.probabilities
                == expected.flatMap { states == 3 ? $0.reduced(by: .hgiEB).probabilities : $0.probabilities })
    }

    /// Offsets may begin anywhere in a longer buffer.
    @Test func labelsPartOfABuffer() throws {
        let handle = try Handle("structure")
        let (whole, part) = (handle.label(Self.sequences, states: 3), handle.label(Self.sequences, states: 3, from: 1))
        #expect(part.status == STRAND_OK)
        #expect(part.labels.dropLast(33) == whole.labels.dropFirst(33))
        #expect(handle.label([], states: 3).status == STRAND_OK)
    }

    @Test func profiles() throws {
        let handle = try Handle("profile")
        let sequence = Array("MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ".utf8)
        let rows = sequence.indices.flatMap { row -> [Float] in
            var row = (0..<20).map { $0 == row % 20 ? Float(0.81) : 0.01 }
            row.append(0.25)
            return row
        }
        let profile = try #require(ResidueProfile(rows: rows, columns: 21, depth: 2))
        let labeller = ShippedProteinModel.profile.labeller
        let compute = Compute(threads: 1, path: try #require(KernelPath.best(.int8)))
        let known = labeller.label(inputs: [ChainInput(sequence, .profile(profile))], on: compute)[0]
        let alone = labeller.label([sequence], on: compute)[0]
        #expect(known.labels != alone.labels)

        let text = String(decoding: sequence, as: UTF8.self)
        #expect(handle.label([text], states: 8, features: rows).labels == known.labels)
        #expect(handle.label([text], states: 8, features: rows, has: [1]).probabilities == known.probabilities)
        #expect(handle.label([text], states: 8, features: rows, has: [0]).probabilities == alone.probabilities)
        #expect(handle.label([text], states: 8).probabilities == alone.probabilities)

        var wrong = rows
        wrong[21] = 0.5
        let result = handle.label([text], states: 8, features: wrong)
        #expect(result.status == STRAND_BAD_INPUT)
        #expect(
            result.error == "chain 0: a row of its profile is not 20 frequencies that add up to 1 and a share of gaps")
    }

    @Test func saysWhatIsWrong() throws {
        let handle = try Handle("structure")
        func problem(_ sequences: [String], states: CInt = 3, features: [Float]? = nil) -> String {
            let result = handle.label(sequences, states: states, features: features)
            #expect(result.status != STRAND_OK)
            return "\(result.status.rawValue) \(result.error)"
        }
        #expect(problem(["MK", ""]) == "2 chain 1 has no residues")
        #expect(problem(["MK", "AC-D"]) == "2 chain 1, residue 3: '-' is not a letter; residues are letters")
        #expect(problem(["MK\n"]) == "2 chain 0, residue 3: byte 10 is not a letter; residues are letters")
        #expect(problem(["MK"], states: 5) == "1 5 states: give 3, 8, or 0 for the model's own labels")
        #expect(
            problem(["MK"], features: [1, 2]) == "1 the model sees residues alone: give no features")
        var offsets: [Int64] = [0, 2, 1]
        var error = strand_error()
        var chains = strand_chains()
        let status = Array("MK".utf8CString).withUnsafeBufferPointer { residues in
            offsets.withUnsafeMutableBufferPointer { offsets in
                chains = strand_chains(
                    count: 2, residues: residues.baseAddress, offsets: UnsafePointer(offsets.baseAddress),
                    features: nil, has_features: nil)
                return strand_label(handle.model, &chains, 3, nil, nil, &error)
            }
        }
        #expect(status == STRAND_BAD_ARGUMENT)
        #expect(error.message == "chain 1: offsets 2 and 1: they have to rise from 0")
        let ink = try Handle("ink").label(["MK"], states: 3)
        #expect(ink.error == "the model is for ink: strand_label takes one for proteins")
        let disorder = try Handle("disorder").label(["MK"], states: 3)
        #expect(disorder.error == "3 states are those of DSSP: this model labels with DO, give 0")
    }

    @Test func modelsThatCannotBeOpened() {
        #expect(opening("nothing").hasPrefix("1 no model 'nothing' comes with Strand: give one of structure, "))
        #expect(opening("structure", threads: -1) == "1 -1 threads: give 0 to 1024")
        #expect(opening(file: "/no/such.safetensors").hasPrefix("3 /no/such.safetensors: "))
    }

    private func opening(_ name: String = "", file: String? = nil, threads: CInt = 1) -> String {
        var (model, error): (OpaquePointer?, strand_error) = (nil, strand_error())
        let status =
            file.map { strand_model_open($0, threads, STRAND_INT8, &model, &error) }
            ?? strand_model_open_shipped(name, threads, STRAND_INT8, &model, &error)
        #expect(model == nil)
        return "\(status.rawValue) \(error.message)"
    }

    /// Of a text that does not fit the middle is left out, between characters.
    @Test(arguments: ["é", "a\u{301}", "x"]) func longErrorsAreCut(letter: String) {
        let text = opening(String(repeating: letter, count: 2000))
        #expect(text.utf8.count > 1000 && text.utf8.count <= 1019 + 2)
        #expect(
            text.hasPrefix("1 no model '\(letter)") && text.hasSuffix(": give one of structure, disorder, profile, ink")
        )
        #expect(text.contains(" ... ") && !text.unicodeScalars.contains("\u{FFFD}"))
    }

    private nonisolated(unsafe) static let letters = UnsafePointer(strdup("MK")!)

    /// Counts that have wrapped around are refused before memory is touched.
    @Test func absurdCounts() throws {
        let handle = try Handle("structure")
        func problem(_ count: Int, _ end: Int64) -> String {
            var error = strand_error()
            let status = [0, end].withUnsafeBufferPointer { offsets in
                var chains = strand_chains(
                    count: count, residues: Self.letters, offsets: offsets.baseAddress, features: nil, has_features: nil
                )
                return strand_label(handle.model, &chains, 3, nil, nil, &error)
            }
            #expect(status == STRAND_BAD_ARGUMENT)
            return error.message
        }
        #expect(problem(-1, 2) == "18446744073709551615 chains: 1099511627776 is the most")
        #expect(problem(1, .max) == "chain 0 has 9223372036854775807 residues: 1099511627776 is the most")
    }
}

extension strand_error {
    var message: String {
        var copy = text
        return withUnsafeBytes(of: &copy) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

/// A model opened through the interface.
final class Handle {
    let model: OpaquePointer

    init(_ name: String, threads: CInt = 1, precision: strand_precision = STRAND_INT8) throws {
        var (model, error): (OpaquePointer?, strand_error) = (nil, strand_error())
        let status = strand_model_open_shipped(name, threads, precision, &model, &error)
        #expect(status == STRAND_OK, "\(error.message)")
        self.model = try #require(model)
    }

    deinit { strand_model_close(model) }

    struct Result {
        var status: strand_status
        var labels: [UInt8]
        var probabilities: [Float]
        var error: String
    }

    /// - Parameters:
    ///   - from: chains at the beginning of the buffer that are not labelled.
    ///   - has: which chains have features.
    func label(
        _ sequences: [String], states: CInt, from first: Int = 0, features: [Float]? = nil, has: [UInt8]? = nil
    ) -> Result {
        let residues = sequences.flatMap { $0.utf8.map { CChar(bitPattern: $0) } }
        var offsets: [Int64] = [0]
        for sequence in sequences { offsets.append(offsets[offsets.count - 1] + Int64(sequence.utf8.count)) }
        let columns = states == 0 ? Int(strand_model_describe(model).label_count) : Int(states)
        var labels = [CChar](repeating: 0, count: residues.count)
        var probabilities = [Float](repeating: -1, count: residues.count * columns)
        var error = strand_error()
        let status = residues.withUnsafeBufferPointer { residues in
            offsets.withUnsafeBufferPointer { offsets in
                func run(_ features: UnsafePointer<Float>?, _ has: UnsafePointer<UInt8>?) -> strand_status {
                    var chains = strand_chains(
                        count: sequences.count - first, residues: residues.baseAddress,
                        offsets: offsets.baseAddress! + first, features: features, has_features: has)
                    return strand_label(model, &chains, states, &labels, &probabilities, &error)
                }
                guard let features else { return run(nil, nil) }
                guard let has else { return run(features, nil) }
                return run(features, has)
            }
        }
        return Result(
            status: status, labels: labels.map { UInt8(bitPattern: $0) }, probabilities: probabilities,
            error: error.message)
    }
}
