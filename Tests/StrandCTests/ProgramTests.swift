import Foundation
import TestSupport
import Testing

/// Programs in C, compiled against the header and linked with the shared library.
@Suite struct ProgramTests {
    /// Compiles a program and returns its path.
    private func compile(_ source: String, in directory: TemporaryDirectory) throws -> String {
        let (program, folder) = (directory("program"), URL(filePath: Command.path).deletingLastPathComponent().path)
        let include = TestFiles.path("Sources/CStrand/include")
        try #require(
            shell(
                "clang -std=c99 -Wall -Wextra -Werror '\(source)' -I'\(include)' -L'\(folder)' -lStrandC -lpthread "
                    + "-Wl,-rpath,'\(folder)' -o '\(program)'"))
        return program
    }

    @Test func exampleLabelsAsTheProgramDoes() throws {
        let directory = TemporaryDirectory()
        let program = try compile(TestFiles.path("tools/examples/label.c"), in: directory)
        let (chains, output) = (TestFiles.path("data/examples/proteins.fasta"), directory("labels"))
        #expect(shell("'\(program)' '\(chains)' > '\(output)'"))
        #expect(try Data(contentsOf: URL(filePath: output)) == Command.run("label", chains).output)
        #expect(!shell("'\(program)' /no/such.fasta 2> '\(output)'"))
        #expect(try String(contentsOfFile: output, encoding: .utf8).hasPrefix("/no/such.fasta: "))
    }

    @Test func threadsAndForks() throws {
        let directory = TemporaryDirectory()
        let source = TestFiles.path("Tests/StrandCTests/Fixtures/processes.c")
        #expect(shell("timeout 120 '\(try compile(source, in: directory))'"))
    }
}
