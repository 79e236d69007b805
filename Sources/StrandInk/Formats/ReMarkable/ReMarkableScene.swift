import StrandBytes

/// Names a thing of a page: who made it, and a number of theirs.
struct ReMarkableID: Hashable {
    var author: Int
    var number: UInt64
}

/// The lines of a page in version 6 of the format, as Rick Lupton's rmscene describes it: blocks of values, each behind a
/// tag of its index and its type.
struct ReMarkableScene {
    private(set) var lines: [ReMarkableLine] = []
    /// Groups whose ink is placed by a paragraph of typed text.
    private var anchored: Set<ReMarkableID> = []

    private enum Block {
        static let group = 2, line = 5
    }

    /// - Parameter bytes: what follows the header.
    /// - Throws: `earlyEnd`, `badBytes`, `numberTooLarge` or `notANumber`.
    init(_ bytes: ReMarkableBytes) throws(FormatError.Problem) {
        var bytes = bytes
        while !bytes.isAtEnd {
            let size = try bytes.integer(of: "the size of a block")
            _ = try bytes.take(2, of: "a block's version")
            let version = try bytes.byte(of: "a block's version")
            let kind = try bytes.byte(of: "a block's type")
            let block = try bytes.take(size, of: "a block of \(size) bytes")
            switch kind {
            case Block.group: try readGroup(block)
            case Block.line: try readLine(block, version: version)
            default: break
            }
        }
        for index in lines.indices where !anchored.contains(lines[index].anchor!) { lines[index].anchor = nil }
    }

    private mutating func readGroup(_ block: ReMarkableBytes) throws(FormatError.Problem) {
        var fields = ReMarkableFields(block)
        guard let id = try fields.next()?.id else { return }
        while let field = try fields.next() {
            if field.index == 7 { anchored.insert(id) }
        }
    }

    /// A line that was rubbed out has no value left.
    private mutating func readLine(_ block: ReMarkableBytes, version: Int) throws(FormatError.Problem) {
        var (fields, group) = (ReMarkableFields(block), ReMarkableID?.none)
        while let field = try fields.next() {
            if field.index == 1 { group = field.id }
            guard field.index == 6, var value = field.content else { continue }
            // The first byte is the type of the value, which is that of the block.
            _ = try value.byte(of: "the type of a line")
            guard let group else { throw .ink(.badBytes(expected: "the group of a line", offset: block.offset)) }
            lines.append(try Self.line(value, in: group, version: version))
        }
    }

    private static func line(
        _ value: ReMarkableBytes, in group: ReMarkableID, version: Int
    ) throws(FormatError.Problem) -> ReMarkableLine {
        var fields = ReMarkableFields(value)
        var line = ReMarkableLine(tool: 0, points: [], anchor: group)
        while let field = try fields.next() {
            switch field.index {
            case 1: line.tool = field.integer ?? 0
            case 5:
                guard let points = field.content else { continue }
                let size = version < 2 ? 24 : 14
                if points.count % size != 0 {
                    throw .ink(.badBytes(expected: "points of \(size) bytes", offset: points.offset))
                }
                line.points = try points.points(size: size)
            default: break
            }
        }
        return line
    }
}

/// Values behind tags, one after another.
private struct ReMarkableFields {
    struct Field {
        var index: UInt64
        var id: ReMarkableID?
        var integer: Int?
        var content: ReMarkableBytes?
    }

    private var bytes: ReMarkableBytes

    init(_ bytes: ReMarkableBytes) {
        self.bytes = bytes
    }

    /// The next value; nil after the last.
    mutating func next() throws(FormatError.Problem) -> Field? {
        if bytes.isAtEnd { return nil }
        let offset = bytes.offset
        let tag = try bytes.variable(of: "a tag")
        var field = Field(index: tag >> 4)
        switch tag & 0xF {
        case 0xF:
            let author = try bytes.byte(of: "a name")
            field.id = ReMarkableID(author: author, number: try bytes.variable(of: "a name"))
        case 0xC:
            let count = try bytes.integer(of: "the size of a value")
            field.content = try bytes.take(count, of: "a value of \(count) bytes")
        case 0x8: _ = try bytes.take(8, of: "a number")
        case 0x4: field.integer = try bytes.integer(of: "a number")
        case 0x1: field.integer = try bytes.byte(of: "a number")
        default: throw .ink(.badBytes(expected: "a tag", offset: offset))
        }
        return field
    }
}
