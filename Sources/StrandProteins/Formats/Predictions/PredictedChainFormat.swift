import StrandBytes

/// A format of predictions that can be read (`PredictionFormat` is for writing).
public enum PredictedChainFormat: String, Sendable, CaseIterable {
    /// Three lines per record: header, sequence, labels.
    case labelledFASTA
    /// One row per residue, as `PredictionFormat.tsv` writes it.
    case tsv
    /// One JSON object per line and record, as `PredictionFormat.jsonl` writes it.
    case jsonl
    /// PSIPRED's vertical format, one row per residue.
    case ss2
    /// PSIPRED's horizontal format, blocks of lines.
    case horiz
    /// The table of NetSurfP 2 and 3, one row per residue.
    case netsurfp

    /// The format of a file that starts with these bytes, decompressed; nil if it is none of them.
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

    /// The start of a block in PSIPRED's formats; empty for others.
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
