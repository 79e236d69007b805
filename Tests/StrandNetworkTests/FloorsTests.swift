import Foundation
import Testing

/// The folders of the module are floors: each uses names of those before it only.
@Suite struct FloorsTests {
    static let floors = [
        "Matrices", "Randomness", "Layers", "Kernels", "Network", "Losses", "Decoding", "Training", "ModelFiles",
    ]

    private static let module = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/StrandNetwork").standardizedFileURL

    /// A source file without its comments.
    private struct Source {
        let name: String
        let code: String

        init(_ file: URL) throws {
            name = file.lastPathComponent
            code = try String(contentsOf: file, encoding: .utf8).replacing(/\/\/.*/, with: "")
        }

        var words: Set<String> { Set(code.matches(of: /\w+/).map { String($0.output) }) }

        /// Types at the top of the file, and functions whose names are long enough to be theirs alone.
        var declarations: Set<String> {
            let type = /^(?:public |final )*(?:struct|class|enum|protocol) (\w+)/
            let function = /^(?: {4})?(?:public |static |mutating )*func (\w{9,})/
            let types = code.matches(of: type.anchorsMatchLineEndings())
            let functions = code.matches(of: function.anchorsMatchLineEndings())
            return Set((types + functions).map { String($0.output.1) })
        }
    }

    private static func sources(_ floor: String) throws -> [Source] {
        try FileManager.default.contentsOfDirectory(at: module.appending(path: floor), includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "swift" }.map(Source.init)
    }

    @Test func everyFolderIsAFloor() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.module.path)
            .filter { !$0.contains(".") }
        #expect(found.sorted() == Self.floors.sorted())
    }

    @Test func noFloorUsesALaterOne() throws {
        let sources = try Self.floors.map(Self.sources)
        let names = sources.map { $0.reduce(into: Set<String>()) { $0.formUnion($1.declarations) } }
        #expect(names.allSatisfy { !$0.isEmpty })
        for floor in sources.indices {
            let known = names[...floor].reduce(into: Set()) { $0.formUnion($1) }
            for later in sources.indices.dropFirst(floor + 1) {
                for source in sources[floor] {
                    let used = names[later].subtracting(known).intersection(source.words)
                    #expect(used.isEmpty, "\(Self.floors[floor])/\(source.name) uses \(used) of \(Self.floors[later])")
                }
            }
        }
    }

    /// FoundationEssentials keeps programs small and their start short.
    @Test func noFoundation() throws {
        for source in try Self.floors.flatMap(Self.sources) {
            #expect(!source.code.contains(/import Foundation\b/), "\(source.name)")
        }
    }
}
