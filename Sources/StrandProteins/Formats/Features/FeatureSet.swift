import StrandBytes
import StrandEngine
import StrandNetwork

/// Features of chains by id, from files that may be larger than memory: safetensors, or NumPy's `.npz`, with an array (T, D)
/// for each chain, named by its id.
public struct FeatureSet: Sendable {
    private enum Arrays: Sendable {
        case safetensors(SafetensorsIndex)
        case numpy(NumpyArchive)

        func shape(of name: String) -> [Int]? {
            switch self {
            case .safetensors(let index): index.shape(of: name)
            case .numpy(let archive): archive.shape(of: name)
            }
        }

        func values(of name: String) -> [Float]? {
            switch self {
            case .safetensors(let index): index.values(of: name)
            case .numpy(let archive): archive.values(of: name)
            }
        }

        var names: [String] {
            switch self {
            case .safetensors(let index): index.names
            case .numpy(let archive): archive.names
            }
        }
    }

    public let paths: [String]
    private var files: [(path: String, arrays: Arrays)] = []
    /// The file with each chain's features.
    private var places: [String: Int] = [:]
    /// D: columns of all chains.
    public let columns: Int

    /// Opens the files and checks the shapes.
    /// - Throws: `FormatError`: `badShape`, `repeatedID` if two chains have one id, `noFeatures`; `SafetensorsError`.
    public init(paths: [String]) throws {
        self.paths = paths
        var columns: Int?
        for path in paths {
            guard FileState.isFile(path) else { throw FormatError(file: path, problem: .features(.notAFile)) }
            var bytes = ByteReader(.file(path))
            let isZip = try bytes.lookAhead(4).elementsEqual(ZipArchive.magic)
            let arrays: Arrays =
                try isZip ? .numpy(NumpyArchive(path: path)) : .safetensors(SafetensorsIndex(path: path))
            for name in arrays.names {
                let shape = arrays.shape(of: name) ?? []
                guard shape.count == 2, shape[0] > 0, shape[1] > 0, shape[1] == columns ?? shape[1] else {
                    throw FormatError(
                        file: path, record: name, problem: .features(.badShape(shape, columns: columns)))
                }
                columns = shape[1]
                guard places.updateValue(files.count, forKey: name) == nil else {
                    throw FormatError(file: path, record: name, problem: .run(.repeatedID))
                }
            }
            files.append((path, arrays))
        }
        guard let columns else { throw FormatError(file: paths.first ?? "", problem: .features(.noFeatures)) }
        self.columns = columns
    }

    /// Number of chains with features.
    public var count: Int { places.count }

    /// The features of a chain.
    /// - Throws: `missing`, `otherLength`, or `notFinite`.
    public func features(id: String, of chain: [UInt8]) throws(FormatError) -> FeatureMatrix {
        guard let place = places[id] else {
            throw FormatError(file: paths.joined(separator: ", "), record: id, problem: .features(.missing))
        }
        let (path, arrays) = files[place]
        let rows = arrays.shape(of: id)?.first ?? 0
        guard rows == chain.count else {
            throw FormatError(
                file: path, record: id, problem: .features(.otherLength(rows: rows, residues: chain.count)))
        }
        guard let values = arrays.values(of: id), values.allSatisfy(\.isFinite) else {
            throw FormatError(file: path, record: id, problem: .features(.notFinite))
        }
        return FeatureMatrix(rows: rows, columns: columns) { arrays.values(of: id) ?? [] }
    }
}

/// What is wrong with features.
public enum FeatureProblem: FormatProblem, Equatable {
    /// A file without an array.
    case noFeatures
    /// An array of this shape where (residues, columns) is needed; nil: any number of columns.
    case badShape([Int], columns: Int?)
    /// There are none for any chain of the file.
    case noneKnown
    /// There is none for this chain.
    case missing
    /// A pipe, which cannot be read here and there.
    case notAFile
    /// Those of another chain.
    case otherLength(rows: Int, residues: Int)
    /// A number that is not finite, or an array that cannot be unpacked.
    case notFinite

    public var isOfRecord: Bool { true }

    public var description: String {
        switch self {
        case .noFeatures: "no features; give an array (residues, columns) for each chain, named by its id"
        case .badShape(let shape, let columns):
            "an array of shape \(shape) where (residues, \(columns.map(String.init) ?? "columns")) is needed"
        case .noneKnown: "no chain of the file has the id of a profile; give both the same ids"
        case .notAFile: "features are read here and there, which a pipe does not allow; give a file"
        case .missing: "no features of this chain; each needs an array of its id"
        case .otherLength(let rows, let residues):
            "features of \(counted(rows, "residue")) for a chain of \(grouped(residues)); are they of another chain?"
        case .notFinite: "features that are not finite, or damaged; make them anew"
        }
    }
}

extension FormatError.Problem {
    /// A problem of this kind.
    public static func features(_ problem: FeatureProblem) -> Self { Self(problem) }
}
