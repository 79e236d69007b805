import StrandBytes

/// How a column tells whether the pen writes.
enum PenColumn {
    /// Events by name, or by number as in the list.
    case event([PenEvent])
    /// True while the pen touches.
    case contact
    /// True while it does not.
    case lifted
    /// True at the last point of a stroke.
    case strokeEnd
    /// The pressed buttons as bits; 32 is the eraser (Pointer Events, 4.1.1).
    case buttons
    /// 0 without contact, and anything else in it, even .5 (not measured).
    case pressure

    private static let eraser = 32

    /// What a cell says.
    /// - Throws: `notANumber`, `numberTooLarge` or `unexpected`.
    func event(_ cell: ArraySlice<UInt8>) throws(FormatError.Problem) -> PenEvent {
        switch self {
        case .event(let numbered): PenEvent(String(utf8OrLatin1: cell), numbered)
        case .contact: try Self.isTrue(cell) ? .contact : .up
        case .lifted: try Self.isTrue(cell) ? .up : .contact
        case .strokeEnd: try Self.isTrue(cell) ? .last : .contact
        case .buttons: try Double(ink: cell) == 0 ? .up : .contact
        case .pressure: if cell.isEmpty { .contact } else { try Double(ink: cell) > 0 ? .contact : .up }
        }
    }

    /// Whether a cell of pressed buttons says that the pen erases.
    static func isEraser(_ cell: ArraySlice<UInt8>) -> Bool {
        guard let buttons = Double(decimal: cell).flatMap(Int.init(exactly:)) else { return false }
        return buttons & eraser != 0
    }

    private static func isTrue(_ cell: ArraySlice<UInt8>) throws(FormatError.Problem) -> Bool {
        let text = String(utf8OrLatin1: cell)
        switch text.lowercased() {
        case "true", "yes", "t", "y", "down": return true
        case "false", "no", "f", "n", "up": return false
        default:
            guard let number = Double(decimal: cell) else { throw .text(.unexpected(text, expected: "1 or 0")) }
            return number > 0
        }
    }
}

/// What a row does to the stroke of its pointer.
enum PenEvent {
    /// A stroke starts.
    case down
    /// The stroke goes on, if there is one.
    case move
    /// The stroke goes on, or starts.
    case contact
    /// The stroke goes on or starts, and ends here.
    case last
    /// The stroke is over.
    case up
    /// The stroke is void: the system took the gesture for something else, such as a palm or a scroll.
    case cancel
    /// The pen is near.
    case hover
    /// No event of a pen.
    case other

    /// Android's `MotionEvent.ACTION_...`, in their order from 0.
    static let ofAndroid: [PenEvent] = [.down, .up, .move, .cancel, .other, .down, .up, .hover, .other, .hover, .hover]
    /// UIKit's `UITouch.Phase`, in its order from 0.
    static let ofUIKit: [PenEvent] = [.down, .move, .move, .up, .cancel]

    /// - Parameters:
    ///   - text: a name as in `pointerdown`, `touchstart`, `ACTION_POINTER_UP(1)`, `mouseReleased`; or a number.
    ///   - numbered: the events by number.
    init(_ text: String, _ numbered: [PenEvent]) {
        if let number = Double(decimal: Array(text.utf8)[...]).flatMap(Int.init(exactly:)) {
            // Android keeps the pointer's index in the higher bits.
            self = number >= 0 && number & 0xFF < numbered.count ? numbered[number & 0xFF] : .other
            return
        }
        var name = Substring(text.lowercased().filter(\.isLetter))
        while let device = Self.devices.first(where: { name.hasPrefix($0) }) { name = name.dropFirst(device.count) }
        self =
            switch name {
            case "down", "start", "began", "press", "pressed": .down
            case "move", "moved", "rawupdate", "drag", "dragged", "stationary": .move
            case "up", "end", "ended", "release", "released", "out", "leave": .up
            case "cancel", "canceled", "cancelled": .cancel
            case "over", "enter", "hover", "hovermove", "hoverenter", "hoverexit": .hover
            default: .other
            }
    }

    private static let devices = ["action", "pointer", "mouse", "touch", "stylus", "pen", "tablet"]
}

/// What a stroke is made with.
enum PenTool {
    case pen, touch, eraser, other

    /// The tool named in a cell: `pointerType` of Pointer Events or Android's `TOOL_TYPE_...`, also as a number.
    init(_ text: String) {
        let name = text.lowercased()
        self =
            if ["pen", "stylus", "2"].contains(name) || name.hasSuffix("_stylus") {
                .pen
            } else if ["touch", "finger", "1"].contains(name) || name.hasSuffix("_finger") {
                .touch
            } else if ["eraser", "4"].contains(name) || name.hasSuffix("_eraser") {
                .eraser
            } else {
                .other
            }
    }
}
