import Foundation
import StrandBytes
import TestSupport
import Testing

/// Archives as numpy 2.4 writes them: chain [[1, 2.5], [-3, 0.25]], other [[0.5, 4]].
@Suite struct NumpyArchiveTests {
    let directory = TemporaryDirectory()

    /// `numpy.savez`, float32 and float16; sizes stand in the extra fields of large archives.
    private static let stored =
        "UEsDBC0AAAAAAAAAIQA3FCY8//////////8JABQAY2hhaW4ubnB5AQAQAJAAAAAAAAAAkAAAAAAAAACTTlVNUFkBAHYAeydkZXNj"
        + "cic6ICc8ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMiksIH0gICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgAAgD8AACBAAABAwAAAgD5QSwMELQAAAAAAAAAhAIpy5Wj/////"
        + "/////wkAFABvdGhlci5ucHkBABAAhAAAAAAAAACEAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmMicsICdmb3J0cmFuX29y"
        + "ZGVyJzogRmFsc2UsICdzaGFwZSc6ICgxLCAyKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAKADgARFBLAQItAy0AAAAAAAAAIQA3FCY8kAAAAJAAAAAJAAAAAAAAAAAAAACAAQAAAABjaGFpbi5ucHlQ"
        + "SwECLQMtAAAAAAAAACEAinLlaIQAAACEAAAACQAAAAAAAAAAAAAAgAHLAAAAb3RoZXIubnB5UEsFBgAAAAACAAIAbgAAAIoBAAAA"
        + "AA=="

    /// `numpy.savez_compressed`, float64 and float32.
    private static let compressed =
        "UEsDBC0AAAAIAAAAIQCLWTYP//////////8JABQAY2hhaW4ubnB5AQAQAKAAAAAAAAAAVgAAAAAAAACb7BfqGxDJyFDGUK2eklqc"
        + "XKRupaBuk2ahrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgpGmjoKtQpkAy4GMPhgD6FZHCA0xwEIfcEeAFBLAwQt"
        + "AAAACAAAACEAIsp2z///////////CQAUAG90aGVyLm5weQEAEACIAAAAAAAAAE4AAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWg"
        + "bpNmoq6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkahjoKRpo6CrUKZAMuBgYGewaGBgcAUEsBAi0DLQAAAAgAAAAhAItZ"
        + "Ng9WAAAAoAAAAAkAAAAAAAAAAAAAAIABAAAAAGNoYWluLm5weVBLAQItAy0AAAAIAAAAIQAiynbPTgAAAIgAAAAJAAAAAAAAAAAA"
        + "AACAAZEAAABvdGhlci5ucHlQSwUGAAAAAAIAAgBuAAAAGgEAAAAA"

    private func archive(_ base64: String, _ change: (inout [UInt8]) -> Void = { _ in }) throws -> NumpyArchive {
        var bytes = Array(try #require(Data(base64Encoded: base64)))
        change(&bytes)
        return try NumpyArchive(path: directory.write(bytes, to: "x.npz"))
    }

    @Test(arguments: [stored, compressed]) func arraysAreRead(base64: String) throws {
        let archive = try archive(base64)
        #expect(archive.names == ["chain", "other"])
        #expect(archive.shape(of: "chain") == [2, 2] && archive.shape(of: "other") == [1, 2])
        #expect(archive.values(of: "chain") == [1, 2.5, -3, 0.25] && archive.values(of: "other") == [0.5, 4])
        #expect(archive.shape(of: "none") == nil && archive.values(of: "none") == nil)
    }

    private func problem(_ base64: String, _ change: (inout [UInt8]) -> Void) -> FileProblem? {
        do { _ = try archive(base64, change) } catch { return (error as? FormatError)?.problem.kind as? FileProblem }
        return nil
    }

    private func replace(_ text: String, by other: String, in bytes: inout [UInt8]) {
        guard let place = bytes.firstRange(of: text.utf8) else { return }
        bytes.replaceSubrange(place, with: other.utf8)
    }

    @Test func whatCannotBeRead() {
        #expect(problem(Self.stored) { $0.removeLast(60) } == .corruptZip(message: "no directory of its files"))
        #expect(problem(Self.stored) { $0 = [] } == .corruptZip(message: "no directory of its files"))
        #expect(problem(Self.stored) { self.replace("<f4", by: "<i4", in: &$0) } == .badArray)
        #expect(problem(Self.stored) { self.replace("False", by: "True ", in: &$0) } == .badArray)
        #expect(problem(Self.stored) { self.replace("(2, 2)", by: "(9, 9)", in: &$0) } == .badArray)
        #expect(throws: FormatError(file: directory("none"), problem: .file(.missingFile))) {
            try NumpyArchive(path: directory("none"))
        }
    }

    /// A damaged number is told by the checksum.
    @Test func otherNumbers() throws {
        let whole = try archive(Self.stored)
        let damaged = try archive(Self.stored) { bytes in
            let place = bytes.firstRange(of: [0x00, 0x00, 0x80, 0x3F]) ?? 0..<0
            bytes[place.lowerBound + 1] = 1
        }
        #expect(whole.values(of: "chain") != nil && damaged.shape(of: "chain") == [2, 2])
        #expect(damaged.values(of: "chain") == nil && damaged.values(of: "other") == [0.5, 4])
    }

    /// No bytes lead outside the file.
    @Test func damagedArchives() throws {
        for base64 in [Self.stored, Self.compressed] {
            let count = try #require(Data(base64Encoded: base64)).count
            var generator = SplitMix64(seed: 1)
            for _ in 0..<2000 {
                let found = try? archive(base64) { bytes in
                    for _ in 0..<3 {
                        bytes[Int.random(in: 0..<count, using: &generator)] = UInt8.random(
                            in: 0...255, using: &generator)
                    }
                }
                for name in found?.names ?? [] { _ = found?.values(of: name) }
            }
        }
    }
}
