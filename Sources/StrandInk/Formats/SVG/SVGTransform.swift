import Glibc
import StrandBytes

/// An affine map of the plane: the attribute `transform` of SVG 1.1, section 7.6.
struct SVGTransform {
    /// Where the unit vectors and the origin go.
    private var (x, y, origin): (SIMD2<Double>, SIMD2<Double>, SIMD2<Double>)

    static let identity = SVGTransform(x: [1, 0], y: [0, 1], origin: [0, 0])

    private init(x: SIMD2<Double>, y: SIMD2<Double>, origin: SIMD2<Double>) {
        (self.x, self.y, self.origin) = (x, y, origin)
    }

    /// A list of functions such as `translate(10 20) rotate(45)`, of which the last is applied first.
    /// - Throws: `unexpected` for another text, or `numberTooLarge`.
    init(_ text: String) throws(FormatError.Problem) {
        self = .identity
        var scanner = SVGScanner(text)
        while let name = scanner.word() {
            guard scanner.take("(") else { throw scanner.unexpected("'('") }
            var values: [Double] = []
            while !scanner.take(")") { values.append(try scanner.number()) }
            guard let map = Self(name, values) else {
                throw .text(.unexpected(name, expected: "a transform and its numbers"))
            }
            self = map.then(self)
        }
        if !scanner.isAtEnd { throw scanner.unexpected("a transform") }
    }

    private init?(_ name: String, _ values: [Double]) {
        switch (name, values.count) {
        case ("matrix", 6):
            self.init(x: [values[0], values[1]], y: [values[2], values[3]], origin: [values[4], values[5]])
        case ("translate", 1...2):
            self.init(x: [1, 0], y: [0, 1], origin: [values[0], values.count > 1 ? values[1] : 0])
        case ("scale", 1...2): self.init(x: [values[0], 0], y: [0, values[values.count - 1]], origin: [0, 0])
        case ("rotate", 1), ("rotate", 3):
            let (sine, cosine) = (sin(values[0] * .pi / 180), cos(values[0] * .pi / 180))
            let turn = SVGTransform(x: [cosine, sine], y: [-sine, cosine], origin: [0, 0])
            let centre: SIMD2<Double> = values.count == 3 ? [values[1], values[2]] : [0, 0]
            self.init(x: turn.x, y: turn.y, origin: centre - turn(centre))
        case ("skewX", 1): self.init(x: [1, 0], y: [tan(values[0] * .pi / 180), 1], origin: [0, 0])
        case ("skewY", 1): self.init(x: [1, tan(values[0] * .pi / 180)], y: [0, 1], origin: [0, 0])
        default: return nil
        }
    }

    func callAsFunction(_ point: SIMD2<Double>) -> SIMD2<Double> { origin + point.x * x + point.y * y }

    /// This map, and the other after it.
    func then(_ other: SVGTransform) -> SVGTransform {
        SVGTransform(x: other(x) - other.origin, y: other(y) - other.origin, origin: other(origin))
    }
}
