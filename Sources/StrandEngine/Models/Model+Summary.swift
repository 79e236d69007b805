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
            lines += DataFile.summary(of: training.data, ofA: Task.record, Task.symbol)
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
    /// Lines of a model's summary; files given several times have one.
    /// - Parameters:
    ///   - record: what a record is called.
    ///   - symbol: what it is made of.
    package static func summary(of files: [DataFile], ofA record: String, _ symbol: String) -> [String] {
        var times: [(file: DataFile, count: Int)] = []
        for file in files {
            if let index = times.firstIndex(where: { $0.file == file }) {
                times[index].count += 1
            } else {
                times.append((file, 1))
            }
        }
        return times.map { file, count in
            let size =
                file.records > 0 ? "\(counted(file.records, record)), \(counted(file.symbols, symbol)), " : ""
            let repeated = count > 1 ? "\(count) times, " : ""
            return "  data       \(file.role): \(file.name), \(repeated)\(size)sha256 \(file.sha256)"
        }
    }
}
