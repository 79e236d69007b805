import Foundation

/// Files of the project that tests read.
public enum TestFiles {
    /// The project's folder.
    public static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The shipped protein model.
    public static var shippedModel: String { path("data/models/protein.safetensors") }

    /// A file of the project.
    public static func path(_ relative: String) -> String {
        project.appending(path: relative).path(percentEncoded: false)
    }

    /// The folder of development data: `STRAND_DATA`, or `../shared/data` beside the project; nil if there is none.
    public static var developmentData: String? {
        let given = ProcessInfo.processInfo.environment["STRAND_DATA"]
        let folder =
            given ?? project.deletingLastPathComponent().appending(path: "shared/data").path(percentEncoded: false)
        return FileManager.default.fileExists(atPath: folder) ? folder : nil
    }
}
