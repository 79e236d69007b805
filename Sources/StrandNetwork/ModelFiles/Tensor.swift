import FoundationEssentials

/// A named array of numbers in a file, row-major.
public struct Tensor: Sendable {
    /// The type in which numbers are written.
    public enum Storage: Sendable {
        case float32
        /// Whole numbers from 0 to 255.
        case byte
        /// Whole numbers from -128 to 127.
        case signedByte
    }

    private enum Contents: Sendable {
        case numbers([Float])
        /// As a file has them, whose bytes may be mapped.
        case stored(Data, NumberType)
    }

    public var name: String
    public var shape: [Int]
    private var contents: Contents
    /// The type in which the numbers are written. Tensors are read from any type.
    public var storage = Storage.float32

    public init(name: String, shape: [Int], values: [Float]) {
        precondition(values.count == shape.reduce(1, *), "\(values.count) values for shape \(shape)")
        self.name = name
        self.shape = shape
        contents = .numbers(values)
    }

    /// The numbers of a file, of which there must be as many as the shape says.
    init(name: String, shape: [Int], stored: Data, _ type: NumberType) {
        self.name = name
        self.shape = shape
        contents = .stored(stored, type)
        if type == .byte { storage = .byte }
        if type == .signedByte { storage = .signedByte }
    }

    /// A list of bytes.
    public init(name: String, bytes: [UInt8]) {
        self.init(name: name, shape: [bytes.count], values: bytes.map { Float($0) })
        storage = .byte
    }

    /// The numbers, as many as the product of the shape. Those of a file are converted at each call.
    public var values: [Float] {
        get {
            switch contents {
            case .numbers(let values): values
            case .stored(let data, let type): type.values(in: data)
            }
        }
        set { contents = .numbers(newValue) }
    }

    /// The numbers as bytes; nil if one is not a whole number from 0 to 255.
    public var bytes: [UInt8]? {
        if case .stored(let data, .byte) = contents { return Array(data) }
        let values = values
        let bytes = values.compactMap { UInt8(exactly: $0) }
        return bytes.count == values.count ? bytes : nil
    }
}

extension Tensor: Equatable {
    public static func == (first: Tensor, second: Tensor) -> Bool {
        (first.name, first.shape, first.storage) == (second.name, second.shape, second.storage)
            && first.values == second.values
    }
}
