import Testing

@testable import StrandNetwork

/// Bytes of protobuf messages: the examples of protobuf.dev/programming-guides/encoding, and limits.
@Suite struct ProtobufMessageTests {
    private func bytes(_ write: (inout ProtobufMessage) -> Void) -> [UInt8] {
        var message = ProtobufMessage()
        write(&message)
        return message.bytes
    }

    @Test func examplesOfTheSpecification() {
        #expect(bytes { $0.add(1, 150) } == [0x08, 0x96, 0x01])
        #expect(bytes { $0.add(2, "testing") } == [0x12, 0x07] + Array("testing".utf8))
        var inner = ProtobufMessage()
        inner.add(1, 150)
        #expect(bytes { $0.add(3, inner) } == [0x1A, 0x03, 0x08, 0x96, 0x01])
        #expect(bytes { $0.add(1, -2) } == [0x08, 0xFE] + [UInt8](repeating: 0xFF, count: 8) + [0x01])
    }

    @Test func limits() {
        #expect(bytes { $0.add(1, 0) } == [0x08, 0x00])
        #expect(bytes { $0.add(1, 127) } == [0x08, 0x7F])
        #expect(bytes { $0.add(1, 128) } == [0x08, 0x80, 0x01])
        #expect(bytes { $0.add(1, Int.max) } == [0x08] + [UInt8](repeating: 0xFF, count: 8) + [0x7F])
        // Tags of fields above 15 take two bytes; an empty text holds its place.
        #expect(bytes { $0.add(20, 7) } == [0xA0, 0x01, 0x07])
        #expect(bytes { $0.add(1, "") } == [0x0A, 0x00])
        #expect(bytes { $0.add(1, [UInt8](repeating: 1, count: 300)) }.prefix(3) == [0x0A, 0xAC, 0x02])
    }
}
