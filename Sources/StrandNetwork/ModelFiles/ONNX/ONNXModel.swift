/// A graph with what an ONNX file says about it.
package struct ONNXModel: Sendable {
    /// The version of ONNX's operators, and that of the file format of the same release.
    package static let (operators, format) = (17, 8)
    /// Bytes of weights that fit: protobuf has a limit of 2 GiB, of which the rest of the file takes less than 1 MiB.
    static let mostBytes = 1 << 31 - 1 << 20

    package var graph: ONNXGraph
    /// The graph's name.
    package var name: String
    /// The version of the program that writes it.
    package var producerVersion: String
    /// Facts for programs, by key, in this order.
    package var metadata: [(key: String, value: String)]

    package init(
        graph: ONNXGraph, name: String, producerVersion: String, metadata: [(key: String, value: String)]
    ) {
        self.graph = graph
        self.name = name
        self.producerVersion = producerVersion
        self.metadata = metadata
    }

    /// The file's bytes, a `ModelProto`. Fields stand in the order of their numbers, as protobuf's own writers put them:
    /// equal models make equal bytes.
    package func encoded() -> [UInt8] {
        var model = ProtobufMessage()
        model.add(1, Self.format)
        model.add(2, "strand")
        model.add(3, producerVersion)
        model.add(6, graph.documentation)
        model.add(7, graph.message(name: name))
        var version = ProtobufMessage()
        version.add(1, "")  // ONNX's own operators
        version.add(2, Self.operators)
        model.add(8, version)
        for (key, value) in metadata {
            var entry = ProtobufMessage()
            entry.add(1, key)
            entry.add(2, value)
            model.add(14, entry)
        }
        return model.bytes
    }
}

extension ONNXGraph {
    /// A `GraphProto`.
    fileprivate func message(name: String) -> ProtobufMessage {
        var graph = ProtobufMessage()
        for node in nodes { graph.add(1, node.message) }
        graph.add(2, name)
        for constant in constants { graph.add(5, constant.message) }
        graph.add(10, documentation)
        for input in inputs { graph.add(11, input.message) }
        for output in outputs { graph.add(12, output.message) }
        return graph
    }
}

extension ONNXGraph.Node {
    /// A `NodeProto`.
    fileprivate var message: ProtobufMessage {
        var node = ProtobufMessage()
        for input in inputs { node.add(1, input) }
        node.add(2, output)
        node.add(3, output)  // The node's name: its result has none other.
        node.add(4, type)
        for attribute in attributes { node.add(5, attribute.message) }
        return node
    }
}

extension ONNXGraph.Attribute {
    /// An `AttributeProto`.
    fileprivate var message: ProtobufMessage {
        var attribute = ProtobufMessage()
        // Field 20 says which of the fields 3, 4 and 8 holds the value.
        switch self {
        case .integer(let name, let number):
            attribute.add(1, name)
            attribute.add(3, number)
            attribute.add(20, 2)
        case .text(let name, let text):
            attribute.add(1, name)
            attribute.add(4, text)
            attribute.add(20, 3)
        case .integers(let name, let numbers):
            attribute.add(1, name)
            for number in numbers { attribute.add(8, number) }
            attribute.add(20, 7)
        }
        return attribute
    }
}

extension ONNXGraph.Constant {
    /// A `TensorProto`; the numbers are little-endian.
    fileprivate var message: ProtobufMessage {
        var tensor = ProtobufMessage()
        for side in shape { tensor.add(1, side) }
        let (type, bytes): (ONNXGraph.NumberType, [UInt8]) =
            switch values {
            case .float32(let values): (.float32, values.withUnsafeBytes { Array($0) })
            case .int64(let values): (.int64, values.withUnsafeBytes { Array($0) })
            }
        tensor.add(2, type.code)
        tensor.add(8, name)
        tensor.add(9, bytes)
        return tensor
    }
}

extension ONNXGraph.Port {
    /// A `ValueInfoProto`.
    fileprivate var message: ProtobufMessage {
        var sides = ProtobufMessage()
        for side in shape {
            var dimension = ProtobufMessage()
            switch side {
            case .fixed(let size): dimension.add(1, size)
            case .named(let name): dimension.add(2, name)
            }
            sides.add(1, dimension)
        }
        var tensor = ProtobufMessage()
        tensor.add(1, type.code)
        tensor.add(2, sides)
        var type = ProtobufMessage()
        type.add(1, tensor)
        var port = ProtobufMessage()
        port.add(1, name)
        port.add(2, type)
        port.add(3, documentation)
        return port
    }
}
