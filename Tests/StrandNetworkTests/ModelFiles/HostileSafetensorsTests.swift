import Foundation
import TestSupport
import Testing

@testable import StrandNetwork

/// Files that are damaged or made to hurt: an error each, never a crash, a hang or much memory.
@Suite(.timeLimit(.minutes(1))) struct HostileSafetensorsTests {
    private func problem(_ bytes: Data) -> SafetensorsError.Problem? {
        do throws(SafetensorsError) { _ = try Safetensors(bytes: bytes, file: "m") } catch { return error.problem }
        return nil
    }

    private func problem(_ header: String, data: Int = 0) -> SafetensorsError.Problem? {
        problem(Safetensors.bytes(header: header, data: [UInt8](repeating: 0, count: data)))
    }

    @Test func everyTruncation() throws {
        let bytes = try SafetensorsTests.file.encoded()
        for count in 0..<bytes.count { #expect(problem(bytes.prefix(count)) != nil, "\(count) bytes") }
        #expect(problem(bytes) == nil)
        #expect(problem(bytes + [0]) != nil)
        #expect(problem(bytes.prefix(7)) == .tooShort(bytes: 7))
        #expect(problem(bytes.dropLast()) == .beyondFile(tensor: "scalar", end: 32, dataBytes: 31))
    }

    @Test func headerLengths() {
        for length in [1 << 63, UInt64.max, UInt64.max - 7, UInt64(Int.max), 3] {
            let bytes = Safetensors.bytes(header: "{}", headerLength: length)
            #expect(problem(bytes) == .headerBeyondFile(headerBytes: length, fileBytes: 10))
        }
        let limit = Safetensors.headerLimit
        let spaces = [UInt8](repeating: UInt8(ascii: " "), count: limit - 1)
        #expect(
            problem(Safetensors.bytes(header: Array("{}".utf8) + spaces))
                == .headerTooLarge(headerBytes: UInt64(limit + 1), limit: limit))
        #expect(problem(Safetensors.bytes(header: Array("{}".utf8) + spaces.dropLast())) == nil)
    }

    @Test(arguments: [
        "", " ", "{", "}", "nul", "{\"a\":}", "{'a':1}", "{}{}", "[1,2", "\u{FEFF}{", "{\"a\":\"\\uD800\"",
        String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
        String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
        "{\"__metadata__\":" + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + "}",
    ]) func notJSON(header: String) {
        #expect(problem(header) == .headerNotJSON(reason: "it is not JSON"))
    }

    @Test func bytesThatAreNoText() {
        for bytes in [[0xFF, 0xFE], [0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D], [0], [0x80]] as [[UInt8]] {
            #expect(problem(Safetensors.bytes(header: bytes)) == .headerNotJSON(reason: "it is not JSON"))
        }
    }

    @Test(arguments: ["[]", "null", "1", "\"a\"", "true"]) func noObject(header: String) {
        #expect(problem(header) == .headerNotJSON(reason: "it is not a JSON object"))
    }

    @Test(arguments: [
        (#"{"a":1}"#, "entry 'a'"), (#"{"a":null}"#, "entry 'a'"), (#"{"a":{}}"#, "entry 'a'"),
        (#"{"a":[]}"#, "entry 'a'"), (#"{"__metadata__":[]}"#, "entry '__metadata__'"),
        (#"{"__metadata__":{"k":1}}"#, "entry '__metadata__.k'"),
        (#"{"a":{"dtype":1,"shape":[],"data_offsets":[0,4]}}"#, "entry 'a.dtype'"),
        (#"{"a":{"dtype":"F32","shape":"1","data_offsets":[0,4]}}"#, "entry 'a.shape'"),
        (#"{"a":{"dtype":"F32","shape":[],"data_offsets":{}}}"#, "entry 'a.data_offsets'"),
        (#"{"a":{"dtype":"F32","shape":[]}}"#, "entry 'a'"),
    ]) func wrongTypes(header: String, reason: String) {
        #expect(problem(header) == .headerNotJSON(reason: reason))
    }

    /// Numbers that no `Int` holds.
    @Test(arguments: ["1.5", "1e30", "9223372036854775808", "-9223372036854775809", "1e999", "NaN"])
    func wrongNumbers(number: String) {
        let inShape = #"{"a":{"dtype":"F32","shape":[\#(number)],"data_offsets":[0,4]}}"#
        let inOffsets = #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,\#(number)]}}"#
        for header in [inShape, inOffsets] {
            guard case .headerNotJSON = problem(header, data: 4) else {
                Issue.record("\(header)")
                continue
            }
        }
    }

    @Test(arguments: [
        [-1], [2, -3], [-1, -1], [1 << 62], [1 << 31, 1 << 31], [1 << 62, 0], [.max, .max], [.min], [.min, 0],
        [0, -1],
    ]) func badShapes(shape: [Int]) {
        #expect(
            problem(#"{"a":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,4]}}"#, data: 4)
                == .badShape(tensor: "a", shape: shape))
    }

    @Test(arguments: [
        ([4, 0], 0), ([-4, 0], 4), ([0, 8], 8), ([.max, .min], 0), ([.min, .max], 0), ([.max, .max], 0),
        ([0, .max], Int.max),
    ]) func badOffsets(offsets: [Int], found: Int) {
        let problem = problem(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":\#(offsets)}}"#, data: 8)
        guard case .sizeMismatch("a", 4, let size) = problem else {
            Issue.record("\(offsets): \(String(describing: problem))")
            return
        }
        #expect(offsets.contains(.min) || size == found)
    }

    @Test(arguments: [[], [0], [0, 4, 4]]) func offsetsThatAreNoPair(offsets: [Int]) {
        #expect(
            problem(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":\#(offsets)}}"#, data: 4)
                == .badShape(tensor: "a", shape: [1]))
    }

    /// Two tensors of one number each, in `data` bytes.
    private func pair(_ a: [Int], _ b: [Int], data: Int) -> SafetensorsError.Problem? {
        problem(
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":\#(a)},"b":{"dtype":"F32","shape":[1],"data_offsets":\#(b)}}"#,
            data: data)
    }

    @Test func coverage() {
        #expect(pair([0, 4], [4, 8], data: 8) == nil)
        #expect(pair([4, 8], [0, 4], data: 8) == nil)
        #expect(pair([0, 4], [0, 4], data: 8) == .overlap(tensor: "b", other: "a"))
        #expect(pair([0, 4], [3, 7], data: 8) == .overlap(tensor: "b", other: "a"))
        #expect(pair([0, 4], [5, 9], data: 9) == .gap(after: 4, before: 5))
        #expect(pair([1, 5], [5, 9], data: 9) == .gap(after: 0, before: 1))
        #expect(pair([0, 4], [4, 8], data: 9) == .gap(after: 8, before: 9))
        #expect(pair([0, 4], [4, 8], data: 7) == .beyondFile(tensor: "b", end: 8, dataBytes: 7))
        #expect(problem("{}", data: 1) == .gap(after: 0, before: 1))
    }

    @Test(arguments: ["I32", "F8_E4M3", "f32", ""]) func unknownType(type: String) {
        #expect(
            problem(#"{"a":{"dtype":"\#(type)","shape":[1],"data_offsets":[0,4]}}"#, data: 4)
                == .unknownType(tensor: "a", type: type))
    }

    /// One of the two is taken or the file is refused; either way its bytes are covered once.
    @Test func duplicateKeys() {
        let entry = #""a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#
        let other = #""a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}"#
        #expect(problem("{\(entry),\(other)}", data: 8) != nil)
        let file = try? Safetensors(header: "{\(entry),\(entry)}", data: [0, 0, 0, 0])
        #expect(file.map { $0.tensors.map(\.values) == [[0]] } ?? true)
    }

    @Test func mutations() throws {
        var random = SplitMix64(seed: 1)
        var generator = SeededGenerator(seed: 1)
        let network = RecurrentNetwork<Float>(
            shape: NetworkShape(inputs: 1, hidden: 1, layers: 1, labels: 2), using: &generator)
        let bytes = try Safetensors(metadata: ["k": "v"], tensors: network.tensors).encoded()
        var loaded = 0
        for _ in 0..<10_000 {
            var mutated = bytes
            let index = mutated.indices.randomElement(using: &random)!
            mutated[index] ^= UInt8.random(in: 1...255, using: &random)
            guard let file = try? Safetensors(bytes: mutated, file: "m") else { continue }
            guard let network = try? RecurrentNetwork(file) else { continue }
            #expect(network.tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) })
            loaded += 1
        }
        // A change of a weight's bits loads as another weight.
        #expect((100...9900).contains(loaded))
    }
}
