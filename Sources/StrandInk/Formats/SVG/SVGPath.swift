import Glibc
import StrandBytes

/// The subpaths of a path: the attribute `d` of SVG 2, section 9.3. Curves and arcs become short lines.
struct SVGPath {
    /// One list of positions for each subpath.
    private(set) var subpaths: [[SIMD2<Double>]] = []
    private var (pen, start) = (SIMD2<Double>.zero, SIMD2<Double>.zero)
    /// The control point that a smooth curve continues, and the kind of curve it is of.
    private var last: (control: SIMD2<Double>, kind: UInt8)?
    private var isOpen = false

    /// - Throws: `unexpected`, `earlyEnd` or `numberTooLarge`.
    init(_ text: String) throws(FormatError.Problem) {
        var scanner = SVGScanner(text)
        if text == "none" { return }
        if !scanner.isAtEnd && !scanner.isAt("Mm") { throw scanner.unexpected("'M' or 'm'") }
        while scanner.isAt("MmZzLlHhVvCcSsQqTtAa"), let letter = scanner.letter() { try command(letter, &scanner) }
        if !scanner.isAtEnd { throw scanner.unexpected("a command of a path") }
    }

    private mutating func command(_ letter: UInt8, _ scanner: inout SVGScanner) throws(FormatError.Problem) {
        let kind = letter | 0x20
        if kind == UInt8(ascii: "z") {
            if isOpen { add(start) }
            (pen, last, isOpen) = (start, nil, false)
            return
        }
        var isFirst = true
        repeat {
            let base = letter == kind ? pen : .zero
            try segment(isFirst || kind != UInt8(ascii: "m") ? kind : UInt8(ascii: "l"), base, &scanner)
            isFirst = false
        } while scanner.isAtNumber
    }

    /// - Parameter base: what coordinates are relative to.
    private mutating func segment(
        _ kind: UInt8, _ base: SIMD2<Double>, _ scanner: inout SVGScanner
    ) throws(FormatError.Problem) {
        func position() throws(FormatError.Problem) -> SIMD2<Double> {
            base + [try scanner.number(), try scanner.number()]
        }
        switch kind {
        case UInt8(ascii: "m"):
            pen = try position()
            start = pen
            subpaths.append([pen])
            (last, isOpen) = (nil, true)
        case UInt8(ascii: "l"): draw([try position()], kind)
        case UInt8(ascii: "h"): draw([[base.x + (try scanner.number()), pen.y]], kind)
        case UInt8(ascii: "v"): draw([[pen.x, base.y + (try scanner.number())]], kind)
        case UInt8(ascii: "c"): draw([try position(), try position(), try position()], kind)
        case UInt8(ascii: "s"): draw([continued(UInt8(ascii: "c")), try position(), try position()], UInt8(ascii: "c"))
        case UInt8(ascii: "q"): draw([try position(), try position()], kind)
        case UInt8(ascii: "t"): draw([continued(UInt8(ascii: "q")), try position()], UInt8(ascii: "q"))
        case UInt8(ascii: "a"):
            let radii = SIMD2(try scanner.number(), try scanner.number())
            let angle = try scanner.number() * .pi / 180
            let (isLarge, isClockwise) = (try scanner.flag(), try scanner.flag())
            for point in Self.arc(pen, try position(), radii, angle, isLarge, isClockwise) { draw([point], kind) }
        default: preconditionFailure("a command of a path")
        }
    }

    /// The last control point mirrored at the pen, after a curve of the same kind.
    private func continued(_ kind: UInt8) -> SIMD2<Double> { last?.kind == kind ? 2 * pen - last!.control : pen }

    /// - Parameter rest: the control points of a curve from the pen, without the pen.
    private mutating func draw(_ rest: [SIMD2<Double>], _ kind: UInt8) {
        // After a closed subpath another begins where that one did.
        if !isOpen {
            subpaths.append([pen])
            isOpen = true
        }
        for point in BezierCurve([pen] + rest).points { add(point) }
        pen = rest[rest.count - 1]
        last = rest.count > 1 ? (rest[rest.count - 2], kind) : nil
    }

    private mutating func add(_ point: SIMD2<Double>) { subpaths[subpaths.count - 1].append(point) }

    /// Points on an elliptical arc, without its start, by the formulas of SVG 2, appendix B.2.
    private static func arc(
        _ start: SIMD2<Double>, _ end: SIMD2<Double>, _ radii: SIMD2<Double>, _ angle: Double, _ isLarge: Bool,
        _ isClockwise: Bool
    ) -> [SIMD2<Double>] {
        var radii: SIMD2<Double> = [abs(radii.x), abs(radii.y)]
        guard start != end, radii.x > 0, radii.y > 0 else { return [end] }
        let (sine, cosine) = (sin(angle), cos(angle))
        let half = (start - end) / 2
        let turned: SIMD2<Double> = [cosine * half.x + sine * half.y, cosine * half.y - sine * half.x]
        let stretch = (turned * turned / (radii * radii)).sum()
        if stretch > 1 { radii *= stretch.squareRoot() }
        let squares = (radii.x * radii.y) * (radii.x * radii.y)
        let part = (radii.x * turned.y) * (radii.x * turned.y) + (radii.y * turned.x) * (radii.y * turned.x)
        let factor = (isLarge == isClockwise ? -1 : 1) * max(0, (squares - part) / part).squareRoot()
        let centre: SIMD2<Double> = [factor * radii.x * turned.y / radii.y, -factor * radii.y * turned.x / radii.x]
        func direction(_ point: SIMD2<Double>) -> Double {
            atan2((point.y - centre.y) / radii.y, (point.x - centre.x) / radii.x)
        }
        let first = direction(turned)
        var sweep = direction(-turned) - first
        if isClockwise && sweep < 0 { sweep += 2 * .pi }
        if !isClockwise && sweep > 0 { sweep -= 2 * .pi }
        let count = max(1, Int((abs(sweep) / (.pi / 16)).rounded(.up)))
        return (1..<count).map { step in
            let at = first + sweep * Double(step) / Double(count)
            let place = centre + radii * [cos(at), sin(at)]
            return (start + end) / 2 + [cosine * place.x - sine * place.y, sine * place.x + cosine * place.y]
        } + [end]
    }
}
