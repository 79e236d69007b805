import Foundation
import TestSupport
import Testing

/// `strand score` on what other programs write for states and probabilities.
@Suite struct ScoreStatesTests {
    let directory = TemporaryDirectory()
    private static let sequence = "MKTAYIAKQR"

    private func file(_ name: String, _ text: String) -> String {
        _ = directory.write(Array(text.utf8), to: name)
        return name
    }

    private func score(_ arguments: String...) throws -> Command.Result {
        let result = try Command(["score"] + arguments, in: directory.path).wait()
        #expect(result.status == 0, "\(arguments): \(result.errors)")
        return result
    }

    /// Letters of other programs' coil are read as such on both sides, and counted.
    @Test func coilOfOtherPrograms() throws {
        _ = file("t.ssfa", ">a\n\(Self.sequence)\nPCHHHGHHL_\n")
        _ = file("m.ssfa", ">a\n\(Self.sequence)\n_LHHHGHHCC\n")
        let result = try score("t.ssfa", "m.ssfa")
        #expect(
            result.errors == """
                strand: t.ssfa: repaired: 3 labels (L, P, _) read as C
                strand: m.ssfa: repaired: 2 labels (L, _) read as C

                """)
        #expect(result.text.contains("Q3          100.00 %") && result.text.contains("Q8          100.00 %"))
    }

    /// `-` is the coil of JPred; beside another coil it is no prediction. Either is said.
    @Test func residuesWithoutAPrediction() throws {
        _ = file("t.ssfa", ">a\n\(Self.sequence)\nCCHHHGHHCE\n")
        _ = file("jpred.ssfa", ">a\n\(Self.sequence)\n--HHHHHH-E\n")
        _ = file("gaps.ssfa", ">a\n\(Self.sequence)\nC-HHHHHHCE\n")
        let result = try score("t.ssfa", "jpred.ssfa", "gaps.ssfa")
        #expect(
            result.errors == """
                strand: jpred.ssfa: 3 residues labelled '-' read as coil, of which there is no other
                strand: gaps.ssfa: 1 residue labelled '-': without a prediction, wrong where the truth has a label

                """)
        #expect(result.text.contains("Q3          100.00 %") && result.text.contains("Q3          90.00 %"))
    }

    /// A truth without C whose coil may be `-`, as Biopython writes it, is told.
    @Test func truthWithoutCoil() throws {
        _ = file("bio.ssfa", ">a\n\(Self.sequence)\n--HHHTS-EE\n")
        _ = file("m.ssfa", ">a\n\(Self.sequence)\nCCHHHTSCEE\n")
        let warning =
            "strand: warning: bio.ssfa: no residue is labelled C, and 3 residues labelled '-' count for nothing; where '-' "
            + "stands for coil, as Biopython has it, label them C\n"
        #expect(try score("bio.ssfa", "m.ssfa").errors == warning)
        #expect(try score("--unmasked", "bio.ssfa", "m.ssfa").errors == "")
        #expect(try Command(["evaluate", "bio.ssfa"], in: directory.path).wait().errors.contains(warning))
    }

    /// A system that predicts some chains in eight states and others in three is told.
    @Test func someChainsInEightStates() throws {
        _ = file("t.ssfa", ">a\n\(Self.sequence)\nCCHHHTSCEE\n>b\n\(Self.sequence)\nCCHHHTSCEE\n")
        _ = file("m.ssfa", ">a\n\(Self.sequence)\nCCHHHTSCEE\n>b\n\(Self.sequence)\nCCHHHCCCEE\n")
        let result = try score("t.ssfa", "m.ssfa")
        #expect(result.errors == "strand: m.ssfa: 1 chain predicted with H, E and C alone: Q8 takes them as they are\n")
        #expect(result.text.contains("Q8          90.00 %"))
    }

    /// A residue without a prediction lowers the recall of its state, and stands in a column of its own.
    @Test func recallCountsWhatIsMissing() throws {
        _ = file("t.ssfa", ">a\n\(Self.sequence)\nCCHHHHHHCE\n>b\n\(Self.sequence)\nCCHHHHHHCC\n")
        _ = file("m.ssfa", ">a\n\(Self.sequence)\nCCHHHHHHCE\n")
        let text = try score("t.ssfa", "m.ssfa").text
        #expect(text.contains("    H             12     100.0     50.0     66.7    0.535\n"))
        #expect(text.contains("    C              7     100.0     42.9     60.0    0.572\n"), "\(text)")
        #expect(text.contains("             H        E        C     none\n    H        6        0        0        6\n"))
        let short = try score("m.ssfa", "m.ssfa").text
        #expect(!short.contains("C     none") && !short.contains("the means leave out"))
        _ = file("h.ssfa", ">a\n\(Self.sequence)\nHHHHHHHHHC\n")
        #expect(try score("h.ssfa", "h.ssfa").text.contains("    (the means leave out what is undefined, of E)\n"))
    }

    /// Three states are those of the largest sum of probabilities, as the model's own are, unless labels differ from them.
    @Test func probabilitiesOfEightStates() throws {
        _ = file("t.ssfa", ">a\nM\nC\n")
        func predict(_ label: String) throws -> Command.Result {
            let rows = #""H":[0.4],"G":[0],"I":[0],"E":[0],"B":[0],"T":[0.3],"S":[0],"C":[0.3]"#
            _ = file("p.jsonl", #"{"id":"a","sequence":"M","labels":"\#(label)","probabilities":{\#(rows)}}"#)
            return try score("t.ssfa", "p.jsonl")
        }
        let summed = try predict("H")
        #expect(summed.text.contains("Q3          100.00 %") && summed.errors.isEmpty)
        #expect(summed.text.contains("predictions by HGI/EB of summed probabilities"))
        // What is no distribution tells no sums.
        _ = file(
            "n.jsonl",
            #"{"id":"a","sequence":"M","labels":"S","probabilities":{"H":[0.9],"G":[0.9],"I":[0.9],"E":[0.9],"B":[0.9],"T":[0.9],"S":[0.9],"C":[0.9]}}"#
        )
        let none = try score("t.ssfa", "n.jsonl")
        #expect(none.text.contains("Q3          100.00 %"))
        #expect(none.errors == "strand: n.jsonl: 1 residue whose probabilities do not add up to 1\n")
        let other = try predict("E")
        #expect(other.text.contains("Q3          0.00 %"))
        #expect(
            other.errors == "strand: p.jsonl: 1 residue with a state that is not the most probable: the state counts\n")
    }
}
