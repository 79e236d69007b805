import CStrand
import Glibc
import Strand

/// A model, ready to run, behind a `strand_model`.
final class OpenModel {
    enum Kind {
        case protein(ProteinLabeller)
        case ink(InkReader)
    }

    let kind: Kind
    let compute: Compute
    let info: strand_model_info
    private let texts: [UnsafeMutablePointer<CChar>]

    private init(
        _ kind: Kind, _ compute: Compute, task: ModelTask, name: String, labels: String, labelCount: Int, sha256: String
    ) {
        texts = [task.rawValue, name, labels, sha256, compute.path.arithmetic].map { (text: String) in strdup(text)! }
        var (isDSSP, features) = (false, FeatureKind.nothing)
        if case .protein(let labeller) = kind { (isDSSP, features) = (labeller.labels.isDSSP, labeller.beside) }
        info = strand_model_info(
            task: texts[0], name: texts[1], labels: texts[2], label_count: CInt(labelCount),
            has_three_states: isDSSP ? 1 : 0, feature_count: CInt(features.givenColumns),
            features_are_profile: features == .profile ? 1 : 0, sha256: texts[3], arithmetic: texts[4],
            threads: CInt(compute.threads))
        (self.kind, self.compute) = (kind, compute)
    }

    convenience init(_ loaded: LoadedProteinModel, _ compute: Compute) {
        self.init(
            .protein(loaded.labeller), compute, task: .protein, name: loaded.model.description.name,
            labels: loaded.labeller.labels.text, labelCount: loaded.labeller.labels.count, sha256: loaded.sha256)
    }

    convenience init(_ model: InkModel, sha256: String, _ compute: Compute) {
        self.init(
            .ink(InkReader(model)), compute, task: .ink, name: model.description.name, labels: model.labels.text,
            labelCount: model.labels.characters.count, sha256: sha256)
    }

    deinit {
        for text in texts { free(text) }
    }

    /// The model behind a pointer that was handed out.
    static func at(_ pointer: OpaquePointer) -> OpenModel {
        Unmanaged<OpenModel>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
    }

    /// A pointer that keeps the model until `strand_model_close`.
    var pointer: OpaquePointer { OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }
}

extension FeatureKind {
    /// Numbers of a residue as they are given: 20 frequencies and the share of gaps of a profile.
    fileprivate var givenColumns: Int { self == .profile ? 21 : columns }
}

private func makeCompute(_ threads: CInt, _ precision: strand_precision) throws -> Compute {
    guard (0...1024).contains(threads) else { throw CallError.argument("\(threads) threads: give 0 to 1024") }
    let wanted: KernelPath.Precision
    switch precision {
    case STRAND_INT8: wanted = .int8
    case STRAND_FP32: wanted = .fp32
    case STRAND_BF16: wanted = .bf16
    default: throw CallError.argument("precision \(precision.rawValue): give one of strand_precision")
    }
    return Compute(
        threads: threads == 0 ? usableProcessors() : Int(threads), path: KernelPath.best(wanted) ?? .best)
}

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_interface_version() -> CInt { STRAND_INTERFACE_VERSION }

private nonisolated(unsafe) let version = UnsafePointer(strdup(strandVersion)!)

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_version() -> UnsafePointer<CChar> { version }

/// Opens the model that `load` finds, on a computation of its own.
private func open(
    _ threads: CInt, _ precision: strand_precision, into model: UnsafeMutablePointer<OpaquePointer?>,
    _ error: UnsafeMutablePointer<strand_error>?, _ load: (Compute) throws -> OpenModel
) -> strand_status {
    model.pointee = nil
    return call(error) { model.pointee = try load(makeCompute(threads, precision)).pointer }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_model_open_shipped(
    _ name: UnsafePointer<CChar>, _ threads: CInt, _ precision: strand_precision,
    _ model: UnsafeMutablePointer<OpaquePointer?>, _ error: UnsafeMutablePointer<strand_error>?
) -> strand_status {
    open(threads, precision, into: model, error) { compute in
        let name = String(cString: name)
        if let shipped = ShippedProteinModel(rawValue: name) { return OpenModel(LoadedProteinModel(shipped), compute) }
        guard name == ShippedNetwork.ink.rawValue else {
            let names = ShippedNetwork.allCases.map(\.rawValue).joined(separator: ", ")
            throw CallError.argument("no model '\(name)' comes with Strand: give one of \(names)")
        }
        return OpenModel(.shipped, sha256: InkModel.shippedSHA256, compute)
    }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_model_open(
    _ path: UnsafePointer<CChar>, _ threads: CInt, _ precision: strand_precision,
    _ model: UnsafeMutablePointer<OpaquePointer?>, _ error: UnsafeMutablePointer<strand_error>?
) -> strand_status {
    open(threads, precision, into: model, error) { compute in
        let path = String(cString: path)
        let (file, sha256) = try ModelFile.hashed(path: path)
        switch file {
        case .protein(let protein): return OpenModel(LoadedProteinModel(protein, sha256: sha256), compute)
        case .ink(let ink): return OpenModel(ink, sha256: sha256, compute)
        case .text:
            throw SafetensorsError(file: path, .wrongKind(expected: "protein or ink", found: ModelTask.text.rawValue))
        }
    }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_model_close(_ model: OpaquePointer?) {
    guard let model else { return }
    Compute.delayingForks { Unmanaged<OpenModel>.fromOpaque(UnsafeRawPointer(model)).release() }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_model_describe(_ model: OpaquePointer) -> strand_model_info { OpenModel.at(model).info }
