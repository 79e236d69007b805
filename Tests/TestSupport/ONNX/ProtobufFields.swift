/// The fields of a protobuf message, in their order: what a reader of ONNX needs of the wire format.
struct ProtobufFields {
    enum Value {
        case number(Int)
        case bytes(ArraySlice<UInt8>)
    }

    private(set) var fields: [(number: Int, value: Value)] = []

    /// - Throws: `ONNXFile.Malformed` for bytes that are not a message.
    init(_ bytes: ArraySlice<UInt8>) throws {
        var rest = bytes
        while !rest.isEmpty {
            let tag = try Self.varint(&rest)
            switch tag & 7 {
            case 0: fields.append((tag >> 3, .number(try Self.varint(&rest))))
            case 2:
                let count = try Self.varint(&rest)
                guard count <= rest.count else { throw ONNXFile.Malformed(reason: "a field of \(count) bytes") }
                fields.append((tag >> 3, .bytes(rest.prefix(count))))
                rest = rest.dropFirst(count)
            default: throw ONNXFile.Malformed(reason: "wire type \(tag & 7)")
            }
        }
    }

    private static func varint(_ bytes: inout ArraySlice<UInt8>) throws -> Int {
        var (value, shift) = (UInt64(0), 0)
        while let byte = bytes.popFirst(), shift < 64 {
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return Int(truncatingIfNeeded: value) }
            shift += 7
        }
        throw ONNXFile.Malformed(reason: "a number without an end")
    }

    func numbers(_ field: Int) -> [Int] {
        fields.compactMap { if $0.number == field, case .number(let number) = $0.value { number } else { nil } }
    }

    func bytes(_ field: Int) -> [ArraySlice<UInt8>] {
        fields.compactMap { if $0.number == field, case .bytes(let bytes) = $0.value { bytes } else { nil } }
    }

    func number(_ field: Int) -> Int { numbers(field).first ?? 0 }
    func texts(_ field: Int) -> [String] { bytes(field).map { String(decoding: $0, as: UTF8.self) } }
    func text(_ field: Int) -> String { texts(field).first ?? "" }
    func messages(_ field: Int) throws -> [ProtobufFields] { try bytes(field).map { try ProtobufFields($0) } }
    func message(_ field: Int) throws -> ProtobufFields { try ProtobufFields(bytes(field).first ?? []) }
}
