import StrandBytes

/// A line that a tool of a tablet of reMarkable drew.
struct ReMarkableLine {
    var tool: Int
    var points: [InkPoint]
    /// What its positions are relative to; nil: the page.
    var anchor: ReMarkableID?

    enum Tool {
        case pen, eraser
        case other(String)
    }

    /// Brush, pencils, ball-point, marker, fineliner and calligraphy pen are pens.
    var kind: Tool {
        switch tool {
        case 0...4, 7, 12...17, 21: .pen
        case 6, 8: .eraser
        case 5, 18: .other("highlighter")
        case 23: .other("shader")
        default: .other("tool \(tool)")
        }
    }
}

/// The lines of a page in versions 3 and 5 of the format: layers of lines of points of six numbers.
enum ReMarkableLayers {
    /// - Parameter bytes: what follows the header.
    /// - Throws: `earlyEnd`, `numberTooLarge` or `notANumber`.
    static func lines(_ bytes: ReMarkableBytes, version: Int) throws(FormatError.Problem) -> [ReMarkableLine] {
        var bytes = bytes
        var lines: [ReMarkableLine] = []
        for _ in 0..<(try bytes.integer(of: "the number of layers")) {
            for _ in 0..<(try bytes.integer(of: "the number of lines of a layer")) {
                let tool = try bytes.integer(of: "a line's tool")
                // Colour, a number that is always 0, width, and in version 5 one more.
                _ = try bytes.take(version == 3 ? 12 : 16, of: "a line's width")
                let count = try bytes.integer(of: "a line's number of points")
                let points = try bytes.take(count * 24, of: "\(count) points of a line")
                lines.append(ReMarkableLine(tool: tool, points: try points.points(size: 24)))
            }
        }
        return lines
    }
}

extension ReMarkableBytes {
    /// Points of `size` bytes, which begin with x and y.
    func points(size: Int) throws(FormatError.Problem) -> [InkPoint] {
        var (rest, points) = (self, [InkPoint]())
        while !rest.isAtEnd {
            var point = try rest.take(size, of: "a point")
            points.append(InkPoint(x: try point.float(of: "x of a point"), y: try point.float(of: "y of a point")))
        }
        return points
    }
}
