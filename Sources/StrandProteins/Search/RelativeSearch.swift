import StrandBytes
import StrandEngine

/// Searches relatives of chains in a database of proteins with `mmseqs`, which must be installed, and makes profiles of
/// them: two rounds, the second with the profile that the first gives (E-value below 0.001, at most 600 relatives).
public struct RelativeSearch: Sendable {
    private let run: MmseqsRun
    private let database: String
    private let observer: any RunObserver

    /// Residues of the chains that are best searched together: every search takes some seconds, and a database without an
    /// index minutes, before it begins.
    static let residuesAtOnce = 1 << 18

    /// - Parameters:
    ///   - database: a database of `mmseqs createdb`, best with an index of `mmseqs createindex`, or FASTA, of which one is
    ///     made for this run.
    ///   - observer: told of what takes time.
    /// - Throws: `MmseqsError`, or `missingFile`.
    public init(database: String, threads: Int, observer: any RunObserver) throws {
        run = try MmseqsRun(threads: threads)
        self.observer = observer
        guard FileState.exists(database) else { throw FormatError(file: database, problem: .file(.missingFile)) }
        try run.checkProgram()
        if FileState.exists(database + ".dbtype") {
            self.database = database
        } else {
            observer.message(
                "\(database): no database of mmseqs: one is made for this run; 'mmseqs createdb' and 'mmseqs createindex' "
                    + "make one to keep")
            self.database = run.path("database")
            try run("createdb", database, self.database, "--shuffle", "0")
        }
    }

    /// The profile of each chain; nil for one without relatives in the database.
    /// - Throws: `MmseqsError`, or what `ProfileReader` throws.
    public func profiles(of chains: [[UInt8]]) throws -> [ResidueProfile?] {
        var profiles = [ResidueProfile?](repeating: nil, count: chains.count)
        if chains.isEmpty { return profiles }
        defer { run.remove("search") }
        observer.progress("searching relatives of \(counted(chains.count, "chain"))")
        let (queries, hits, alignments) = ("search-queries", "search-hits", "search-alignments")
        try run.write(chains, to: queries + ".fasta")
        try run("createdb", run.path(queries + ".fasta"), run.path(queries), "--shuffle", "0")
        try run(
            "search", run.path(queries), database, run.path(hits), run.path("search-scratch"), "--num-iterations", "2",
            "-s", "5.7", "-e", "1e-3", "--max-seqs", "600", "-a", "--db-load-mode", "2")
        try run(
            "result2msa", run.path(queries), database, run.path(hits), run.path(alignments), "--msa-format-mode", "6",
            "--db-load-mode", "2")
        let files = run.resultFiles(alignments)
        if files.isEmpty { throw MmseqsError.failed(status: 0, message: "it wrote no alignments") }
        for file in files where (FileState.size(of: .file(file)) ?? 0) > 1 {
            var reader = ProfileReader(.file(file))
            while let chain = try reader.next() {
                guard let index = Int(chain.id), chains.indices.contains(index),
                    chain.sequence.count == chains[index].count
                else { throw MmseqsError.unexpectedProfile(chain.id) }
                if (chain.profile.depth ?? 0) > 1 { profiles[index] = chain.profile }
            }
        }
        return profiles
    }
}
