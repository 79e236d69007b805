import StrandBytes
import StrandEngine
import StrandMetrics

/// The predictions of one system, chain by chain.
public struct PredictedSystem {
    /// Unique among the systems of a comparison.
    public fileprivate(set) var name: String
    /// The file or folder, or the first of several.
    public let path: String
    /// By id.
    public private(set) var chains: [String: PredictedStates]
    /// Whether it distinguishes eight states.
    public var hasEightStates: Bool { chains.values.contains(where: \.hasEightStates) }
    /// What was left out or changed in reading.
    public private(set) var notes: [String] = []
    /// - Parameter path: nil means the name.
    public init(name: String, path: String? = nil, chains: [String: PredictedStates] = [:]) {
        self.name = name
        self.path = path ?? name
        self.chains = chains
    }

    /// Renames chains.
    /// - Parameter pairs: the new ids with the present ones.
    mutating func rename(_ pairs: [(id: String, from: String)]) {
        for (id, own) in pairs { chains[id] = chains.removeValue(forKey: own) }
    }

    /// Keeps some residues of a chain.
    mutating func keep(_ residues: [Int], of id: String) { chains[id] = chains[id]?.keeping(residues) }
}

// MARK: Files

extension PredictedSystem {
    /// The systems under some paths. A folder is one system. PSIPRED files of a chain each are one system together; if
    /// they predict a chain twice, those of each folder are one, or else each is one.
    /// - Parameters:
    ///   - paths: files and folders.
    ///   - labels: the label set of the residues.
    ///   - meter: told of the bytes as they are read.
    public static func load(
        _ paths: [String], labels: LabelSet = .dssp, meter: InputMeter = InputMeter()
    ) throws(FormatError) -> [PredictedSystem] {
        var systems: [PredictedSystem] = []
        var single: [PredictionFile] = []
        for path in paths {
            if let files = Folder.files(at: path) {
                systems.append(try folder(path, files, labels, meter))
                continue
            }
            let file = try PredictionFile(path, meter.reader(of: path), labels)
            if file.isOfPSIPRED, file.chains.count == 1 {
                single.append(file)
            } else {
                systems.append(try PredictedSystem([file], labels, name: fileName(of: path), path: path))
            }
        }
        systems += try together(single, labels)
        systems.nameApart()
        return systems
    }

    private static func folder(
        _ path: String, _ paths: [String], _ labels: LabelSet, _ meter: InputMeter
    ) throws(FormatError) -> PredictedSystem {
        var files: [PredictionFile] = []
        var leftOut: [String] = []
        for path in paths {
            do throws(FormatError) {
                var bytes = meter.reader(of: path)
                // JSON of which nothing tells that it is of chains may be a report beside them.
                if try ChainFormat(lookingAt: &bytes) == nil {
                    leftOut.append(fileName(of: path))
                } else {
                    files.append(try PredictionFile(path, bytes, labels))
                }
            } catch {
                switch error.problem.kind {
                case FileProblem.foreign, ChainProblem.unlabelled:
                    leftOut.append(fileName(of: path))
                default: throw error
                }
            }
        }
        if files.isEmpty { throw FormatError(file: path, problem: .chain(.noFilesOfChains)) }
        var system = try PredictedSystem(files, labels, name: fileName(of: path), path: path)
        let folders = Folder.folderCount(at: path)
        if folders > 0 { system.notes.insert("\(counted(folders, "folder")) in it left out", at: 0) }
        if !leftOut.isEmpty {
            system.notes.insert(
                "\(counted(leftOut.count, "file")) left out, not of chains with labels (\(some(leftOut)))", at: 0)
        }
        return system
    }

    /// The systems of PSIPRED files with a chain each.
    private static func together(
        _ files: [PredictionFile], _ labels: LabelSet
    ) throws(FormatError) -> [PredictedSystem] {
        let kept = files.withoutTwins.kept
        guard let first = kept.first else { return [] }
        if kept.haveDifferentIDs {
            let name = kept.count == 1 ? fileName(of: first.path) : counted(kept.count, "PSIPRED file")
            return [try PredictedSystem(files, labels, name: name, path: first.path)]
        }
        let folders = Dictionary(grouping: files, by: \.folder)
        var systems: [PredictedSystem] = []
        if folders.values.allSatisfy({ $0.withoutTwins.kept.haveDifferentIDs }) {
            for (folder, files) in folders.sorted(by: { $0.key < $1.key }) {
                let path = folder.isEmpty ? "." : folder
                systems.append(try PredictedSystem(files, labels, name: fileName(of: path), path: path))
            }
        } else {
            for file in kept {
                systems.append(try PredictedSystem([file], labels, name: fileName(of: file.path), path: file.path))
            }
        }
        return systems
    }

