extension AlignmentBand {
    /// The cells a cell's scores came from.
    struct Origin: OptionSet {
        let rawValue: UInt8

        /// H from a pair of residues.
        static let pair = Origin(rawValue: 1)
        /// H from E: unpaired training residues.
        static let trainingGap = Origin(rawValue: 2)
        /// H from F: unpaired query residues.
        static let queryGap = Origin(rawValue: 4)
        /// E from E.
        static let extendsTraining = Origin(rawValue: 8)
        /// F from F.
        static let extendsQuery = Origin(rawValue: 16)
    }

    /// The best alignment; nil if no pair scores above 0. Memory is query residues times the width of the band.
    package func alignment() -> LocalAlignment? {
        var origins = [Origin](repeating: [], count: rows.count * width)
        let end = sweep { i, column, origin in origins[(i &- rows.lowerBound) &* width &+ column] = origin }
        return end.score == 0 ? nil : trace(from: end, origins)
    }

    /// Traces back from the end to the start.
    /// - Parameter origins: (m, width), row-major.
    private func trace(from end: End, _ origins: [Origin]) -> LocalAlignment {
        var (i, j, count, identities) = (end.query, end.training, 0, 0)
        // The gap that the cell belongs to; nil: go where its H came from.
        var gap: Origin?
        while rows.contains(i), columns.contains(j) {
            let origin = origins[(i - rows.lowerBound) * width + j - i - firstDiagonal]
            let part = gap ?? origin.intersection([.pair, .trainingGap, .queryGap])
            if part.isEmpty { break }
            count += 1
            switch part {
            case .pair:
                if profile.codes[i] == training[j] { identities += 1 }
                (i, j) = (i - 1, j - 1)
            case .trainingGap:
                gap = origin.contains(.extendsTraining) ? part : nil
                j -= 1
            default:
                gap = origin.contains(.extendsQuery) ? part : nil
                i -= 1
            }
        }
        return LocalAlignment(
            score: Int(end.score), queryRange: i + 1 - rows.lowerBound..<end.query + 1 - rows.lowerBound,
            trainingRange: j + 1 - columns.lowerBound..<end.training + 1 - columns.lowerBound, columns: count,
            identities: identities)
    }
}
