/// Which way the axes of a file's coordinates point, as the pair of coordinates that grow to the right and downwards:
/// `x,y` as everywhere in Strand, `x,-y` where y grows upwards, `-x,y` for mirrored ink, `y,-x` for a page turned by a
/// quarter.
public struct InkAxes: Sendable, Equatable, CustomStringConvertible {
    /// Whether right is the file's y.
    private var isSwapped = false
    /// 1 or -1.
    private var signs: SIMD2<Double> = [1, 1]

    /// `x,y`
    public static let usual = InkAxes()

    private init() {}

    /// - Parameter text: two coordinates with a comma between, each with a minus where it grows the other way.
    public init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let names = parts.map { $0.hasPrefix("-") ? $0.dropFirst() : $0 }
        guard names == ["x", "y"] || names == ["y", "x"] else { return nil }
        isSwapped = names[0] == "y"
        signs = [parts[0].hasPrefix("-") ? -1 : 1, parts[1].hasPrefix("-") ? -1 : 1]
    }

    /// Every pair there is, the usual one first.
    public static let all: [InkAxes] = [("x", "y"), ("y", "x")].flatMap { first, second in
        ["", "-"].flatMap { left in ["", "-"].compactMap { InkAxes("\(left)\(first),\($0)\(second)") } }
    }

    public var description: String {
        let names = isSwapped ? ("y", "x") : ("x", "y")
        return (signs.x < 0 ? "-" : "") + names.0 + "," + (signs.y < 0 ? "-" : "") + names.1
    }

    /// These axes of ink that has to be turned further, by what would be the axes of the ink so far.
    func turned(_ further: InkAxes) -> InkAxes {
        var axes = self
        axes.isSwapped = isSwapped != further.isSwapped
        axes.signs = further.signs * (further.isSwapped ? [signs.y, signs.x] : signs)
        return axes
    }

    /// How ink looks that has these axes and was taken to have the usual ones.
    public var manner: String {
        switch (isSwapped, signs.x < 0, signs.y < 0) {
        case (false, true, true): "turned upside down"
        case (false, true, false): "mirrored"
        case (false, false, true): "upside down, with y growing upwards"
        case (false, false, false): "as it should be"
        case (true, let isLeft, let isUp): isLeft == isUp ? "turned by a quarter and mirrored" : "turned by a quarter"
        }
    }

    /// The sample with x to the right and y downwards.
    public func upright(_ sample: InkSample) -> InkSample {
        if self == .usual { return sample }
        var sample = sample
        sample.strokes = sample.strokes.map { stroke in
            stroke.map { point in
                let place = signs * (isSwapped ? [point.y, point.x] : [point.x, point.y])
                return InkPoint(x: place.x, y: place.y, time: point.time)
            }
        }
        return sample
    }
}
