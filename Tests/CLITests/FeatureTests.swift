import Foundation
import StrandNetwork
import TestSupport
import Testing

/// Profiles and other features beside residues: training, evaluating, labelling.
@Suite struct FeatureTests {
    let directory = TemporaryDirectory()

    private func run(_ arguments: String..., status: Int32 = 0) throws -> Command.Result {
        let result = try Command(arguments, in: directory.path).wait()
        #expect(result.status == status, "\(arguments): \(result.errors)")
        return result
    }

    private static let letters = Array("ACDEFGHIKLMNPQRSTVWY")

    /// Chains whose residues tell nothing: a helix where relatives have A, a strand where they have V. Labels, residues and
    /// for each chain the letters of relatives.
    private func write(_ count: Int, seed: UInt64, to name: String) throws {
        var generator = SplitMix64(seed: seed)
        var text = ""
        var profiles = Safetensors()
        var features = Safetensors()
        for index in 0..<count {
            let length = Int.random(in: 5...30, using: &generator)
            let states = (0..<length).map { _ in Int.random(in: 0..<3, using: &generator) }
            let residues = (0..<length).map { _ in Self.letters.randomElement(using: &generator)! }
            text += ">\(name)\(index)\n\(String(residues))\n\(String(states.map { Array("HEC")[$0] }))\n"
            var rows = [Float](repeating: 0, count: 20 * length)
            for (row, state) in states.enumerated() { rows[20 * row + [0, 17, 5][state]] = 1 }
            profiles.tensors.append(Tensor(name: "\(name)\(index)", shape: [length, 20], values: rows))
            features.tensors.append(
                Tensor(
                    name: "\(name)\(index)", shape: [length, 2],
                    values: states.flatMap { [$0 == 0 ? 1 : 0, $0 == 1 ? 1 : 0] }))
        }
        _ = directory.write(Array(text.utf8), to: "\(name).ssfa")
        try profiles.write(to: directory("\(name).profiles.safetensors"))
        try features.write(to: directory("\(name).features.safetensors"))
    }

    private func train(_ kind: String, _ more: String...) throws -> Command.Result {
        try Command(
            [
                "train", "protein", "--train", "t.ssfa", "--validation", "v.ssfa", "--hidden", "12", "--layers", "1",
                "--batch-rows", "300", "--rate", "0.02", "--warmup", "5", "--dropout", "0", "--average", "0.9",
                "--epochs",
                "8", "--\(kind)", "t.\(kind).safetensors", "--\(kind)", "v.\(kind).safetensors", "-o", "m.safetensors",
            ] + more, in: directory.path
        ).wait()
    }

    private func accuracy(_ result: Command.Result) throws -> Double {
        struct Report: Decodable {
            struct States: Decodable {
                struct Figure: Decodable { var value: Double }
                var accuracy: Figure
            }
            var threeStates: States
        }
        return try #require(try JSONDecoder().decode([Report].self, from: result.output).first).threeStates.accuracy
            .value
    }

