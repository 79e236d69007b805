/// An ONNX file as a reader of its own sees it: field numbers are those of onnx.proto.
public struct ONNXFile {
    public struct Malformed: Error { let reason: String }

    public struct Node {
        public let name: String
        public let type: String
        public let inputs: [String]
        public let output: String
        public let numbers: [String: [Int]]
        public let texts: [String: String]
    }

    public struct Tensor {
        public var shape: [Int]
        public var values: [Double]

        public init(shape: [Int], values: [Double]) {
            self.shape = shape
            self.values = values
        }
    }

    public struct Port {
        public let name: String
        public let type: Int
        /// Sizes as text, and names.
        public let shape: [String]
        public let documentation: String
    }

    public let format: Int
    public let producer: [String]
    public let documentation: String
    public let operators: [Int]
    public let metadata: [String: String]
    public let name: String
    public let nodes: [Node]
    public let constants: [String: Tensor]
    public let inputs: [Port]
    public let outputs: [Port]

    /// - Throws: `Malformed`.
    public init(_ bytes: [UInt8]) throws {
        let model = try ProtobufFields(bytes[...])
        format = model.number(1)
        producer = model.texts(2) + model.texts(3)
        documentation = model.text(6)
        operators = try model.messages(8).filter { $0.text(1).isEmpty }.map { $0.number(2) }
        metadata = Dictionary(uniqueKeysWithValues: try model.messages(14).map { ($0.text(1), $0.text(2)) })
        let graph = try model.message(7)
        name = graph.text(2)
        nodes = try graph.messages(1).map { try Node($0) }
        constants = Dictionary(uniqueKeysWithValues: try graph.messages(5).map { ($0.text(8), try Tensor($0)) })
        inputs = try graph.messages(11).map { try Port($0) }
        outputs = try graph.messages(12).map { try Port($0) }
    }
}

extension ONNXFile.Node {
    fileprivate init(_ node: ProtobufFields) throws {
        inputs = node.texts(1)
        output = node.text(2)
        name = node.text(3)
        type = node.text(4)
        let attributes = try node.messages(5)
        numbers = Dictionary(uniqueKeysWithValues: attributes.map { ($0.text(1), $0.numbers(3) + $0.numbers(8)) })
        texts = Dictionary(uniqueKeysWithValues: attributes.map { ($0.text(1), $0.text(4)) })
        // The type, field 20, says which field holds the value.
        for attribute in attributes {
            let fields = attribute.fields.map(\.number).filter { $0 != 1 && $0 != 20 }
            guard let field = [2: 3, 3: 4, 7: 8][attribute.number(20)], Set(fields) == [field] else {
                throw ONNXFile.Malformed(reason: "attribute type \(attribute.number(20)) with fields \(fields)")
            }
        }
    }
}

extension ONNXFile.Tensor {
    fileprivate init(_ tensor: ProtobufFields) throws {
        shape = tensor.numbers(1)
        let data = Array(tensor.bytes(9).first ?? [])
        values = try data.withUnsafeBytes { bytes in
            switch tensor.number(2) {
            case 1:
                (0..<bytes.count / 4).map { Double(bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self)) }
            case 7: (0..<bytes.count / 8).map { Double(bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self)) }
            default: throw ONNXFile.Malformed(reason: "number type \(tensor.number(2))")
            }
        }
        guard values.count == shape.reduce(1, *) else {
            throw ONNXFile.Malformed(reason: "\(values.count) values for \(shape)")
        }
    }
}

extension ONNXFile.Port {
    fileprivate init(_ port: ProtobufFields) throws {
        name = port.text(1)
        documentation = port.text(3)
        let tensor = try port.message(2).message(1)
        type = tensor.number(1)
        shape = try tensor.message(2).messages(1).map { $0.text(2) + $0.numbers(1).map(String.init).joined() }
    }
}
