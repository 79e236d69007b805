import StrandBytes

/// The traces of a document, and the groups and views that hold or show them (InkML 3.2).
struct InkMLTree {
    struct Trace {
        var points: [InkPoint]
        let offset: Double?
        let isInk: Bool
        /// Whether it is a definition, ink only where a view shows it.
        let isShelved: Bool
    }

    private enum Child {
        case trace(Int)
        case node(Int)

        var node: Int? { if case .node(let index) = self { index } else { nil } }
    }

    /// What a view shows: something by its id, from one index path to another, both counted from 1.
    private struct Reference {
        let name: String
        let from: [Int]
        let to: [Int]
    }

    /// A group or a view.
    private struct Node {
        let id: String?
        let isShelved: Bool
        let reference: Reference?
        var notes = InkMLNotes()
        var children: [Child] = []

        /// Whether it only points to ink, as a part of what is around it.
        var isPointer: Bool { reference != nil && notes.isEmpty }
    }

    /// Some points of a trace.
    private struct Piece {
        let trace: Int
        let points: Range<Int>
    }

    /// What a child shows, in the order of the indices that select a part of it.
    private enum Shown {
        case piece(Piece)
        case parts([Shown])

        var pieces: [Piece] {
            switch self {
            case .piece(let piece): [piece]
            case .parts(let parts): parts.flatMap(\.pieces)
            }
        }
    }

    private var traces: [Trace] = []
    private var nodes: [Node] = []
    private var byID: [String: Child] = [:]
    /// Nodes that are in no other, and no definitions.
    private var top: [Int] = []

    // MARK: Building

    mutating func add(_ element: XMLElement, to parent: Int?, isShelved: Bool) throws(FormatError.Problem) -> Int {
        var reference: Reference?
        if let name = element["traceDataRef"] {
            reference = Reference(name: name, from: try Self.path(element["from"]), to: try Self.path(element["to"]))
        }
        nodes.append(Node(id: element.id, isShelved: isShelved, reference: reference))
        let index = nodes.count - 1
        if let parent { nodes[parent].children.append(.node(index)) } else if !isShelved { top.append(index) }
        if let id = element.id { byID[id] = .node(index) }
        return index
    }

    mutating func add(_ trace: Trace, id: String?, to parent: Int?) {
        if let parent { nodes[parent].children.append(.trace(traces.count)) }
        if let id { byID[id] = .trace(traces.count) }
        traces.append(trace)
    }

    mutating func append(_ points: [InkPoint], toTrace reference: String?) throws(FormatError.Problem) {
        if let reference {
            guard case .trace(let index) = try child(reference) else { throw .ink(.missingReference(reference)) }
            traces[index].points += points
        } else {
            if traces.isEmpty { throw .ink(.missingReference("priorRef")) }
            traces[traces.count - 1].points += points
        }
    }

    mutating func annotate(_ node: Int, _ type: String?, _ text: String) { nodes[node].notes.take(type, text) }

    /// Indices parted by colons: the fourth point of the first child of the second child is 2:1:4.
    private static func path(_ text: String?) throws(FormatError.Problem) -> [Int] {
        guard let text else { return [] }
        var path: [Int] = []
        for part in text.split(separator: ":", omittingEmptySubsequences: false) {
            guard let index = Int(String(part).trimmed), index > 0 else { throw Self.badRange(text) }
            path.append(index)
        }
        return path
    }

    private static func badRange(_ text: String) -> FormatError.Problem {
        .text(.unexpected(text, expected: "an index, from 1, of what the view shows"))
    }

    private func child(_ reference: String) throws(FormatError.Problem) -> Child {
        guard let child = byID[reference.withoutHash] else {
            throw .ink(.missingReference(reference))
        }
        return child
    }

    // MARK: Views

    /// How many groups, views and traces the samples of a document may show: references could multiply without end.
    private static let greatestCount = 1 << 20
    private static let greatestDepth = 100

    private func shown(
        _ child: Child, depth: Int = 0, count: inout Int
    ) throws(FormatError.Problem) -> Shown {
        count += 1
        switch child {
        case .trace(let index): return .piece(Piece(trace: index, points: traces[index].points.indices))
        case .node(let index):
            let node = nodes[index]
            if depth == Self.greatestDepth || count > Self.greatestCount {
                throw .ink(.viewLoop(node.reference?.name ?? ""))
            }
            if let reference = node.reference, node.children.isEmpty {
                let target = try shown(try self.child(reference.name), depth: depth + 1, count: &count)
                return try part(of: target, reference.from[...], reference.to[...])
            }
            var parts: [Shown] = []
            for child in node.children { parts.append(try shown(child, depth: depth + 1, count: &count)) }
            return .parts(parts)
        }
    }

