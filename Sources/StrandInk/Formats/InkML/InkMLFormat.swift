import StrandBytes

/// The meaning of a trace's values: a `traceFormat` (InkML 3.3.1), and where they lie on the canvas.
struct InkMLFormat {
    struct Channel {
        let name: String
        let units: String?
        /// Whether values grow against the usual direction: X to the left, Y upwards.
        let isReversed: Bool
        /// Whether points may leave it out at their end.
        let isIntermittent: Bool
    }

    private(set) var channels: [Channel] = []
    /// From the values of X and Y to the canvas; nil: they are the same.
    var transform: InkMLTransform?

    /// The default format of traces: X and Y.
    static let standard = InkMLFormat(
        channels: ["X", "Y"].map { Channel(name: $0, units: nil, isReversed: false, isIntermittent: false) })

    var names: [String] { channels.map(\.name) }

    /// Adds a channel; intermittent ones come after the others, wherever they are declared.
    mutating func append(_ element: XMLElement, isIntermittent: Bool) {
        let channel = Channel(
            name: element["name"] ?? "", units: element["units"], isReversed: element["orientation"] == "-ve",
            isIntermittent: isIntermittent)
        let index = isIntermittent ? channels.endIndex : channels.firstIndex(where: \.isIntermittent)
        channels.insert(channel, at: index ?? channels.endIndex)
    }

    /// The index of a channel in a point.
    func index(of name: String) -> Int? { channels.firstIndex { $0.name == name } }

    /// A unit of the channel T in milliseconds, its default unit.
    var millisecondsPerTime: Double {
        get throws(FormatError.Problem) {
            guard let units = index(of: "T").flatMap({ channels[$0].units }) else { return 1 }
            guard let milliseconds = Self.units[units.lowercased()] else { throw .ink(.unknownUnit(units)) }
            return milliseconds
        }
    }

    private static let units: [String: Double] = [
        "ms": 1, "msec": 1, "millisecond": 1, "milliseconds": 1, "s": 1000, "sec": 1000, "second": 1000,
        "seconds": 1000, "us": 1e-3, "µs": 1e-3, "usec": 1e-3, "microseconds": 1e-3, "ns": 1e-6, "nsec": 1e-6,
        "nanoseconds": 1e-6, "min": 60_000, "minutes": 60_000, "h": 3_600_000, "hours": 3_600_000,
    ]

    /// What X and Y are multiplied by where their units differ, to be in millimetres.
    private static let millimetres: [String: Double] = [
        "mm": 1, "cm": 10, "m": 1000, "in": 25.4, "inch": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "himetric": 0.01,
    ]

    /// Factors of X and Y, 1 where they have one unit.
    /// - Throws: `unknownUnit` where they differ and one is not known.
    var scale: (x: Double, y: Double) {
        get throws(FormatError.Problem) {
            let units = ["X", "Y"].map { index(of: $0).flatMap { channels[$0].units?.lowercased() } }
            guard let x = units[0], let y = units[1], x != y else { return (1, 1) }
            guard let ofX = Self.millimetres[x] else { throw .ink(.unknownUnit(x)) }
            guard let ofY = Self.millimetres[y] else { throw .ink(.unknownUnit(y)) }
            return (ofX, ofY)
        }
    }

    /// The place on the canvas, x to the right and y downwards, of values of X and Y.
    func place(x: Double, y: Double) -> (x: Double, y: Double) {
        if let transform { return transform.place(x: x, y: y) }
        func directed(_ value: Double, _ name: String) -> Double {
            index(of: name).map { channels[$0].isReversed } == true ? 0 - value : value
        }
        return (directed(x, "X"), directed(y, "Y"))
    }
}

/// An affine mapping of the plane (InkML 6.1): a row for x, a row for y, each of factors for x, y and 1.
struct InkMLTransform {
    private let rows: [[Double]]

    static let identity = InkMLTransform(rows: [[1, 0, 0], [0, 1, 0]])

    private init(rows: [[Double]]) {
        self.rows = rows
    }

    /// - Parameter text: the rows, parted by commas.
    /// - Throws: `notANumber`, `numberTooLarge`, or `unknownMapping` for another number of values.
    init(affine text: [UInt8]) throws(FormatError.Problem) {
        var rows: [[Double]] = []
        for row in text.split(separator: .comma) {
            var values: [Double] = []
            for word in row.split(whereSeparator: \.isXMLSpace) { values.append(try Double(ink: word)) }
            if !values.isEmpty { rows.append(values) }
        }
        guard rows.count == 2, rows.allSatisfy({ $0.count == 3 }) else {
            throw .ink(.unknownMapping("affine, not 2 x 3"))
        }
        self.rows = rows
    }

    func place(x: Double, y: Double) -> (x: Double, y: Double) {
        (rows[0][0] * x + rows[0][1] * y + rows[0][2], rows[1][0] * x + rows[1][1] * y + rows[1][2])
    }
}
