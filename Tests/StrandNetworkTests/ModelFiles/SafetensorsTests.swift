import Foundation
import TestSupport
import Testing

@testable import StrandNetwork

extension Safetensors {
    /// A file of that header, then those bytes.
    static func bytes(header: String, data: [UInt8] = [], headerLength: UInt64? = nil) -> Data {
        bytes(header: Array(header.utf8), data: data, headerLength: headerLength)
    }

    static func bytes(header: [UInt8], data: [UInt8] = [], headerLength: UInt64? = nil) -> Data {
        let length = headerLength ?? UInt64(header.count)
        return withUnsafeBytes(of: length.littleEndian) { Data($0) } + header + data
    }

    /// Reads such a file.
    init(header: String, data: [UInt8] = []) throws(SafetensorsError) {
        try self.init(bytes: Self.bytes(header: header, data: data), file: "m")
    }
}

@Suite struct SafetensorsTests {
    static let file = Safetensors(
        metadata: ["kind": "test", "quote\"\n\u{1}é": "日本 \\ /"],
        tensors: [
            Tensor(name: "a", shape: [2, 3], values: [1, -2, 0.5, .leastNonzeroMagnitude, -0.0, 3e38]),
            Tensor(name: "b/é\"", shape: [1], values: [7]), Tensor(name: "empty", shape: [0, 5], values: []),
            Tensor(name: "scalar", shape: [], values: [4]),
        ])

    @Test func roundTrip() throws {
        #expect(try Safetensors(bytes: Self.file.encoded(), file: "m") == Self.file)
        #expect(try Safetensors(bytes: Safetensors().encoded(), file: "m") == Safetensors())
    }

    @Test func bytesStayBytes() throws {
        let file = Safetensors(tensors: [
            Tensor(name: "a", bytes: [0, 1, 255]), Tensor(name: "b", shape: [1], values: [2]),
        ])
        let encoded = try file.encoded()
        let read = try Safetensors(bytes: encoded, file: "m")
        #expect(read == file && read["a"]?.bytes == [0, 1, 255])
        #expect(encoded.count % 8 == 7 && String(decoding: encoded, as: UTF8.self).contains("\"dtype\":\"U8\""))
        #expect(Tensor(name: "c", shape: [2], values: [1, 0.5]).bytes == nil)
    }

    /// A path that cannot be written is an error, and nothing is left beside it.
    @Test func unwritable() throws {
        let directory = TemporaryDirectory()
        let inside = directory.write([1], to: "file") + "/model"
        #expect(throws: SafetensorsError.self) { try Self.file.write(to: inside) }
        try FileManager.default.createDirectory(atPath: directory("folder"), withIntermediateDirectories: false)
        #expect(
            throws: SafetensorsError(file: directory("folder"), .unwritable(reason: "Is a directory"))
        ) { try Self.file.write(to: directory("folder")) }
        #expect(directory.names == ["file", "folder"])
    }

    @Test func roundTripThroughAFile() throws {
        let directory = TemporaryDirectory()
        try Self.file.write(to: directory("m"))
        #expect(try Safetensors(path: directory("m")) == Self.file)
        #expect(directory.names == ["m"])
        try Safetensors().write(to: directory("m"))
        #expect(try Safetensors(path: directory("m")) == Safetensors())
    }

    @Test func equalContentsAreEqualBytes() throws {
        let bytes = try Self.file.encoded()
        var other = Self.file
        other.tensors.reverse()
        other.metadata = Dictionary(uniqueKeysWithValues: Self.file.metadata.reversed())
        #expect(try other.encoded() == bytes)
        let small = Safetensors(metadata: ["k": "v"], tensors: [Tensor(name: "t", shape: [1, 2], values: [1, -2])])
        let header = #"{"__metadata__":{"k":"v"},"t":{"data_offsets":[0,8],"dtype":"F32","shape":[1,2]}}"#
        #expect(
            try small.encoded()
                == Safetensors.bytes(header: header + "       ", data: [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]))
        // The data start at a multiple of 8 bytes.
        #expect(header.utf8.count + 7 == 88)
    }

    @Test func subscripts() {
        #expect(Self.file["scalar"]?.values == [4])
        #expect(Self.file["none"] == nil)
    }

    /// 1, -2, 0.5, the largest half, its least subnormal; infinity is read and left to whoever uses it.
    @Test func halfPrecision() throws {
        let data: [UInt8] = [0x00, 0x3C, 0x00, 0xC0, 0x00, 0x38, 0xFF, 0x7B, 0x01, 0x00, 0x00, 0x7C]
        let file = try Safetensors(header: #"{"t":{"dtype":"F16","shape":[6],"data_offsets":[0,12]}}"#, data: data)
        #expect(file["t"]?.values == [1, -2, 0.5, 65504, 0x1p-24, .infinity])
    }

    @Test func brainFloats() throws {
        let data: [UInt8] = [0x80, 0x3F, 0x00, 0xC0, 0x49, 0x40, 0x7F, 0x7F]
        let file = try Safetensors(header: #"{"t":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}"#, data: data)
        #expect(file["t"]?.values == [1, -2, 3.140625, 3.3895314e38])
    }

    /// 1, pi, a number beyond a float's range.
    @Test func doubles() throws {
        let data = [1, Double.pi, 1e300].flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
        let file = try Safetensors(header: #"{"t":{"dtype":"F64","shape":[3],"data_offsets":[0,24]}}"#, data: data)
        #expect(file["t"]?.values == [1, 3.1415927, .infinity])
    }

    /// Tensors of several types at offsets that no type's size divides.
    @Test func mixedTypesUnaligned() throws {
        let header = """
            {"h":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"f":{"dtype":"F32","shape":[1],"data_offsets":[2,6]},
            "d":{"dtype":"F64","shape":[1],"data_offsets":[6,14]},"__metadata__":{"k":"v"}}
            """
        let data: [UInt8] = [0x00, 0x3C, 0, 0, 0x80, 0x3F, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F]
        let file = try Safetensors(header: header, data: data)
        #expect(file.tensors.map(\.name) == ["h", "f", "d"])
        #expect(file.tensors.allSatisfy { $0.values == [1] } && file.metadata == ["k": "v"])
    }

    @Test func unreadableAndUnwritable() throws {
        let directory = TemporaryDirectory()
        let missing = SafetensorsError(file: directory("none"), .unreadable(reason: "no such file"))
        #expect(throws: missing) { try Safetensors(path: directory("none")) }
        #expect(throws: SafetensorsError.self) { try Safetensors(path: directory.path) }
        let error = #expect(throws: SafetensorsError.self) { try Self.file.write(to: directory("none/m")) }
        #expect(error?.description == "\(directory("none/m")): cannot be written: no such file")
        #expect(directory.names.isEmpty)
    }
}
