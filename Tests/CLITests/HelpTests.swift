import Foundation
import TestSupport
import Testing

/// Help texts, verbatim. After an intended change: `make help-fixtures`, and read the difference.
@Suite struct HelpTests {
    @Test(arguments: [
        [], ["label"], ["read"], ["evaluate"], ["score"], ["audit"], ["inspect"], ["convert"], ["calibrate"],
        ["quantize"], ["export"], ["plot"], ["merge"], ["view"], ["serve"], ["demo"],
        ["demo", "longlag"], ["demo", "gradients"], ["demo", "context"],
        ["train"], ["train", "protein"], ["train", "ink"], ["train", "text"],
    ])
    func help(verb: [String]) throws {
        let name = (["strand"] + verb).joined(separator: "-")
        let path = try #require(Bundle.module.path(forResource: "Fixtures/help/\(name)", ofType: "txt"))
        let result = try Command(verb + ["--help"], environment: ["COLUMNS": "80"]).wait()
        #expect(result.status == 0)
        #expect(result.text == (try String(contentsOfFile: path, encoding: .utf8)))
    }

    @Test func versionIsABareNumber() throws {
        let result = try Command.run("--version")
        #expect(result.status == 0 && result.text.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }
}
