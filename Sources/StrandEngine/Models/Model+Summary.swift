import StrandBytes
import StrandNetwork

extension Model where Task.Encoder: CustomStringConvertible, Task.Recipe: CustomStringConvertible {
    /// What its file says of it, for people: a line that names it, then a line a fact.
    /// - Parameter file: what the file is called.
    public func summary(file: String) -> String {
        let shape = description.network
        var lines = [
            "\(file): \(description.task.rawValue) model '\(description.name)', format version \(description.version)",
            "  network    \(shape.summary), \(counted(shape.parameterCount, "parameter"))",
            "  input      \(description.input)",
            "  labels     \(description.labels), decoder \(description.decoder), temperature \(fixed(description.temperature, 3))",
        ]
        if let training = description.training {
            let options = training.options
            lines += training.data.map { $0.summary(ofA: Task.record, Task.symbol) }
            lines.append(
                "  training   \(counted(options.epochs, "epoch")), rate \(options.rate), dropout \(options.dropout), "
                    + "\(training.recipe), weight decay \(options.optimiser.weightDecay), "
                    + "average \(options.optimiser.averageDecay), seed \(options.seed)")
        }
        lines += description.figures.sorted { $0.key < $1.key }.map {
            "  figure     \($0.key) \(fixed(100 * $0.value, 2)) %"
        }
        lines += network.tensors.map { tensor in
            "  tensor     \(tensor.name) \(tensor.shape.map(String.init).joined(separator: " x "))"
                + (tensor.storage == .signedByte ? ", 8 bits" : "")
        }
        return lines.joined(separator: "\n")
    }
}

extension DataFile {
    /// A line of a model's summary.
    /// - Parameters:
    ///   - record: what a record is called.
    ///   - symbol: what it is made of.
    package func summary(ofA record: String, _ symbol: String) -> String {
        let size = records > 0 ? "\(counted(records, record)), \(counted(symbols, symbol)), " : ""
        return "  data       \(role): \(name), \(size)sha256 \(sha256)"
    }
}
