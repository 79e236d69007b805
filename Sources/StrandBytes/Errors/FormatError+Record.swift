extension FormatError.Problem {
    /// Whether one record is at fault, and those behind it can be read.
    public var isOfRecord: Bool {
        switch self {
        case .emptyRecord, .missingHeader, .extraLine, .commentLine, .innerBlank, .notALetter, .gap, .binary,
            .carriageReturn, .invalidJSON, .missingMember, .componentOutOfRange, .pointOutOfRange, .backwardSegment:
            true
        default: false
        }
    }
}
