import Foundation
import TestSupport
import Testing

/// `strand merge`: shards that belong together make the whole; others are refused, and no output appears.
@Suite struct MergeTests {
    let directory = TemporaryDirectory()

    private func write(_ count: Int, seed: UInt64 = 31, to name: String = "in.fa") {
        var generator = SplitMix64(seed: seed)
        let text = (0..<count).map { index in
            let residues = (0..<Int.random(in: 5...60, using: &generator)).map { _ in
                "ACDEFGHIKLMNPQRSTVWY".randomElement(using: &generator)!
            }
            return ">\(seed)_\(index)\n\(String(residues))\n"
        }.joined()
        _ = directory.write(Array(text.utf8), to: name)
    }

    /// The outputs of all shards, and of the whole.
    private func shards(_ count: Int, _ name: String, _ options: String..., input: String = "in.fa") throws {
        for index in 0..<count {
            let shard = ["label", "--shard", "\(index)/\(count)", input, "-o", "\(name)\(index)"] + options
            #expect(try Command(shard, in: directory.path).wait().status == 0)
        }
    }

    private func removeManifests() { #expect(shell("rm -f \(directory.path)/*.manifest.json")) }

    private func refused(_ files: String...) throws -> String {
        let result = try Command(["merge", "-o", "merged"] + files, in: directory.path).wait()
        #expect(result.status == 1 && !directory.names.contains("merged"), "\(files)")
        return result.errors
    }

    /// Without a manifest a shard that ends early is told where its format shows it.
    @Test(arguments: ["fasta", "tsv", "jsonl"]) func shardsThatEndEarly(format: String) throws {
        write(6)
        try shards(2, "p", "--format", format)
        removeManifests()
        let whole = try #require(directory.bytes(of: "p1"))
        _ = directory.write(Array(whole.dropLast(3)), to: "p1")
        let cut = try refused("p0", "p1")
        #expect(
            cut.hasPrefix("strand: error: p1:") && cut.hasSuffix(": the output ends inside a record; make it anew\n"))
        guard format == "fasta" else { return }
        // At the end of a line.
        let lines = whole.split(separator: UInt8(ascii: "\n"))
        _ = directory.write(Array(lines.dropLast().joined(separator: [UInt8(ascii: "\n")])) + [10], to: "p1")
        #expect(try refused("p0", "p1").hasSuffix(": the output ends inside a record; make it anew\n"))
    }

