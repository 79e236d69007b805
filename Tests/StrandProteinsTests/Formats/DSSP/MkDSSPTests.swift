import Foundation
import StrandBytes
import StrandProteins
import TestSupport
import Testing

/// Structures of the development data, annotated by the installed mkdssp.
@Suite(.enabled(if: TestFiles.developmentData != nil, "needs the development data")) struct MkDSSPTests {
    private static let names = ["1ahsA", "1aki", "1cbs", "1dx5I", "1lpbA", "1mr1D", "2cviA", "2xdgA"]
    private static let isInstalled = shell("command -v mkdssp >/dev/null")

    let directory = TemporaryDirectory()

    private func data(_ file: String) throws -> ByteSource {
        .file("\(try #require(TestFiles.developmentData))/protein/demo_pdb/\(file)")
    }

    /// The structure as mkdssp annotates the file.
    private func annotated(_ file: String, _ options: String) throws -> Structure {
        let output = directory("out")
        #expect(shell("mkdssp \(options) \(directory(file)) \(output) 2>/dev/null"))
        return try Structure(.file(output))
    }

    @Test(arguments: names) func givenFiles(name: String) throws {
        let structure = try Structure(try data("\(name).dssp.gz"))
        let lines = try readLines(try data("\(name).dssp.gz"))
        let rows = try #require(lines.firstIndex { $0.hasPrefix("  #  RESIDUE") })
        let states = lines[(rows + 1)...].map { Array($0.utf8)[16] }
        let chain = try #require(structure.chains.first)
        #expect(structure.chains.count == 1 && structure.breaks == 0)
        #expect(chain.id == "\(name.prefix(4))-\(name.count == 5 ? name.suffix(1) : "A")")
        #expect(chain.labels == states.map { $0 == 32 || $0 == 80 ? 67 : $0 })
        #expect(structure.polyproline == states.count { $0 == 80 })
    }

    @Test(.enabled(if: isInstalled, "needs mkdssp"), arguments: names)
    func bothFormatsHaveTheSameLabels(name: String) throws {
        let file = name.count == 4 ? "\(name).cif" : "\(name).pdb"
        _ = directory.write(try readBytes(try data("\(file).gz")), to: file)
        try expectSameLabels(file, chains: 1, breaks: 0)
    }

    @Test(.enabled(if: isInstalled, "needs mkdssp")) func residuesWithoutCoordinates() throws {
        let kept = try readLines(try data("1cbs.cif.gz")).filter { line in
            let words = line.split(separator: " ")
            guard words.count > 8, words[0] == "ATOM" else { return true }
            return !["40", "41", "42"].contains(words[8]) && !(words[8] == "60" && words[3] == "O")
        }
        _ = directory.write(Array(kept.joined(separator: "\n").utf8), to: "gap.cif")
        try expectSameLabels("gap.cif", chains: 1, breaks: 2)
        let labels = try annotated("gap.cif", "--output-format mmcif").chains[0].labels
        #expect(labels.indices.filter { labels[$0] == UInt8(ascii: "-") } == [39, 40, 41, 59])
    }

    @Test(.enabled(if: isInstalled, "needs mkdssp")) func severalChains() throws {
        let lines = try readLines(try data("2xdgA.pdb.gz"))
        let atoms = lines.filter { $0.hasPrefix("ATOM") }
        // The same chain again, far away.
        let other = try atoms.map { line in
            let x = try #require(Double(line.dropFirst(30).prefix(8).drop { $0 == " " }))
            return line.prefix(21) + "B" + line.dropFirst(22).prefix(8) + String(format: "%8.3f", x + 500)
                + line.dropFirst(38)
        }
        let file = [lines[0]] + atoms + ["TER"] + other + ["TER", "END"]
        _ = directory.write(Array(file.joined(separator: "\n").utf8), to: "two.pdb")
        try expectSameLabels("two.pdb", chains: 2, breaks: 0)
    }

    private func expectSameLabels(_ file: String, chains: Int, breaks: Int) throws {
        let classic = try annotated(file, "--output-format dssp")
        #expect(classic.chains.count == chains && classic.breaks == breaks)
        for options in ["--output-format mmcif", "--output-format mmcif --write-experimental"] {
            let full = try annotated(file, options)
            let observed = full.chains.map { chain in
                let labelled = chain.labels.indices.filter { chain.labels[$0] != UInt8(ascii: "-") }
                return LabelledFASTARecord(
                    header: chain.header, sequence: labelled.map { chain.sequence[$0] },
                    labels: labelled.map { chain.labels[$0] })
            }
            #expect(observed == classic.chains, "\(options)")
            #expect(full.polyproline == classic.polyproline)
        }
    }
}
