import CStrandPage

/// A file of the pages, inside the program: see `data/page/`.
package struct PageAsset: Sendable {
    package let name: String
    package let file: ShippedFile

    package static let all: [PageAsset] = (0..<strand_page_file_count).map { index in
        let file = strand_page_file(index)
        return PageAsset(name: String(cString: file.name), file: ShippedFile(file.bytes, count: file.size))
    }

    /// The text of one of them.
    package static func text(_ name: String) -> String {
        guard let asset = all.first(where: { $0.name == name }) else { preconditionFailure("no file '\(name)'") }
        return String(decoding: asset.file.bytes, as: UTF8.self)
    }

    /// The page of this name in one piece: its style sheets and modules inside it. The modules become one, in their order,
    /// so their names must differ.
    package static func wholePage(_ name: String) -> String {
        var (page, modules) = ([Substring](), [String]())
        let lines = text(name).split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines {
            if let sheet = line.reference(after: "<link rel=\"stylesheet\" href=\"") {
                page.append("<style>\n\(text(sheet))</style>")
            } else if let module = line.reference(after: "<script type=\"module\" src=\"") {
                modules.append(text(module).withoutModuleBoundaries)
            } else {
                if line == "</head>" { page.append("<script type=\"module\">\n\(modules.joined())</script>") }
                page.append(line)
            }
        }
        return page.joined(separator: "\n")
    }
}

extension Substring {
    /// The file that a line of a page refers to.
    fileprivate func reference(after start: String) -> String? {
        let text = drop { $0 == " " }
        guard text.hasPrefix(start) else { return nil }
        return String(text.dropFirst(start.count).prefix { $0 != "\"" })
    }
}

extension String {
    /// The module without its imports, and with what it exports as plain names.
    fileprivate var withoutModuleBoundaries: String {
        split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("import ") }
            .map { $0.hasPrefix("export ") ? $0.dropFirst("export ".count) : $0 }.joined(separator: "\n")
    }
}
