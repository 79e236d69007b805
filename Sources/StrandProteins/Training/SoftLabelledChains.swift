import FoundationEssentials
import StrandBytes
import StrandEngine
import StrandNetwork

/// Chains with probabilities of labels in place of labels, for a student to learn from, in files that together may be larger
/// than memory.
///
/// A file is a safetensors file of
///
///     residues       U8 (N)     the sequences one after another, ASCII, upper case
///     offsets        I64 (n+1)  sequence k is residues offsets[k] to offsets[k + 1]
///     probabilities  U8 (N, K)  of the labels, in parts of their sum
///     hints          U8 (N, F)  optional: F numbers more that the teacher computes for a residue, z as 128 + 32 z
///
/// and metadata `labels`: their K letters. Files are mapped, so memory holds what is in use. A student that learns to
/// predict hints beside the labels finds what the teacher sees with less data (Romero et al. 2015).
public struct SoftLabelledChains: Sendable {
    private struct File: Sendable {
        let residues: Data
        let probabilities: Data
        let hints: Data
        /// The file's first chain and its first residue, among all.
        let firstChain: Int
        let firstResidue: Int
    }

    private var files: [File] = []
    /// The first residue of each chain among all, and their number.
    private var starts = [0]
    /// K
    private let labels: Int
    /// F: hints a residue; 0: none.
    public private(set) var hintCount = 0
    /// As a model file will describe them: one for each path. The hash of a folder is that of its list of files, a line
    /// `HASH  NAME` each, as `sha256sum` writes it.
    public private(set) var descriptions: [DataFile] = []
    /// Number of files.
    public var fileCount: Int { files.count }

    /// Opens the files and reads through them once.
    /// - Parameters:
    ///   - paths: at least one; of a folder all files `*.safetensors` in order of name.
    ///   - labels: what the files' labels must be.
    /// - Throws: `SafetensorsError`; `FormatError`: `notSoftLabels`, `otherLabels`, `otherHints`, `notAResidue`,
    ///   `noProbability`, `noFiles`.
    public init(paths: [String], labels: LabelSet) throws {
        self.labels = labels.count
        for path in paths {
            let inside = Folder.files(at: path)?.filter { $0.hasSuffix(".safetensors") } ?? [path]
            if inside.isEmpty { throw FormatError(file: path, problem: .softLabels(.noFiles)) }
            let (chains, residues) = (count, residueCount)
            var hashes: [String] = []
            for file in inside {
                try add(file, labels)
                hashes.append(try SHA256.hexDigest(ofFile: file))
            }
            descriptions.append(
                DataFile(
                    name: fileName(of: path), role: "train (soft labels)",
                    sha256: inside == [path] ? hashes[0] : Self.hash(ofList: zip(hashes, inside)),
                    records: count - chains, symbols: residueCount - residues))
        }
    }

    private static func hash(ofList files: Zip2Sequence<[String], [String]>) -> String {
        var digest = SHA256()
        for (hash, path) in files { digest.update(Array("\(hash)  \(fileName(of: path))\n".utf8)[...]) }
        return digest.finish()
    }

    private mutating func add(_ path: String, _ labels: LabelSet) throws {
        func fail(_ problem: SoftLabelProblem, chain: Int? = nil) -> FormatError {
            FormatError(file: path, record: chain.map { "\($0 + 1)" }, problem: .softLabels(problem))
        }
        let index = try SafetensorsIndex(path: path)
        guard let residues = index.bytes(of: "residues"), let offsets = index.integers(of: "offsets"),
            let probabilities = index.bytes(of: "probabilities"), let letters = index.metadata["labels"]
        else { throw fail(.notSoftLabels) }
        guard letters == labels.text else { throw fail(.otherLabels(letters, wanted: labels.text)) }
        guard offsets.first == 0, offsets.last == residues.count, offsets.count > 1,
            zip(offsets, offsets.dropFirst()).allSatisfy({ $0 < $1 }),
            probabilities.count == labels.count * residues.count
        else { throw fail(.notSoftLabels) }
        let hints = index.bytes(of: "hints") ?? Data()
        guard hints.count % residues.count == 0 else { throw fail(.notSoftLabels) }
        if files.isEmpty { hintCount = hints.count / residues.count }
        guard hints.count == hintCount * residues.count else {
            throw fail(.otherHints(hints.count / residues.count, wanted: hintCount))
        }
        let file = File(
            residues: residues, probabilities: probabilities, hints: hints, firstChain: starts.count - 1,
            firstResidue: starts[starts.count - 1])
        for (chain, range) in zip(offsets, offsets.dropFirst()).enumerated() {
            let rows = Self.part(residues, range.0..<range.1)
            guard rows.allSatisfy({ (65...90).contains($0) }) else { throw fail(.notAResidue, chain: chain) }
            let bytes = Self.part(probabilities, labels.count * range.0..<labels.count * range.1)
            for row in stride(from: bytes.startIndex, to: bytes.endIndex, by: labels.count)
            where bytes[row..<row + labels.count].allSatisfy({ $0 == 0 }) {
                throw fail(.noProbability, chain: chain)
            }
        }
        files.append(file)
        starts += offsets.dropFirst().map { file.firstResidue + $0 }
    }

