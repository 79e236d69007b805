/// The bytes of a protobuf message, written field by field (protobuf.dev/programming-guides/encoding).
///
/// A field is a tag, its number and the type of what follows, then its value: a varint, or a length and as many bytes.
struct ProtobufMessage {
    private(set) var bytes: [UInt8] = []

    /// What follows a tag.
    private enum WireType: UInt64 {
        case varint = 0
        case lengthDelimited = 2
    }

    /// Appends a whole number; a negative one takes ten bytes, as `int64` has it.
    mutating func add(_ field: Int, _ number: Int) {
        add(tagOf: field, .varint)
        add(varint: UInt64(bitPattern: Int64(number)))
    }

    /// Appends a text as UTF-8. An empty one is written too: in a list it holds a place.
    mutating func add(_ field: Int, _ text: String) { add(field, Array(text.utf8)) }

    /// Appends a message inside this one.
    mutating func add(_ field: Int, _ message: ProtobufMessage) { add(field, message.bytes) }

    /// Appends bytes.
    mutating func add(_ field: Int, _ contents: [UInt8]) {
        add(tagOf: field, .lengthDelimited)
        add(varint: UInt64(contents.count))
        bytes += contents
    }

    private mutating func add(tagOf field: Int, _ type: WireType) { add(varint: UInt64(field) << 3 | type.rawValue) }

    /// Seven bits a byte, the lowest first; the top bit of a byte says that more follow.
    private mutating func add(varint number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
