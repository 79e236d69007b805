/// A run of equal labels.
struct Segment: Equatable {
    let label: UInt8
    let range: Range<Int>

    var length: Int { range.count }
}

/// Marks a residue without a label.
let unlabelled = UInt8(ascii: "-")

extension [UInt8] {
    /// The runs of equal labels, in order. A residue that `mask` leaves unlabelled is in no run and ends one.
    func segments(where mask: [UInt8]) -> [Segment] {
        var segments: [Segment] = []
        var start = 0
        for index in indices {
            if index == start && mask[index] == unlabelled { start += 1 }
            let isEnd = index + 1 == count || self[index + 1] != self[index] || mask[index + 1] == unlabelled
            guard isEnd, start <= index else { continue }
            segments.append(Segment(label: self[index], range: start..<index + 1))
            start = index + 1
        }
        return segments
    }
}
