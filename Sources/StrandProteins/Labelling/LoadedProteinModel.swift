import StrandEngine
import StrandNetwork

/// A model of proteins from a file or inside the program, ready to run.
public struct LoadedProteinModel: Sendable {
    public let model: ProteinModel
    public let labeller: ProteinLabeller
    /// SHA-256 of its file, in hexadecimal; nil for one inside the program.
    public let fileSHA256: String?
    private let shipped: ShippedProteinModel?

    /// One inside the program.
    public init(_ shipped: ShippedProteinModel) {
        self.shipped = shipped
        model = shipped.model
        labeller = shipped.labeller
        fileSHA256 = nil
    }

    /// One in a file.
    /// - Throws: as `Model.hashed(path:)`.
    public init(path: String) throws(SafetensorsError) {
        let (model, sha256) = try ProteinModel.hashed(path: path)
        self.init(model, sha256: sha256)
    }

    /// One that was read from a file.
    /// - Parameter sha256: the file's, in hexadecimal.
    public init(_ model: ProteinModel, sha256: String) {
        self.model = model
        labeller = ProteinLabeller(model)
        fileSHA256 = sha256
        shipped = nil
    }

    /// SHA-256 of its file, in hexadecimal, wherever that is; computed at each call.
    public var sha256: String { fileSHA256 ?? shipped?.sha256 ?? "" }
}
