import StrandBytes
import StrandEngine

/// Puts the outputs of shards back into the order of the input.
///
/// A shard's manifest, which lies beside it, says which shard of which run it is. Without one the formats, the columns,
/// the numbers of records and their ids are compared, as far as those can tell.
public struct ShardMerge {
    /// A shard being read.
    private final class Source {
        let file: String
        let manifest: RunManifest?
        private var pieces: PredictionPieces
        private var keys = SHA256()
        private(set) var records = 0

        init(_ file: String, meter: InputMeter) {
            self.file = file
            manifest = RunManifest(beside: file)
            pieces = PredictionPieces(meter.reader(of: file))
        }

        var format: String { pieces.format }
        var preamble: [UInt8] { pieces.preamble }
        /// Of all records so far.
        var keyDigest: String { keys.finish() }

        func next() throws(FormatError) -> [UInt8]? {
            guard let record = try pieces.next() else { return nil }
            keys.update(pieces.key(of: record)[...])
            records += 1
            return record
        }

        func error(_ problem: ShardProblem) -> FormatError {
            FormatError(file: file, problem: FormatError.Problem(problem))
        }
    }

    private let shards: [Source]
    private let meter: InputMeter

    /// - Parameters:
    ///   - files: the outputs of all shards, from the first to the last.
    ///   - meter: watches what is read; it hashes.
    public init(_ files: [String], meter: InputMeter) {
        shards = files.map { Source($0, meter: meter) }
        self.meter = meter
    }

    /// Merges all records; nothing is written where the shards do not belong together.
    public func run(into destination: ByteDestination, observer: any RunObserver) throws(FormatError) {
        if let shard = shards.first(where: { RunManifest.isManifest($0.file) }) { throw shard.error(.manifest) }
        for shard in shards where shard.manifest == nil {
            let path = RunManifest.path(beside: shard.file)
            if FileState.exists(path) { throw shard.error(.damagedManifest(path)) }
        }
        try checkManifests()
        var writer = try ByteWriter(destination)
        var records = 0
        while let record = try shards[records % shards.count].next() {
            let shard = shards[records % shards.count]
            if shard.records == 1 { try checkFormat(of: shard) }
            if records == 0 { try writer.write(shard.preamble) }
            try writer.write(record)
            records += 1
            observer.progress(counted(records, "record"))
        }
        if records == 0 { try writer.write(shards[0].preamble) }
        for shard in shards where try shard.next() != nil {
            try checkFormat(of: shard)
            throw shard.error(.surplusRecords(shard: shards[records % shards.count].file))
        }
        try checkContents()
        try writer.finish()
        observer.done(counted(records, "record"))
        let unknown = shards.filter { $0.manifest == nil }.map(\.file)
        if !unknown.isEmpty {
            observer.message(
                "no manifest beside \(unknown.joined(separator: ", ")): checked by formats, counts and ids only")
        }
    }

    /// What the manifests say: which shard of how many, made how, of which input.
    private func checkManifests() throws(FormatError) {
        let first = shards.first { $0.manifest != nil }
        for (index, shard) in shards.enumerated() {
            guard let manifest = shard.manifest, let first, let other = first.manifest else { continue }
            let place = "\(index)/\(shards.count)"
            if manifest.shard != place { throw shard.error(.otherShard(manifest.shard, place: place)) }
            let pairs = zip(manifest.work, other.work)
            if let (found, expected) = pairs.first(where: { $0 != $1 }) {
                throw shard.error(.otherWork(found, expected: expected, file: first.file))
            }
            guard manifest.inputs.map(\.sha256) == other.inputs.map(\.sha256) else {
                throw shard.error(.otherInput(file: first.file))
            }
        }
    }

    private func checkFormat(of shard: Source) throws(FormatError) {
        guard let first = shards.first(where: { !$0.format.isEmpty }) else { return }
        if shard.format != first.format {
            throw shard.error(.otherFormat(shard.format, expected: first.format, file: first.file))
        }
        if shard.preamble != first.preamble { throw shard.error(.otherColumns(file: first.file)) }
    }

    /// What is known when all is read: no shard twice, and each as its manifest describes it.
    private func checkContents() throws(FormatError) {
        var files: [String: String] = [:]
        for (shard, sha256) in zip(shards, meter.hashes) {
            if let manifest = shard.manifest {
                if let expected = manifest.outputSHA256, expected != sha256 { throw shard.error(.changed) }
            } else if shard.records > 0, let other = files[shard.keyDigest] {
                throw shard.error(.repeatedShard(file: other))
            }
            files[shard.keyDigest] = shard.file
        }
    }
}

/// Why shards do not belong together.
public enum ShardProblem: FormatProblem, Equatable {
    /// It is another shard than the one whose place it has.
    case otherShard(String, place: String)
    /// It was made otherwise than the one in this file.
    case otherWork(String, expected: String, file: String)
    /// It was made of another input than the one in this file.
    case otherInput(file: String)
    case otherFormat(String, expected: String, file: String)
    /// The first lines, such as the names of columns, differ from those of this file.
    case otherColumns(file: String)
    /// It has the records of this file.
    case repeatedShard(file: String)
    /// It has records left when the shard in this file, whose turn it is, has none.
    case surplusRecords(shard: String)
    /// It is not what its manifest describes.
    case changed
    /// It is itself a manifest.
    case manifest
    /// What stands in place of its manifest is none.
    case damagedManifest(String)

    public var description: String {
        switch self {
        case .otherShard(let shard, let place):
            "is shard \(shard) where \(place) belongs; give all shards of one run, each once, in their order"
        case .otherWork(let found, let expected, let file):
            "was made with \(found) and '\(file)' with \(expected); give shards of one run"
        case .otherInput(let file): "was made of another input than '\(file)'; give shards of one run"
        case .otherFormat(let found, let expected, let file):
            "is \(found) and '\(file)' is \(expected); give shards of one format"
        case .otherColumns(let file):
            "has other columns or another start than '\(file)'; give shards with the same labels"
        case .repeatedShard(let file): "has the records of '\(file)' again; give each shard once"
        case .surplusRecords(let shard):
            "has more records than fit behind those of '\(shard)'; give all shards, in their order"
        case .changed: "is not what its manifest describes: it was changed since; make it anew"
        case .damagedManifest(let path):
            "has no manifest that can be read: '\(path)' is damaged; remove that to compare formats, counts and ids only"
        case .manifest: "is the manifest of a run; give the outputs, whose manifests are found beside them"
        }
    }
}
