import ArgumentParser
import Strand

/// Which way the axes of files of ink point.
struct AxesOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            What grows to the right and what downwards in the files: 'x,-y' if y grows upwards, '-x,y' if the ink is \
            mirrored, 'y,-x' or '-y,x' if it is turned.
            """, valueName: "x,y"))
    var axes = InkAxes.usual
}

extension InkAxes: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
    public static var allValueStrings: [String] { all.map(\.description) }
    public var defaultValueDescription: String { description }
}
