import StrandBytes

/// The declarations that apply to the components that follow.
struct UNIPENHeader {
    /// The name of the file at the start of the set.
    var file = ""
    var channels = ["X", "Y"]
    var hierarchy: [String] = []
    var writer: String?
    var style: String?
    var xPerMillimetre: Double?
    var yPerMillimetre: Double?
    var hertz: Double?

    /// The factor from units of y to units of x.
    var yScale: Double {
        guard let xPerMillimetre, let yPerMillimetre, xPerMillimetre != yPerMillimetre else { return 1 }
        return xPerMillimetre / yPerMillimetre
    }

    /// This header, with unknown values taken from another.
    func completed(by other: UNIPENHeader) -> UNIPENHeader {
        var header = self
        header.writer = writer ?? other.writer
        header.style = style ?? other.style
        header.xPerMillimetre = xPerMillimetre ?? other.xPerMillimetre
        header.yPerMillimetre = yPerMillimetre ?? other.yPerMillimetre
        header.hertz = hertz ?? other.hertz
        return header
    }
}

/// Points between two changes of the pen, up or down.
struct UNIPENComponent {
    let isPenDown: Bool
    let header: UNIPENHeader
    /// Milliseconds from the start of the set; nil if no rate is known.
    let start: Double?
    /// As in the file, y upwards; the points of a pen-up component are only counted.
    private(set) var points: [InkPoint] = []
    private(set) var count = 0
    private var values: [Double] = []
    private let xChannel: Int
    private let yChannel: Int
    private let timeChannel: Int?

    /// - Throws: `missingChannel`.
    init(isPenDown: Bool, header: UNIPENHeader, start: Double?) throws(FormatError.Problem) {
        let channels = header.channels
        guard let x = channels.firstIndex(of: "X"), let y = channels.firstIndex(of: "Y") else {
            throw .ink(.missingChannel(channels))
        }
        self.isPenDown = isPenDown
        self.header = header
        self.start = start
        xChannel = x
        yChannel = y
        timeChannel = channels.firstIndex(of: "T")
    }

    /// Adds the next channel's value.
    mutating func append(_ value: Double) {
        values.append(value)
        guard values.count == header.channels.count else { return }
        count += 1
        if isPenDown {
            points.append(InkPoint(x: values[xChannel], y: values[yChannel], time: timeChannel.map { values[$0] }))
        }
        values.removeAll(keepingCapacity: true)
    }

    /// The last point must be whole.
    /// - Throws: `partialPoint`.
    func finish() throws(FormatError.Problem) {
        let channels = header.channels
        if !values.isEmpty {
            throw .ink(.partialPoint(values: channels.count * count + values.count, channels: channels))
        }
    }
}
