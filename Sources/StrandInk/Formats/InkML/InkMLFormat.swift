import StrandBytes

/// The meaning of a trace's values: a `traceFormat` (InkML 3.3.1).
struct InkMLFormat {
    struct Channel {
        let name: String
        let units: String?
        /// Whether points may leave it out at their end.
        let isIntermittent: Bool
    }

    private(set) var channels: [Channel] = []

    /// The default format of traces: X and Y.
    static let standard = InkMLFormat(
        channels: ["X", "Y"].map { Channel(name: $0, units: nil, isIntermittent: false) })

    var names: [String] { channels.map(\.name) }

    /// Adds a channel; intermittent ones come after the others, wherever they are declared.
    mutating func append(_ element: XMLElement, isIntermittent: Bool) {
        let channel = Channel(name: element["name"] ?? "", units: element["units"], isIntermittent: isIntermittent)
        let index = isIntermittent ? channels.endIndex : channels.firstIndex(where: \.isIntermittent)
        channels.insert(channel, at: index ?? channels.endIndex)
    }

    /// The index of a channel in a point.
    func index(of name: String) -> Int? { channels.firstIndex { $0.name == name } }

    /// A unit of the channel T in milliseconds, its default unit.
    var millisecondsPerTime: Double {
        switch index(of: "T").flatMap({ channels[$0].units }) {
        case "s": 1000
        case "us": 0.001
        default: 1
        }
    }
}

/// Formats by the ids that traces refer to, and the current one.
struct InkMLFormats {
    private var byID: [String: InkMLFormat] = [:]
    private var current = InkMLFormat.standard
    /// The format being declared, and that of the context being declared.
    private var declared: InkMLFormat?
    private var ofContext: InkMLFormat?

    mutating func start(_ element: XMLElement, in parents: [XMLElement]) {
        switch element.name {
        case "traceFormat": declared = InkMLFormat()
        case "context": ofContext = nil
        case "channel":
            declared?.append(element, isIntermittent: parents.last?.name == "intermittentChannels")
        default: break
        }
    }

    mutating func end(_ element: XMLElement, in parents: [XMLElement]) throws(FormatError.Problem) {
        let isShelved = parents.contains { $0.name == "definitions" }
        switch element.name {
        case "traceFormat":
            guard let format = declared else { return }
            declared = nil
            ofContext = format
            remember(format, as: element)
            // Contexts and definitions apply where they are referred to; a bare format applies from here on.
            if !parents.contains(where: { ["definitions", "context", "inkSource"].contains($0.name) }) {
                current = format
            }
        case "inkSource": if let ofContext { remember(ofContext, as: element) }
        case "context":
            let referred = try reference(in: element)
            let format = ofContext ?? referred ?? current
            remember(format, as: element)
            if !isShelved { current = format }
        default: break
        }
    }

    /// The format of a trace.
    /// - Throws: `missingReference`.
    func format(of trace: XMLElement, in parents: [XMLElement]) throws(FormatError.Problem) -> InkMLFormat {
        for element in [trace] + parents.reversed() {
            if let name = element["contextRef"] { return try format(named: name) }
        }
        return current
    }

    private mutating func remember(_ format: InkMLFormat, as element: XMLElement) {
        if let id = element.id { byID[id] = format }
    }

    private func reference(in context: XMLElement) throws(FormatError.Problem) -> InkMLFormat? {
        for attribute in ["traceFormatRef", "inkSourceRef", "contextRef"] {
            if let name = context[attribute] { return try format(named: name) }
        }
        return nil
    }

    private func format(named name: String) throws(FormatError.Problem) -> InkMLFormat {
        // The recommendation's own name for the default context.
        if name == "#DefaultContext" { return .standard }
        guard let format = byID[name.hasPrefix("#") ? String(name.dropFirst()) : name] else {
            throw .ink(.missingReference(name))
        }
        return format
    }
}