    @Test func profilesAreLearntAndShown() throws {
        try write(150, seed: 1, to: "t")
        try write(40, seed: 2, to: "v")
        let trained = try train("profiles", "--thinning", "0.1")
        #expect(
            trained.status == 0 && trained.errors.contains("residues, 150 chains with profiles\n"), "\(trained.errors)")
        let figures = try run(
            "evaluate", "--model", "m.safetensors", "--profiles", "v.profiles.safetensors", "v.ssfa", "--json", "-")
        #expect(try accuracy(figures) > 0.95)
        let text = try run(
            "evaluate", "--model", "m.safetensors", "--profiles", "v.profiles.safetensors", "v.ssfa", "--report",
            "r.html")
        #expect(text.text.contains("  profiles of all chains; median Neff 1.0\n"))
        #expect(
            String(decoding: directory.bytes(of: "r.html") ?? [], as: UTF8.self).contains("Q3 by Neff of the profile"))
        #expect(try run("inspect", "m.safetensors").text.contains("; of a profile 20 frequencies, Neff and gaps\n"))
        let unknown = try run(
            "evaluate", "--model", "m.safetensors", "--profiles", "t.profiles.safetensors", "v.ssfa", status: 1)
        #expect(
            unknown.errors
                == "strand: error: v.ssfa: no chain of the file has the id of a profile; give both the same ids\n")
        let alone = try run("evaluate", "--model", "m.safetensors", "v.ssfa")
        #expect(alone.text.contains("  no profiles: all chains alone; median Neff 1.0\n"))

        _ = directory.write(Array(">q one\nGGGG\n>r\nAAVG\n>s\nAAVG\n".utf8), to: "q.a3m")
        _ = directory.write(Array("# STOCKHOLM 1.0\nother AVVC\nr AV-C\n//\n".utf8), to: "o.sto")
        let table = try run(
            "label", "--model", "m.safetensors", "--alignments", "q.a3m", "o.sto", "--format", "tsv", "--manifest",
            "m.json", "-o",
            "out.tsv")
        #expect(table.errors == "strand: profiles of 2 records; median Neff 1.0\n")
        let rows = String(decoding: directory.bytes(of: "out.tsv") ?? [], as: UTF8.self).split(separator: "\n")
        #expect(rows.count == 9 && rows[0].hasSuffix("\tP(C)\tdepth\tneff"))
        #expect(rows[1].hasPrefix("q\t1\tG\t") && rows[1].hasSuffix("\t3\t1.68") && rows[5].hasPrefix("other\t1\tA\t"))
        // The table is read again.
        _ = directory.write(Array(">q\nGGGG\nHHEC\n>other\nAVVC\nHEEC\n".utf8), to: "truth.ssfa")
        _ = try run("score", "truth.ssfa", "out.tsv")
        struct Manifest: Decodable {
            struct Profiles: Decodable {
                var records: Int
                var withoutRelatives: Int
            }
            var profiles: Profiles
        }
        let manifest = try JSONDecoder().decode(Manifest.self, from: Data(directory.bytes(of: "m.json") ?? []))
        #expect(manifest.profiles.records == 2 && manifest.profiles.withoutRelatives == 0)

        // By id beside FASTA; a record without a profile is alone.
        _ = directory.write(Array(">q\nGGGG\n>none\nMK\n".utf8), to: "in.fa")
        let beside = try run("label", "--model", "m.safetensors", "--profiles", "q.a3m", "--format", "jsonl", "in.fa")
        #expect(beside.errors == "strand: profiles of 2 records, 1 of them without relatives; median Neff 1.0\n")
        #expect(
            beside.text.contains(#","depth":3,"neff":1.68,"probabilities""#)
                && beside.text.contains(#","depth":1,"neff":1.00,"#))
        _ = directory.write(Array(">q\nGGKG\n".utf8), to: "changed.fa")
        #expect(
            try run("label", "--model", "m.safetensors", "--profiles", "q.a3m", "changed.fa", status: 1).errors
                == "strand: error: q.a3m: record q: residue 3 is 'G' in the profile and 'K' in the chain; give the profile of this chain\n"
        )
        _ = directory.write(Array(">q\nGGG\n".utf8), to: "short.fa")
        let other = try run("label", "--model", "m.safetensors", "--profiles", "q.a3m", "short.fa", status: 1)
        #expect(other.errors.hasPrefix("strand: error: q.a3m: record q: "))
    }

    @Test func featuresOfTheUsersOwn() throws {
        try write(150, seed: 1, to: "t")
        try write(40, seed: 2, to: "v")
        let trained = try train("features")
        #expect(
            trained.status == 0 && trained.errors.contains("residues, 150 chains with features\n"), "\(trained.errors)")
        let figures = try run(
            "evaluate", "--model", "m.safetensors", "--features", "v.features.safetensors", "v.ssfa", "--json", "-")
        #expect(try accuracy(figures) > 0.95)
        _ = try run("label", "--model", "m.safetensors", "--features", "v.features.safetensors", "v.ssfa")
        let cases: [(arguments: [String], status: Int32, message: String)] = [
            (
                ["evaluate", "--model", "m.safetensors", "v.ssfa"], 64,
                "Error: the model m needs '--features' of 2 columns\n"
            ),
            (
                ["label", "--model", "m.safetensors", "--features", "t.features.safetensors", "v.ssfa"], 1,
                "strand: error: t.features.safetensors: record v0: no features of this chain; each needs an array of its id\n"
            ),
            (
                ["label", "--model", "m.safetensors", "--features", "v.profiles.safetensors", "v.ssfa"], 64,
                "Error: '--features' of 20 columns: the model m sees features of 2 columns\n"
            ),
            (
                ["label", "--features", "v.features.safetensors", "v.ssfa"], 64,
                "Error: '--features' of 2 columns: the model "
            ),
            (
                ["label", "--model", "m.safetensors", "--alignments", "v.ssfa"], 64,
                "Error: '--alignments': the model m sees features of 2 columns\nUsage: strand label "
            ),
            (["label", "--task", "disorder", "--search", "x", "v.ssfa"], 64, "Error: '--search': the model "),
            (["label", "--alignments", "v.ssfa"], 1, "strand: error: v.ssfa: is labelled FASTA, no alignment"),
            // Features that a verb cannot be given, and those of a teacher.
            (["demo", "context", "--model", "m.safetensors", "v.ssfa"], 1, "strand: error: m.safetensors: "),
            (["inspect", "m.safetensors", "--gates", "v.ssfa", "-o", "g.svg"], 1, "strand: error: m.safetensors: "),
            (
                [
                    "train", "protein", "--train", "t.ssfa", "--validation", "v.ssfa", "--teacher", "m.safetensors",
                    "--soft-share", "0.5", "-o", "n.safetensors",
                ], 1, "strand: error: m.safetensors: "
            ),
            (
                ["label", "--alignments", "--profiles", "x", "v.ssfa"], 64,
                "Error: '--alignments' has the profiles itself"
            ),
        ]
        for (arguments, status, message) in cases {
            let result = try Command(arguments, in: directory.path).wait()
            #expect(result.status == status && result.errors.hasPrefix(message), "\(arguments): \(result.errors)")
        }
        var broken = Safetensors()
        broken.tensors = [Tensor(name: "v0", shape: [1, 2], values: [1, .nan])]
        try broken.write(to: directory("broken.safetensors"))
        _ = directory.write(Array(">v0\nM\n".utf8), to: "v0.fa")
        let infinite = try run(
            "label", "--model", "m.safetensors", "--features", "broken.safetensors", "v0.fa", status: 1)
        #expect(infinite.errors.hasSuffix("record v0: features that are not finite, or damaged; make them anew\n"))
    }
}
