import Foundation
import StrandBytes
import TestSupport
import Testing

/// `strand train text` takes texts, and nothing else for them.
@Suite struct TrainTextTests {
    let directory = TemporaryDirectory()

    private func train(_ bytes: [UInt8], status: Int32) throws -> String {
        _ = directory.write(bytes, to: "in")
        let result = try Command.run("train", "text", "in", "-o", "m.safetensors", in: directory.path)
        #expect(result.status == status && (directory.bytes(of: "m.safetensors") == nil) == (status != 0))
        return result.errors
    }

    @Test func whatIsNoTextIsNamed() throws {
        let model = try #require(FileManager.default.contents(atPath: TestFiles.shippedModel))
        let advice = "; 'strand inspect' tells about it\n"
        #expect(try train(Array(model), status: 1) == "strand: error: in: is a model, and text is needed\(advice)")
        #expect(
            try train(Gzip.compress(Array(model)), status: 1)
                == "strand: error: in: is a model, and text is needed\(advice)")
        #expect(
            try train(Array(">a\nACD\n".utf8), status: 1)
                == "strand: error: in: is FASTA without labels, and text is needed; 'strand label' predicts labels\n")
        #expect(
            try train(Array("%PDF-1.4\n".utf8), status: 1)
                == "strand: error: in: is a PDF document; give the data themselves\n")
        #expect(
            try train(Array("BZh91AY&SY".utf8), status: 1)
                == "strand: error: in: is compressed with bzip2; unpack it with 'bzip2 -dk in' first\n")
        #expect(
            try train([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], status: 1)
                == "strand: error: in:1: the line is not UTF-8; convert the file\n")
        #expect(
            try train([0x61, 0, 0x62], status: 1)
                == "strand: error: in:1: byte 0x00 at column 2 is not text; is the file of the right kind?\n")
        #expect(
            try train(Array("{\\rtf1\\ansi hello}\n".utf8), status: 1)
                == "strand: error: in: is a document in RTF; save it as plain text\n")
    }

    /// Texts of ink in any format, and of sclite's transcripts without their ids.
    @Test func textsOfOtherFiles() throws {
        let ink =
            "<ink><traceGroup xml:id=\"a\"><annotation type=\"truth\">one two</annotation><trace>1 1</trace></traceGroup></ink>"
        for text in [ink, "one two (a-1)\none two (a-2)\n", "id,text\na,one two\n", "one two\n"] {
            let said = try train(Array(text.utf8), status: 0)
            try FileManager.default.removeItem(atPath: directory("m.safetensors"))
            #expect(said.contains(" n-grams of up to 8 characters\n"), "\(said)")
            #expect(said.contains(text.hasSuffix("(a-2)\n") ? "2 lines" : "1 line"))
        }
    }

    @Test func fileGivenSeveralTimesIsNamedOnce() throws {
        _ = directory.write(Array("one two\n".utf8), to: "in")
        #expect(try Command.run("train", "text", "in", "in", "-o", "m.safetensors", in: directory.path).status == 0)
        let card = try Command.run("inspect", "m.safetensors", in: directory.path).text
        #expect(card.contains("  data       train: in, 2 times, 1 line, 7 characters, sha256 "))
        #expect(card.components(separatedBy: "sha256").count == 2)
    }

    /// The characters of a language model are numbers of a byte.
    @Test func longAlphabetIsRefused() throws {
        _ = directory.write(Array("one\n".utf8), to: "in")
        for (count, status) in [(253, Int32(0)), (254, 64)] {
            let alphabet = String((0..<count).map { Character(UnicodeScalar(0x4E00 + $0)!) }.dropLast(3)) + "one"
            let result = try Command.run(
                "train", "text", "in", "--alphabet", alphabet, "-o", "m.safetensors", in: directory.path)
            #expect(result.status == status, "\(result.errors)")
            #expect(result.errors.contains("--alphabet: 254 characters; give at most 253") == (status != 0))
        }
    }
}
