/// A computation as ONNX describes it (Open Neural Network Exchange, onnx.proto of release 1.12): nodes, each an operator on
/// named values, in an order in which every value is made before it is used.
package struct ONNXGraph: Sendable {
    /// What the graph computes, for people.
    package var documentation = ""
    package private(set) var nodes: [Node] = []
    /// Values that are part of the model: weights and sizes.
    package private(set) var constants: [Constant] = []
    package private(set) var inputs: [Port] = []
    package private(set) var outputs: [Port] = []

    package init() {}

    /// An operator and the values it takes and makes.
    package struct Node: Sendable {
        /// The operator: `LSTM`.
        package var type: String
        /// The values it takes; "" stands for an optional one that is left out.
        package var inputs: [String]
        /// The value it makes; the node has the same name.
        package var output: String
        package var attributes: [Attribute]
    }

    /// A setting of an operator.
    package enum Attribute: Sendable {
        case integer(_ name: String, Int)
        case integers(_ name: String, [Int])
        case text(_ name: String, String)
    }

    /// A tensor of the model, row-major.
    package struct Constant: Sendable {
        package var name: String
        package var shape: [Int]
        package var values: Values

        package enum Values: Sendable {
            case float32([Float])
            case int64([Int])
        }
    }

    /// A tensor that the graph takes or gives.
    package struct Port: Sendable {
        package let name: String
        package let type: NumberType
        package let shape: [Side]
        /// Type, shape and what the numbers are, for people.
        package let documentation: String

        /// - Parameter text: what the numbers are.
        package init(_ name: String, _ type: NumberType, _ shape: [Side], _ text: String) {
            self.name = name
            self.type = type
            self.shape = shape
            documentation = "\(type.rawValue) [\(shape.map(\.description).joined(separator: ", "))]: \(text)"
        }
    }

    /// A side of a tensor: of one size, or of a size known when the graph runs, by its name.
    package enum Side: Sendable, CustomStringConvertible {
        case fixed(Int)
        case named(String)

        package var description: String {
            switch self {
            case .fixed(let size): "\(size)"
            case .named(let name): name
            }
        }

        /// B: sequences of a batch.
        package static let batch = Side.named("batch")
        /// T: timesteps of the longest sequence.
        package static let time = Side.named("time")
    }

    /// Types of numbers.
    package enum NumberType: String, Sendable {
        case float32, uint8, int32, int64

        /// The code in `TensorProto.DataType`.
        package var code: Int {
            switch self {
            case .float32: 1
            case .uint8: 2
            case .int32: 6
            case .int64: 7
            }
        }
    }
}

extension ONNXGraph {
    /// Appends an operator; returns the name of its result.
    package mutating func add(
        _ type: String, _ inputs: [String], to output: String, _ attributes: [Attribute] = []
    ) -> String {
        nodes.append(Node(type: type, inputs: inputs, output: output, attributes: attributes))
        return output
    }

    /// Adds a tensor of numbers; returns its name.
    package mutating func constant(_ name: String, shape: [Int], _ values: [Float]) -> String {
        precondition(values.count == shape.reduce(1, *), "\(values.count) values for shape \(shape)")
        constants.append(Constant(name: name, shape: shape, values: .float32(values)))
        return name
    }

    /// Adds a list of whole numbers; returns its name.
    package mutating func constant(_ name: String, _ values: [Int]) -> String {
        constants.append(Constant(name: name, shape: [values.count], values: .int64(values)))
        return name
    }

    /// Adds an input; returns its name.
    package mutating func input(_ port: Port) -> String {
        inputs.append(port)
        return port.name
    }

    package mutating func output(_ port: Port) { outputs.append(port) }
}
