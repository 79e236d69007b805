extension [UInt8] {
    /// Appends a JSON string (RFC 8259, section 7).
    package mutating func append(jsonString text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): self += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                let hex = Array("0123456789abcdef".utf8)
                self += Array("\\u00".utf8) + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }

    /// Appends the shortest number that reads back as this one, whole numbers without a fraction. It must be finite.
    package mutating func append(jsonNumber value: Double) {
        precondition(value.isFinite, "JSON has no \(value)")
        if let whole = Int(exactly: value), abs(whole) < 1 << 53 {
            self += String(whole).utf8
        } else {
            self += "\(value)".utf8
        }
    }

    /// Appends `[`, the elements with commas between them, `]`.
    @inlinable
    package mutating func append<Value>(jsonArray elements: [Value], _ append: (inout [UInt8], Value) -> Void) {
        self.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { self.append(UInt8(ascii: ",")) }
            append(&self, element)
        }
        self.append(UInt8(ascii: "]"))
    }
}
