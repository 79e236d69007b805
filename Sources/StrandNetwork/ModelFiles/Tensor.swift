/// A named array of numbers in a file, row-major.
public struct Tensor: Sendable, Equatable {
    /// The type in which numbers are written.
    public enum Storage: Sendable {
        case float32
        /// Whole numbers from 0 to 255.
        case byte
    }

    public var name: String
    public var shape: [Int]
    /// As many as the product of the shape.
    public var values: [Float]
    /// The type in which the numbers are written. Tensors are read from any type.
    public var storage = Storage.float32

    public init(name: String, shape: [Int], values: [Float]) {
        precondition(values.count == shape.reduce(1, *), "\(values.count) values for shape \(shape)")
        self.name = name
        self.shape = shape
        self.values = values
    }

    /// A list of bytes.
    public init(name: String, bytes: [UInt8]) {
        self.init(name: name, shape: [bytes.count], values: bytes.map { Float($0) })
        storage = .byte
    }

    /// The numbers as bytes; nil if one is not a whole number from 0 to 255.
    public var bytes: [UInt8]? {
        let bytes = values.compactMap { UInt8(exactly: $0) }
        return bytes.count == values.count ? bytes : nil
    }
}