    private func part(
        of shown: Shown, _ from: ArraySlice<Int>, _ to: ArraySlice<Int>
    ) throws(FormatError.Problem) -> Shown {
        if from.isEmpty && to.isEmpty { return shown }
        let count = if case .parts(let parts) = shown { parts.count } else { shown.pieces[0].points.count }
        let (first, last) = (from.first ?? 1, to.first ?? count)
        let isPoint = if case .piece = shown { true } else { false }
        guard first <= last, last <= count, !isPoint || max(from.count, to.count) == 1 else {
            throw Self.badRange("\(from.first.map { "\($0)" } ?? "") to \(to.first.map { "\($0)" } ?? "")")
        }
        switch shown {
        case .piece(let piece):
            let start = piece.points.lowerBound
            return .piece(Piece(trace: piece.trace, points: start + first - 1..<start + last))
        case .parts(let parts):
            var selected: [Shown] = []
            for index in first...last {
                selected.append(
                    try part(
                        of: parts[index - 1], index == first ? from.dropFirst() : [],
                        index == last ? to.dropFirst() : []))
            }
            return .parts(selected)
        }
    }
}

// MARK: Samples

extension InkMLTree {
    /// The samples of the document: the whole of it, if it has a text itself or no part of it has, else the parts of the
    /// finest level with a text, and those beside them. Ink outside all of them is a sample without text.
    /// - Parameter notes: those of the document.
    func samples(_ notes: InkMLNotes, stem: String) throws(FormatError.Problem) -> [InkSample] {
        var count = 0
        // What a view refers to must be there, whether it is ink of a sample or not.
        for index in nodes.indices where nodes[index].reference != nil { _ = try shown(.node(index), count: &count) }
        count = 0
        let areParts =
            nodes.contains { !$0.isShelved && $0.notes.text != nil } || top.contains { nodes[$0].notes.id != nil }
        if notes.text != nil || !areParts {
            let sample = try sample(try wholeDocument(&count), notes, id: stem)
            return sample.strokes.isEmpty ? [] : [sample]
        }
        var samples: [InkSample] = []
        var claimed: Set<Int> = []
        for part in top.flatMap({ parts(of: $0, notes) }) {
            let pieces = ink(try shown(.node(part.node), count: &count))
            claimed.formUnion(pieces.map(\.trace))
            samples.append(try sample(pieces, part.notes, id: nodes[part.node].id ?? "\(stem)-\(samples.count + 1)"))
        }
        let rest = try wholeDocument(&count).filter { !claimed.contains($0.trace) }
        if !rest.isEmpty { samples.append(try sample(rest, notes, id: stem)) }
        return samples
    }

    /// The parts of a node that are samples, each with its notes and those of all around it.
    private func parts(of index: Int, _ outer: InkMLNotes) -> [(node: Int, notes: InkMLNotes)] {
        let node = nodes[index]
        if node.isPointer { return [] }
        let notes = node.notes.inside(outer)
        let children = node.children.compactMap(\.node)
        if !children.contains(where: hasText) { return [(index, notes)] }
        return children.flatMap { parts(of: $0, notes) }
    }

    private func hasText(_ index: Int) -> Bool {
        nodes[index].notes.text != nil || nodes[index].children.compactMap(\.node).contains(where: hasText)
    }

    /// All ink of the document: the traces that are no definitions, then definitions where views show them.
    private func wholeDocument(_ count: inout Int) throws(FormatError.Problem) -> [Piece] {
        var pieces = traces.indices.filter { traces[$0].isInk && !traces[$0].isShelved }
            .map { Piece(trace: $0, points: traces[$0].points.indices) }
        if traces.contains(where: \.isShelved) {
            for node in top {
                pieces += ink(try shown(.node(node), count: &count)).filter { traces[$0.trace].isShelved }
            }
        }
        return pieces
    }

    private func ink(_ shown: Shown) -> [Piece] { shown.pieces.filter { traces[$0.trace].isInk } }

    /// A sample with the starts of its strokes, if any trace gives one; strokes without one start at 0.
    private func sample(_ pieces: [Piece], _ notes: InkMLNotes, id: String) throws(FormatError.Problem) -> InkSample {
        var sample = try notes.sample(id: id, strokes: pieces.map { Array(traces[$0.trace].points[$0.points]) })
        let offsets = pieces.map { traces[$0.trace].offset }
        if offsets.contains(where: { $0 != nil }) {
            let first = (offsets.first ?? nil) ?? 0
            sample.strokeStarts = offsets.map { ($0 ?? 0) - first }
        }
        return sample
    }
}
