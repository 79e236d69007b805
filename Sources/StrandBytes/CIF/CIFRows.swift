/// The rows of the requested categories of a CIF file, one at a time; everything else is skipped.
///
/// A category without `loop_` is one row.
package struct CIFRows: ~Copyable {
    package enum Event {
        /// A new data block, by its name.
        case block(String)
        /// A row of the category with the values of the requested items, in their order; nil if there is no value.
        case row(String, [ArraySlice<UInt8>?])
    }

    /// A category whose values come next.
    private struct Table {
        let category: String
        /// The item index of each column; nil: not requested.
        var targets: [Int?]
        var cells: [ArraySlice<UInt8>?]
        var column = 0
    }

    private var tokens: CIFTokens
    private var pending: CIFTokens.Token?
    private let items: [String: [String]]
    private var loop: Table?
    private var single: Table?
    private var block: String?

    /// - Parameter items: the names of the items of each category, in lower case, without the category and its point.
    package init(_ bytes: consuming ByteReader, items: [String: [String]]) {
        tokens = CIFTokens(bytes)
        self.items = items
    }

    package var source: ByteSource { tokens.source }

    /// - Throws: `unexpected` for a value without a name or a row cut short, `earlyEnd`, or what `CIFTokens` throws.
    package mutating func next() throws(FormatError) -> Event? {
        while let token = try takeToken() {
            if case .value(let value) = token {
                if let row = try take(value) { return row }
                continue
            }
            try endLoop(before: token)
            if let row = endSingle(before: token) {
                pending = token
                return row
            }
            switch token {
            case .block(let name):
                block = String(utf8OrLatin1: name)
                return .block(block!)
            case .loop: try startLoop()
            case .name(let name): try takeItem(name)
            case .value: break
            }
        }
        try endLoop(before: nil)
        return endSingle(before: nil)
    }

    /// An error in the block, at the line read last.
    package func error(_ problem: FormatError.Problem) -> FormatError {
        FormatError(file: tokens.name, line: tokens.lineNumber, record: block, problem: problem)
    }

    private mutating func takeToken() throws(FormatError) -> CIFTokens.Token? {
        if let token = pending.take() { return token }
        return try tokens.next()
    }

    /// Takes a value of a loop; returns the row if this completes it.
    private mutating func take(_ value: ArraySlice<UInt8>?) throws(FormatError) -> Event? {
        guard loop != nil else {
            throw error(.text(.unexpected(String(utf8OrLatin1: value ?? []), expected: "the name of a value")))
        }
        if let target = loop!.targets[loop!.column] { loop!.cells[target] = value }
        loop!.column += 1
        if loop!.column < loop!.targets.count { return nil }
        loop!.column = 0
        return loop!.cells.isEmpty ? nil : .row(loop!.category, loop!.cells)
    }

    private mutating func startLoop() throws(FormatError) {
        var table: Table?
        while let token = try tokens.next() {
            guard case .name(let name) = token else {
                pending = token
                break
            }
            let (category, item) = Self.split(name)
            if table == nil { table = self.table(category) }
            table!.targets.append(table!.category == category ? target(of: item, in: category) : nil)
        }
        guard let table else { throw error(.text(.unexpected("loop_", expected: "'loop_' and names behind it"))) }
        loop = table
    }

    /// A name and its value outside loops.
    private mutating func takeItem(_ name: ArraySlice<UInt8>) throws(FormatError) {
        guard let token = try tokens.next() else { throw error(.text(.earlyEnd(expected: Self.valueOf(name)))) }
        guard case .value(let value) = token else {
            throw error(.text(.unexpected(Self.text(of: token), expected: Self.valueOf(name))))
        }
        let (category, item) = Self.split(name)
        guard let target = target(of: item, in: category) else { return }
        if single == nil { single = table(category) }
        single!.cells[target] = value
    }

    private mutating func endLoop(before token: CIFTokens.Token?) throws(FormatError) {
        guard let table = loop.take(), table.column > 0 else { return }
        let expected = "value \(table.column + 1) of a row of '\(table.category)'"
        throw error(
            token.map { .text(.unexpected(Self.text(of: $0), expected: expected)) }
                ?? .text(.earlyEnd(expected: expected)))
    }

    /// The row outside loops, if the token belongs to another category and so ends it.
    private mutating func endSingle(before token: CIFTokens.Token?) -> Event? {
        if case .name(let name) = token, Self.split(name).category == single?.category { return nil }
        return single.take().map { .row($0.category, $0.cells) }
    }

    private func table(_ category: String) -> Table {
        let width = items[category]?.count ?? 0
        return Table(category: category, targets: [], cells: [ArraySlice<UInt8>?](repeating: nil, count: width))
    }

    private func target(of item: String, in category: String) -> Int? { items[category]?.firstIndex(of: item) }

    private static func split(_ name: ArraySlice<UInt8>) -> (category: String, item: String) {
        let text = String(utf8OrLatin1: name).lowercased()
        guard let point = text.firstIndex(of: ".") else { return (text, "") }
        return (String(text[..<point]), String(text[point...].dropFirst()))
    }

    private static func valueOf(_ name: ArraySlice<UInt8>) -> String { "a value of '\(String(utf8OrLatin1: name))'" }

    private static func text(of token: CIFTokens.Token) -> String {
        switch token {
        case .block(let name): "data_" + String(utf8OrLatin1: name)
        case .loop: "loop_"
        case .name(let name): String(utf8OrLatin1: name)
        case .value(let value): String(utf8OrLatin1: value ?? [])
        }
    }
}