    private static func part(_ data: Data, _ range: Range<Int>) -> [UInt8] {
        Array(data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound])
    }

    /// Number of chains.
    public var count: Int { starts.count - 1 }

    /// Residues of all chains.
    public var residueCount: Int { starts[count] }

    /// The chains that begin in a stretch of residues, of all chains one after another and then again from the first: numbers
    /// from `count` on are those of the next rounds. At least one.
    func chains(from residue: Int, residues: Int) -> Range<Int> {
        let (first, end) = (chain(atOrAfter: residue), chain(atOrAfter: residue + residues))
        return first..<max(end, first + 1)
    }

    private func chain(atOrAfter residue: Int) -> Int {
        let (round, rest) = residue.quotientAndRemainder(dividingBy: residueCount)
        return round * count + Self.first(of: starts) { $0 >= rest }
    }

    /// The first index whose element meets a condition, which all after it meet too.
    private static func first<Element>(of sorted: [Element], where isMet: (Element) -> Bool) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if isMet(sorted[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// T of a chain.
    func length(of chain: Int) -> Int { starts[chain % count + 1] - starts[chain % count] }

    /// The residues of a chain, ASCII.
    func sequence(of chain: Int) -> [UInt8] {
        let (file, rows) = place(of: chain)
        return Self.part(file.residues, rows)
    }

    /// The probabilities of a chain's labels (T, K), row-major.
    func probabilities(of chain: Int) -> [Float] {
        let (file, rows) = place(of: chain)
        let bytes = Self.part(file.probabilities, labels * rows.lowerBound..<labels * rows.upperBound)
        var probabilities = bytes.map { Float($0) }
        for row in stride(from: 0, to: bytes.count, by: labels) {
            let sum = bytes[row..<row + labels].reduce(0) { $0 + Int($1) }
            for index in row..<row + labels { probabilities[index] /= Float(sum) }
        }
        return probabilities
    }

    /// The hints of a chain (T, F), row-major.
    func hints(of chain: Int) -> [Float] {
        let (file, rows) = place(of: chain)
        return Self.part(file.hints, hintCount * rows.lowerBound..<hintCount * rows.upperBound).map {
            (Float($0) - 128) / 32
        }
    }

    /// The file of a chain, and its residues there.
    private func place(of chain: Int) -> (File, Range<Int>) {
        let chain = chain % count
        let file = files[Self.first(of: files) { $0.firstChain > chain } - 1]
        return (file, starts[chain] - file.firstResidue..<starts[chain + 1] - file.firstResidue)
    }

    /// How many of some chains are among these.
    func count(in sequences: Set<[UInt8]>) -> Int {
        let lengths = Set(sequences.map(\.count))
        let found = (0..<count).lazy.filter { lengths.contains(length(of: $0)) }.map(sequence).filter(
            sequences.contains)
        return Set(found).count
    }
}

/// What is wrong with soft labels.
public enum SoftLabelProblem: FormatProblem, Equatable {
    /// A folder without a file.
    case noFiles
    /// Tensors or metadata are missing, or do not fit each other.
    case notSoftLabels
    /// Labels other than those of the training.
    case otherLabels(String, wanted: String)
    /// Another number of hints than in the files before.
    case otherHints(Int, wanted: Int)
    /// A byte of a sequence that is no upper-case letter.
    case notAResidue
    /// A residue all of whose probabilities are 0.
    case noProbability

    public var isOfRecord: Bool {
        switch self {
        case .notAResidue, .noProbability: true
        default: false
        }
    }

    public var description: String {
        switch self {
        case .noFiles: "no file *.safetensors in this folder; name one with chains with soft labels"
        case .notSoftLabels:
            "not a file of soft labels: tensors residues U8 (N), offsets I64 (chains + 1) from 0 to N, rising, and "
                + "probabilities U8 (N, K) are needed, hints U8 (N, F) are possible, and metadata 'labels' of K letters"
        case .otherLabels(let found, let wanted): "labels \(found) where \(wanted) are needed, in this order"
        case .otherHints(let found, let wanted):
            "\(counted(found, "hint")) a residue where the files before have \(wanted); use files of one teacher"
        case .notAResidue: "a residue that is no upper-case letter"
        case .noProbability: "a residue without any probability; it needs one of 1 or more"
        }
    }
}

extension FormatError.Problem {
    /// A problem of this kind.
    public static func softLabels(_ problem: SoftLabelProblem) -> Self { Self(problem) }
}
