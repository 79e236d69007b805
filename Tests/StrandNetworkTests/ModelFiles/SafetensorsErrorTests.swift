import Testing

@testable import StrandNetwork

/// The exact words for each thing that can be wrong.
@Suite struct SafetensorsErrorTests {
    private typealias Problem = SafetensorsError.Problem

    private static let texts: [(Problem, String)] = [
        (.unreadable(reason: "no such file"), "cannot be read: no such file"),
        (.unwritable(reason: "no space left on device"), "cannot be written: no space left on device"),
        (.tooShort(bytes: 7), "is not a model file: 7 bytes are too few for a safetensors header"),
        (
            .headerBeyondFile(headerBytes: .max, fileBytes: 90),
            "is not a model file: its header claims 18446744073709551615 bytes and the file has 90; "
                + "is it a safetensors file, and whole?"
        ),
        (
            .headerTooLarge(headerBytes: 20_000_000, limit: 16_777_216),
            "is not a model file: its header claims 20000000 bytes, more than the 16777216 allowed"
        ),
        (
            .headerNotJSON(reason: "entry 'a.shape'"),
            "is damaged: its header does not follow the safetensors format (entry 'a.shape')"
        ),
        (
            .unknownType(tensor: "a", type: "I32"),
            "tensor 'a' has type I32; F32, F16, BF16, F64, I64, I8 and U8 can be read: convert it"
        ),
        (.badShape(tensor: "a", shape: [2, -1]), "is damaged: tensor 'a' has shape [2, -1]"),
        (.sizeMismatch(tensor: "a", expected: 8, found: 4), "is damaged: tensor 'a' needs 8 bytes and has 4"),
        (
            .beyondFile(tensor: "a", end: 12, dataBytes: 8),
            "is cut short: tensor 'a' ends at byte 12 of 8; fetch the file again"
        ),
        (.overlap(tensor: "b", other: "a"), "is damaged: tensors 'a' and 'b' overlap"),
        (.gap(after: 4, before: 8), "is damaged: bytes 4 to 8 belong to no tensor"),
        (.missingTensor("linear.bias"), "has no tensor 'linear.bias', which this network needs"),
        (.unexpectedTensor("x"), "has a tensor 'x' that does not belong to a recurrent tagger"),
        (
            .tensorShape(tensor: "a", expected: [4, 1], found: [4]),
            "tensor 'a' has shape [4] where [4, 1] is needed"
        ),
        (.notFinite(tensor: "a"), "tensor 'a' holds a number that is not finite"),
        (.noRecurrentLayer, "holds no recurrent layer: there is no tensor whose name ends in 'weight_ih_l0'"),
        (.noHead(candidates: []), "needs one linear layer after the recurrent ones and has none"),
        (
            .noHead(candidates: ["a.weight", "b.weight"]),
            "needs one linear layer after the recurrent ones and has a.weight, b.weight"
        ),
        (
            .checkpoint(epochs: 1),
            "is the checkpoint of a training after 1 epoch and no model; the training writes one when it is through"
        ),
        (.missingMetadata(key: "k"), "says nothing about 'k' in its metadata; was it made by Strand?"),
        (.badMetadata(key: "k", reason: "it is odd"), "has metadata 'k' that cannot be used: it is odd"),
        (
            .unsupportedVersion(found: "2", supported: "1"),
            "has format version 2 and this program reads 1; use a newer program"
        ),
        (.wrongKind(expected: "dna", found: "protein"), "is a model for 'protein', not for 'dna'"),
    ]

    @Test func texts() {
        for (problem, text) in Self.texts {
            #expect("\(problem)" == text)
            #expect("\(SafetensorsError(file: "dir/m.safetensors", problem))" == "dir/m.safetensors: " + text)
        }
    }

    @Test func controlCharactersOfTheFileReachNoTerminal() {
        let error = SafetensorsError(file: "m", .missingTensor("a\n\u{1B}[2J\u{9B}"))
        #expect(error.description == "m: has no tensor 'a\u{FFFD}\u{FFFD}[2J\u{FFFD}', which this network needs")
    }
}