    /// - Throws: `repeatedID` if two of the files predict one chain.
    private init(
        _ files: [PredictionFile], _ labels: LabelSet, name: String, path: String
    ) throws(FormatError) {
        self.init(name: name, path: path)
        let (kept, twins) = files.withoutTwins
        if !twins.isEmpty {
            let names = twins.map { fileName(of: $0.path) }
            notes.append("\(counted(twins.count, "file")) left out, .horiz beside .ss2 (\(some(names)))")
        }
        var repairs = SequenceRepairs()
        for file in kept {
            repairs += file.repairs
            for chain in file.chains where chains.updateValue(chain.states, forKey: chain.id) != nil {
                throw FormatError(file: file.path, record: chain.id, problem: .run(.repeatedID))
            }
        }
        if !repairs.isEmpty { notes.append("repaired: \(repairs)") }
        if labels.isDSSP {
            readUnlabelled()
            let ofThree = hasEightStates ? chains.values.count { !$0.hasEightStates } : 0
            if ofThree > 0 {
                notes.append("\(counted(ofThree, "chain")) predicted with H, E and C alone: Q8 takes them as they are")
            }
        }
        let contradictions = chains.values.reduce(0) { $0 + $1.contradictions }
        let improbable = chains.values.reduce(0) { $0 + $1.improbable }
        if improbable > 0 {
            notes.append("\(counted(improbable, "residue")) whose probabilities do not add up to 1")
        }
        if contradictions > 0 {
            notes.append(
                "\(counted(contradictions, "residue")) with a state that is not the most probable: the state counts")
        }
    }

    /// Reads `-` as coil where the system has no other coil, as JPred's predictions do; says what it stands for.
    private mutating func readUnlabelled() {
        let count = chains.values.reduce(0) { $0 + $1.unlabelledCount }
        guard count > 0 else { return }
        let coil = Set(SecondaryStructure.eightStates).subtracting("HGIEB".utf8)
        let residues = "\(counted(count, "residue")) labelled '-'"
        if chains.values.contains(where: { $0.labels.contains(where: coil.contains) }) {
            notes.append("\(residues): without a prediction, wrong where the truth has a label")
        } else {
            notes.append("\(residues) read as coil, of which there is no other")
            for id in chains.keys { chains[id]?.readUnlabelledAsCoil() }
        }
    }
}

/// A file of predictions, read whole.
private struct PredictionFile {
    let path: String
    let format: ChainFormat?
    let chains: [(id: String, states: PredictedStates)]
    let repairs: SequenceRepairs

    init(_ path: String, _ bytes: consuming ByteReader, _ labels: LabelSet) throws(FormatError) {
        let name = bytes.name
        var reader = ChainReader(bytes)
        var chains: [(id: String, states: PredictedStates)] = []
        var repairs = SequenceRepairs()
        while let chain = try reader.next() {
            do throws(FormatError) {
                let states = try PredictedStates(chain, file: name, labels: labels, repairs: &repairs)
                chains.append((chain.id, states))
            } catch {
                var error = error
                error.line = error.line ?? reader.line
                throw error
            }
        }
        repairs += reader.takeRepairs()
        if chains.isEmpty { throw FormatError(file: name, problem: .chain(.noChains)) }
        self.path = path
        format = reader.format
        self.chains = chains
        self.repairs = repairs
    }

    var isOfPSIPRED: Bool { format == .ss2 || format == .horiz }

    var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

    /// The path without the ending of PSIPRED's formats.
    var stem: String { "\(folder)/\(ByteSource.file(path).predictionName)" }
}

extension [PredictionFile] {
    /// The files without those `.horiz` whose `.ss2` is there too, as PSIPRED leaves them, and these.
    fileprivate var withoutTwins: (kept: Self, twins: Self) {
        let stems = Set(filter { $0.format == .ss2 }.map(\.stem))
        func isTwin(_ file: Element) -> Bool { file.format == .horiz && stems.contains(file.stem) }
        return (filter { !isTwin($0) }, filter(isTwin))
    }

    fileprivate var haveDifferentIDs: Bool {
        let ids = flatMap { $0.chains.map(\.id) }
        return Set(ids).count == ids.count
    }
}

extension [PredictedSystem] {
    /// Gives systems of one name their paths as names, and numbers those of one path.
    fileprivate mutating func nameApart() {
        for index in sharingNames.joined() { self[index].name = self[index].path }
        for same in sharingNames {
            for (number, index) in same.enumerated() { self[index].name += " (\(number + 1))" }
        }
    }

    /// The indices of systems with one name, for each such name.
    private var sharingNames: [[Int]] {
        Dictionary(grouping: indices) { self[$0].name }.values.filter { $0.count > 1 }
    }
}
