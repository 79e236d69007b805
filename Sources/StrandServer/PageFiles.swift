import NIOHTTP1
import StrandBytes
import StrandEngine

/// The files of the page, which are inside the program.
struct PageFiles: Sendable {
    struct File: Sendable {
        let type: String
        let bytes: [UInt8]
        /// Of the contents.
        let tag: String

        /// - Parameter tags: of the contents that the client has.
        func response(ifNot tags: String?) -> Response {
            let isKnown =
                tags.map { $0.split(separator: ",").contains { ["*", tag, "W/" + tag].contains($0.trimmed) } } ?? false
            var response = Response(isKnown ? .notModified : .ok, isKnown ? [] : bytes, type: type)
            response.headers += [("ETag", tag), ("Cache-Control", "no-cache")]
            return response
        }
    }

    private let files: [String: File]

    init() {
        var files: [String: File] = [:]
        for asset in PageAsset.all {
            let name = asset.name
            let file = File(
                type: Self.type(of: name), bytes: asset.file.bytes, tag: "\"\(asset.file.sha256.prefix(16))\"")
            switch name {
            case "index.html": files["/"] = file
            case "openapi.json": files["/openapi.json"] = file
            default: files["/page/\(name)"] = file
            }
        }
        self.files = files
    }

    func file(at path: String) -> File? { files[path] }

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "json": "application/json"
        case "svg": "image/svg+xml"
        default: "text/plain; charset=utf-8"
        }
    }
}
