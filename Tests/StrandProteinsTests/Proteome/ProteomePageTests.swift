import Foundation
import StrandBytes
import StrandEngine
import StrandProteins
import Testing

/// What the page's script will find.
private struct UnpackedPage {
    struct About: Decodable {
        var title, made, states: String
        var chains, residues: Int
        var hasConfidence: Bool
    }

    struct Rows: Decodable {
        var ids, descriptions: [String]
        var lengths: [Int]
        var shares: [String: [Int]]
        var confidences: [Int?]
    }

    let text: String
    let about: About
    let rows: Rows
    let blocks: [(first: Int, count: Int, bytes: [UInt8])]

    init(_ bytes: [UInt8]) throws {
        text = String(decoding: bytes, as: UTF8.self)
        about = try JSONDecoder().decode(
            About.self, from: Data(try #require(text.firstMatch(of: /id="about">(.*?)<\/script>/)).1.utf8))
        let rows = try Self.unpacked(try #require(text.firstMatch(of: /id="rows">(.*?)<\/script>/)).1)
        self.rows = try JSONDecoder().decode(Rows.self, from: Data(rows))
        blocks = try text.matches(of: /class="block" data-first="(\d+)" data-count="(\d+)">(.*?)<\/script>/).map {
            (Int($0.1)!, Int($0.2)!, try Self.unpacked($0.3))
        }
    }

    private static func unpacked(_ base64: Substring) throws -> [UInt8] {
        let bytes = try #require(Data(base64Encoded: String(base64)))
        var reader = ByteReader(.memory(Array(bytes), name: "block"))
        return try #require(try reader.readAll(limit: 1 << 24))
    }
}

@Suite struct ProteomePageTests {
    @Test func everythingIsInThePage() throws {
        var page = ProteomePage(title: "a </script> b", maker: PredictionMaker(model: "m", sha256: "0123"))
        page.add(
            PredictionRecord(
                header: Array("sp|A  first <chain> \u{e9}".utf8), sequence: Array("MkX".utf8),
                labels: Array("HCE".utf8),
                states: Array("HEC".utf8), probabilities: [1, 0, 0, 0.2, 0.2, 0.6, 0.1, 0.5, 0.4]))
        page.add(
            PredictionRecord(
                header: Array("b".utf8), sequence: Array("W".utf8), labels: Array("C".utf8), states: Array("HEC".utf8),
                probabilities: [0, 0.25, 0.75]))
        let found = try UnpackedPage(page.finish())
        #expect(
            found.about.title == "a </script> b" && found.about.made == "Strand \(strandVersion), model m, SHA-256 0123"
        )
        #expect(
            found.about.states == "HEC" && found.about.chains == 2 && found.about.residues == 4
                && found.about.hasConfidence)
        #expect(found.rows.ids == ["sp|A", "b"] && found.rows.descriptions == ["first <chain> \u{e9}", ""])
        #expect(
            found.rows.lengths == [3, 1] && found.rows.shares == ["H": [333, 0], "E": [333, 0], "C": [333, 1000]])
        #expect(found.rows.confidences == [700, 750])
        #expect(found.blocks.map(\.first) == [0] && found.blocks.map(\.count) == [2])
        // Label H with 1, C with 0.6, E with 0.5; C with 0.75.
        #expect(found.blocks[0].bytes == Array("MkXW".utf8) + [0xF0, 0x92, 0x81, 0xC2])
        #expect(!found.text.contains("import ") && !found.text.contains("\nexport "))
        #expect(found.text.matches(of: /<script type="module">/).count == 1 && !found.text.contains("src=\""))
    }

    @Test func labelsOfOthers() throws {
        var page = ProteomePage(title: "t")
        page.add(LabelledChain(id: "x", sequence: nil, labels: Array("OD-Q".utf8)))
        page.add(
            LabelledChain(
                id: "y", sequence: Array("MK".utf8), labels: Array("DH".utf8), states: Array("DO".utf8),
                probabilities: [0.5, 0.5, 1, 0]))
        let found = try UnpackedPage(page.finish())
        #expect(found.about.states == "HDOQ" && found.about.hasConfidence)
        #expect(found.blocks[0].bytes == Array("    MK".utf8) + [2, 1, 15, 3, 0x81, 0])
        #expect(found.rows.confidences == [nil, 500] && found.rows.shares["D"] == [250, 500])
    }

    /// A label that first comes in a later block has a place behind the others.
    @Test func blocks() throws {
        var page = ProteomePage(title: "t")
        let long = [UInt8](repeating: UInt8(ascii: "C"), count: 40_000)
        for id in ["a", "b"] { page.add(LabelledChain(id: id, sequence: nil, labels: long)) }
        page.add(LabelledChain(id: "c", sequence: nil, labels: Array("HC".utf8)))
        let found = try UnpackedPage(page.finish())
        #expect(found.blocks.map(\.first) == [0, 2] && found.blocks.map(\.count) == [2, 1])
        #expect(found.about.states == "CH" && found.blocks[1].bytes == Array("  ".utf8) + [1, 0])
        #expect(found.rows.shares == ["C": [1000, 1000, 500], "H": [0, 0, 500]])
        #expect(found.blocks[0].bytes.count == 160_000)
    }

    @Test func overview() {
        let labels = Array("HHHHGGEEEECCCC--".utf8)
        let chain = ChainOverview(LabelledChain(id: "a", sequence: nil, labels: labels))
        #expect(chain.shares.map(\.label) == Array("HEC".utf8) && chain.shares.map(\.share) == [0.375, 0.25, 0.25])
        #expect(chain.confidence == nil && chain.strip(width: 99) == labels)
        #expect(String(decoding: chain.strip(width: 4), as: UTF8.self) == "HGEC")
        #expect(
            ChainOverview(LabelledChain(id: "a", sequence: nil, labels: Array("DOO".utf8))).shares.map(\.label)
                == Array("DO".utf8))
    }
}