    @Test func manifestsTellShardsApart() throws {
        write(8)
        write(8, seed: 32, to: "other.fa")
        try shards(2, "p")
        try shards(2, "eight", "--states", "8")
        try shards(2, "other", input: "other.fa")
        try shards(3, "q")
        let exchanged = "is shard 1/2 where 0/2 belongs; give all shards of one run, each once, in their order\n"
        #expect(try refused("p1", "p0") == "strand: error: p1: \(exchanged)")
        #expect(try refused("p0", "p0").hasPrefix("strand: error: p0: is shard 0/2 where 1/2 belongs; "))
        #expect(try refused("q0", "q1").hasPrefix("strand: error: q0: is shard 0/3 where 0/2 belongs; "))
        #expect(
            try refused("p0", "eight1")
                == "strand: error: eight1: was made with states 8 and 'p0' with states 3; give shards of one run\n")
        #expect(
            try refused("p0", "other1")
                == "strand: error: other1: was made of another input than 'p0'; give shards of one run\n")
        // A copy of a shard goes by its manifest; one that was changed since does not.
        #expect(shell("cd \(directory.path) && cp p0 p1"))
        #expect(
            try refused("p0", "p1")
                == "strand: error: p1: is not what its manifest describes: it was changed since; make it anew\n")
        try shards(2, "p")
        let merged = try Command(["merge", "p0", "p1"], in: directory.path).wait()
        #expect(merged.status == 0 && merged.errors.isEmpty)
    }

    /// A manifest is no shard, and is not written over.
    @Test func manifestsAreReadOnly() throws {
        write(4)
        try shards(2, "p")
        #expect(
            try refused("p0.manifest.json", "p1.manifest.json").contains(
                "p0.manifest.json: is the manifest of a run; give the outputs, whose manifests are found beside them\n")
        )
        let result = try Command(["merge", "p0", "p1", "-o", "p0.manifest.json"], in: directory.path).wait()
        #expect(result.status == 1 && result.errors.contains("p0.manifest.json"))
        #expect(try Command(["merge", "p0", "p1", "-o", "whole"], in: directory.path).wait().status == 0)
        _ = directory.write(Array("{".utf8), to: "p1.manifest.json")
        #expect(
            try refused("p0", "p1").hasSuffix(
                "p1: has no manifest that can be read: 'p1.manifest.json' is damaged; remove that to compare formats, counts and ids only\n"
            ))
    }

    @Test func formatsAndColumnsAreCompared() throws {
        write(8)
        for format in ["fasta", "gff3", "tsv", "jsonl", "netsurfp", "ss2", "horiz", "stockholm", "jalview"] {
            try shards(2, format, "--format", format)
        }
        try shards(2, "tsv8-", "--format", "tsv", "--states", "8")
        try shards(2, "jsonl8-", "--format", "jsonl", "--states", "8")
        removeManifests()
        #expect(
            try refused("gff30", "tsv1")
                == "strand: error: tsv1: is a table of residues and 'gff30' is GFF3; give shards of one format\n")
        #expect(
            try refused("fasta0", "jsonl1").contains(
                "jsonl1: is JSON Lines with the labels HEC and 'fasta0' is labelled FASTA; "))
        #expect(try refused("ss20", "horiz1").contains("horiz1: is PSIPRED's .horiz and 'ss20' is PSIPRED's .ss2; "))
        #expect(try refused("netsurfp0", "stockholm1").contains("is Stockholm and 'netsurfp0' is NetSurfP's table; "))
        #expect(
            try refused("tsv0", "tsv8-1")
                == "strand: error: tsv8-1: has other columns or another start than 'tsv0'; give shards with the same labels\n"
        )
        #expect(
            try refused("jsonl0", "jsonl8-1").contains(
                "with the labels HGIEBTSC and 'jsonl0' is JSON Lines with the labels HEC; "))
    }

    /// Without manifests ids and counts are compared, and that is said.
    @Test(arguments: ["fasta", "tsv", "jsonl", "ss2", "gff3"]) func withoutManifests(format: String) throws {
        write(9)
        try shards(3, "p", "--format", format)
        removeManifests()
        #expect(
            try refused("p0", "p1", "p0")
                == "strand: error: p0: has the records of 'p0' again; give each shard once\n")
        #expect(shell("cd \(directory.path) && gzip -k p1"))
        #expect(try refused("p0", "p1", "p1.gz").contains("p1.gz: has the records of 'p1' again; "))
        write(8)
        try shards(3, "p", "--format", format)
        removeManifests()
        #expect(
            try refused("p2", "p1", "p0")
                == "strand: error: p1: has more records than fit behind those of 'p2'; give all shards, in their order\n"
        )
        let merged = try Command(["merge", "p0", "p1", "p2", "-o", "merged"], in: directory.path).wait()
        #expect(
            merged.status == 0
                && merged.errors == "strand: no manifest beside p0, p1, p2: checked by formats, counts and ids only\n")
        _ = try Command(["label", "in.fa", "--format", format, "-o", "whole"], in: directory.path).wait()
        #expect(directory.bytes(of: "merged") == directory.bytes(of: "whole"))
        _ = directory.write(Array("chr1\t1\t2\n".utf8), to: "x.bed")
        #expect(
            try Command(["merge", "x.bed"], in: directory.path).wait().errors.contains(
                "no output whose records can be told apart"))
    }

    /// Shards that got no record are shards too.
    @Test func moreShardsThanRecords() throws {
        write(2)
        try shards(5, "p", "--format", "tsv")
        let names = (0..<5).map { "p\($0)" }
        let merged = try Command(["merge"] + names, in: directory.path).wait()
        let whole = try Command(["label", "in.fa", "--format", "tsv"], in: directory.path).wait()
        #expect(merged.status == 0 && merged.errors.isEmpty && merged.output == whole.output)
        removeManifests()
        #expect(try Command(["merge"] + names, in: directory.path).wait().output == whole.output)
    }
}
