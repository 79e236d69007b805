import StrandBytes

/// The formats of predictions that are read.
public enum PredictedChainFormat: String, Sendable, CaseIterable {
    /// Three lines a record: header, sequence, labels.
    case labelledFASTA
    /// A row a residue, as `PredictionFormat.tsv` writes it.
    case tsv
    /// A JSON object a line and record, as `PredictionFormat.jsonl` writes it.
    case jsonl
    /// PSIPRED's vertical format, a row a residue.
    case ss2
    /// PSIPRED's horizontal format, blocks of lines.
    case horiz
    /// The table of NetSurfP 2 and 3, a row a residue.
    case netsurfp

    /// The format of a file that starts with these bytes, decompressed; nil if it is none.
    public init?(detecting bytes: [UInt8]) {
        let start = bytes[...].withoutByteOrderMark.drop { $0.isBlank || $0 == newline || $0 == carriageReturn }
        if start.first == UInt8(ascii: ">") {
            self = .labelledFASTA
        } else if start.first == UInt8(ascii: "{") {
            self = .jsonl
        } else if start.starts(with: Self.ss2.mark) {
            self = .ss2
        } else if start.starts(with: Self.horiz.mark) {
            self = .horiz
        } else {
            let line = start.prefix { $0 != newline && $0 != carriageReturn }
            let table = [Self.tsv, .netsurfp].first { PredictionColumns(header: line, of: $0, states: .eight) != nil }
            guard let table else { return nil }
            self = table
        }
    }

    /// What starts a block of PSIPRED's formats; nothing in others.
    var mark: [UInt8] {
        switch self {
        case .ss2: Array("# PSIPRED VFORMAT".utf8)
        case .horiz: Array("# PSIPRED HFORMAT".utf8)
        default: []
        }
    }
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
