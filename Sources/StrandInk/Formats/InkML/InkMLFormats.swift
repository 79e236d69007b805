import StrandBytes

/// Formats by the ids that traces refer to, and the current one.
struct InkMLFormats {
    private var byID: [String: InkMLFormat] = [:]
    private var current = InkMLFormat.standard
    /// The format being declared, and that of the context being declared.
    private var declared: InkMLFormat?
    private var ofContext: InkMLFormat?

    private var transformByID: [String: InkMLTransform] = [:]
    /// The mapping and the canvas transform read last, which belong to what encloses them.
    private var mapping: InkMLTransform?
    private var transform: InkMLTransform?

    mutating func start(_ element: XMLElement, in parents: [XMLElement]) throws(FormatError.Problem) {
        switch element.name {
        case "traceFormat": declared = InkMLFormat()
        case "context": (ofContext, transform) = (nil, nil)
        case "canvasTransform": (mapping, transform) = (nil, nil)
        case "channel":
            declared?.append(element, isIntermittent: parents.last?.name == "intermittentChannels")
        case "mapping" where Self.isOfCanvas(parents) && mapping == nil:
            let type = element["type"] ?? "unknown"
            if type == "identity" { mapping = .identity } else if type != "affine" { throw .ink(.unknownMapping(type)) }
        case "bind":
            if Self.isOfCanvas(parents), let target = element["target"], element["source"] ?? target != target {
                throw .ink(.unknownMapping("bind"))
            }
        default: break
        }
    }

    mutating func end(
        _ element: XMLElement, text: [UInt8], in parents: [XMLElement]
    ) throws(FormatError.Problem) {
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
            var format = ofContext ?? referred ?? current
            let named = try self.transform(named: element["canvasTransformRef"])
            format.transform = transform ?? named ?? referred?.transform
            remember(format, as: element)
            transform = nil
            if !isShelved { current = format }
        case "affine", "mapping":
            // Of the mappings of a canvas transform the first counts; the second is its inverse.
            if Self.isOfCanvas(parents), mapping == nil { mapping = try InkMLTransform(affine: text) }
        case "canvasTransform":
            transform = mapping
            if let id = element.id, let mapping { transformByID[id] = mapping }
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

    private static func isOfCanvas(_ parents: [XMLElement]) -> Bool {
        parents.contains { $0.name == "canvasTransform" }
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

    private func transform(named name: String?) throws(FormatError.Problem) -> InkMLTransform? {
        guard let name else { return nil }
        guard let transform = transformByID[name.withoutHash] else { throw .ink(.missingReference(name)) }
        return transform
    }

    private func format(named name: String) throws(FormatError.Problem) -> InkMLFormat {
        // The recommendation's own name for the default context.
        if name == "#DefaultContext" { return .standard }
        guard let format = byID[name.withoutHash] else { throw .ink(.missingReference(name)) }
        return format
    }
}

extension String {
    /// The id in a reference to something of the same document.
    var withoutHash: String { hasPrefix("#") ? String(dropFirst()) : self }
}
