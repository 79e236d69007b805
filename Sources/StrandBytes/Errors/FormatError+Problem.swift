extension FormatError {
    /// What is wrong: a problem of any kind. Each module of formats has its own kinds, made by a function named after
    /// the kind: `.file(.missingFile)`, `.text(.notANumber("x"))`.
    public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        /// The problem itself, to be examined with `as?` or in a `switch`.
        public let kind: any FormatProblem

        /// A problem of any kind.
        public init(_ kind: any FormatProblem) {
            self.kind = kind
        }

        /// What is wrong and, after a semicolon, what to do about it.
        public var description: String { kind.description }

        /// Whether only one record is at fault, so that later ones can be read.
        public var isOfRecord: Bool { kind.isOfRecord }

        public static func == (first: Self, second: Self) -> Bool { first.kind.isEqual(to: second.kind) }
    }
}

/// A kind of problem: an enumeration whose cases hold the offending values.
public protocol FormatProblem: Sendable, Equatable, CustomStringConvertible {
    /// Whether only one record is at fault, so that later ones can be read.
    var isOfRecord: Bool { get }
}

extension FormatProblem {
    public var isOfRecord: Bool { false }

    fileprivate func isEqual(to other: any FormatProblem) -> Bool { (other as? Self) == self }
}
