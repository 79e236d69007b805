import StrandBytes
import TestSupport
import Testing

/// Examples of FIPS 180-4 and its test vectors.
@Suite struct SHA256Tests {
    private func digest(_ text: String, piece: Int) -> String {
        var digest = SHA256()
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            digest.update(bytes[start..<min(start + piece, bytes.count)])
        }
        return digest.finish()
    }

    @Test(arguments: [1, 3, 64, 1000]) func publishedVectors(piece: Int) {
        #expect(
            digest("", piece: piece) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            digest("abc", piece: piece) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", piece: piece)
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
        #expect(
            digest(String(repeating: "a", count: 1_000_000), piece: piece * 100)
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// The processor's instructions and the plain loop, at all lengths around a block.
    @Test func instructionsEqualThePlainLoop() {
        var random = SplitMix64(seed: 9)
        for length in Array(0...200) + [4096, 100_000] {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            var (fast, plain) = (SHA256(), SHA256())
            let middle = length / 3
            fast.update(bytes[..<middle])
            fast.update(bytes[middle...])
            plain.updatePortably(bytes[...])
            #expect(fast.finish() == plain.finish(), "\(length) bytes")
        }
    }

    @Test func filesAreDigestedAsTheyAreStored() throws {
        let directory = TemporaryDirectory()
        let path = directory.write(Array("abc".utf8), to: "f")
        #expect(
            try SHA256.hexDigest(ofFile: path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(throws: FormatError(file: "/none", problem: .file(.missingFile))) {
            try SHA256.hexDigest(ofFile: "/none")
        }
    }
}
