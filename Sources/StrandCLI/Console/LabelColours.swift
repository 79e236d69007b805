import Strand

/// Labels in colour, as near to those of the pages as a terminal's sixteen are: helices red, strands blue, turns green, bends
/// yellow, disorder yellow, the rest uncoloured.
enum LabelColours {
    @Sendable static func paint(_ labels: ArraySlice<UInt8>) -> [UInt8] {
        var painted: [UInt8] = []
        var current = ""
        for label in labels {
            let colour = colour(of: label)
            if colour != current { painted += "\u{1B}[0m\(colour)".utf8 }
            current = colour
            painted.append(label)
        }
        return painted + "\u{1B}[0m".utf8
    }

    private static func colour(of label: UInt8) -> String {
        switch Unicode.Scalar(label) {
        case "H", "G", "I": "\u{1B}[31m"
        case "E", "B": "\u{1B}[94m"
        case "T": "\u{1B}[32m"
        case "S", "D": "\u{1B}[33m"
        default: ""
        }
    }
}
