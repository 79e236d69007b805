import Foundation
import TestSupport
import Testing

/// `strand audit --engine mmseqs` with a fake mmseqs made by the tests.
@Suite struct AuditMmseqsTests {
    let directory = TemporaryDirectory()

    /// Runs the audit with a shell script instead of mmseqs. `$4` is the file of hits.
    private func audit(_ script: String) throws -> Command.Result {
        let path = directory.write(Array("#!/bin/sh\n\(script)\n".utf8), to: "mmseqs")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        let chain = directory.write(Array(">c\nACDEFGHIKLMNPQRSTVWYACDEFGHIKL\n".utf8), to: "c.fa")
        let train = directory.write(Array(">t\nWWWWWWWWWWACDEFGHIKLWWWWWWWWWW\n".utf8), to: "t.fa")
        return try Command(
            ["audit", "--engine", "mmseqs", "--train-set", train, chain],
            environment: ["PATH": "\(directory.path):/usr/bin:/bin", "TMPDIR": directory.path], in: directory.path
        ).wait()
    }

    private var leftBehind: [String] { directory.names.filter { $0.hasPrefix("strand-mmseqs") } }

    @Test func hitsAreJudgedLikeOurOwn() throws {
        let result = try audit("printf '0\\t0\\t120\\t50.5\\t1e-9\\t0.5\\t1\\t20\\t11\\t30\\n' >\"$4\"")
        #expect(result.status == 0 && result.errors.hasSuffix(": 1 of 1 chain is near a chain of t.fa\n"))
        #expect(result.text.hasSuffix("c\tt\t0.500\t0.667\t0.667\t1.0e-09\t50.5\tE-value\tc.fa\tt.fa\n"))
        #expect(leftBehind.isEmpty)
    }

    @Test(arguments: [
        ("echo 'no room'; exit 3", "mmseqs: ended with status 3: no room"),
        ("exit 1", "mmseqs: ended with status 1: it said nothing"),
        ("kill -9 $$", "mmseqs: ended by signal 9"),
        (
            "echo '0 0 what' >\"$4\"",
            "mmseqs: line 1 of its output is not understood: '0 0 what'; is it version 14 or later?"
        ),
        (
            "printf '0\\t7\\t9\\t9\\t9\\t1\\t1\\t2\\t1\\t2\\n' >\"$4\"",
            "mmseqs: line 1 of its output is not understood: '0\t7\t9\t9\t9\t1\t1\t2\t1\t2'; is it version 14 or later?"
        ),
    ])
    func failures(script: String, message: String) throws {
        let result = try audit(script)
        #expect(result.status == 1 && result.errors == "strand: error: \(message)\n" && leftBehind.isEmpty)
    }
}
