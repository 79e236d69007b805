import StrandBytes
import StrandEngine
import StrandNetwork

/// Profiles of chains by id, from files that are read whole: to travel beside labelled FASTA.
///
/// A file is one that `ProfileReader` reads, or safetensors with a tensor for each chain, named by its id: (L, 20)
/// frequencies in the order of `ResidueProfile.aminoAcids`, or (L, 21) with the share of gaps in the last column.
public struct ProfileSet: Sendable {
    private struct Entry: Sendable {
        /// The residues; nil where the file has none.
        var sequence: [UInt8]?
        var profile: ResidueProfile
        var file: String
    }

    private var entries: [String: Entry] = [:]
    public let paths: [String]

    /// Reads the files.
    /// - Throws: `FormatError`, `repeatedID` if two chains have one id; `SafetensorsError`.
    public init(paths: [String]) throws {
        self.paths = paths
        for path in paths {
            var bytes = ByteReader(ByteSource(argument: path))
            // A header of JSON follows its length in 8 bytes.
            if try bytes.lookAhead(9).last == UInt8(ascii: "{") {
                try add(Safetensors(path: path), file: path)
            } else {
                var reader = ProfileReader(bytes)
                while let chain = try reader.next() {
                    try add(Entry(sequence: chain.sequence, profile: chain.profile, file: path), id: chain.id)
                }
            }
        }
    }

    /// Number of profiles.
    public var count: Int { entries.count }

    private mutating func add(_ entry: Entry, id: String) throws(FormatError) {
        guard entries.updateValue(entry, forKey: id) == nil else {
            throw FormatError(file: entry.file, record: id, problem: .run(.repeatedID))
        }
    }

    private mutating func add(_ contents: Safetensors, file: String) throws(FormatError) {
        for tensor in contents.tensors {
            guard tensor.shape.count == 2, tensor.shape[0] > 0, tensor.shape[1] == 20 || tensor.shape[1] == 21,
                let profile = ResidueProfile(rows: tensor.values, columns: tensor.shape[1])
            else {
                throw FormatError(
                    file: file, record: tensor.name,
                    problem: .alignment(
                        .badRow(
                            expected:
                                "20 frequencies that add up to 1, or 21 with the share of gaps; are they in C order?")))
            }
            try add(Entry(sequence: nil, profile: profile, file: file), id: tensor.name)
        }
    }

    /// The profile of a chain; nil if there is none.
    /// - Throws: `cutProfile` or `otherChain` if the profile with its id is of another chain.
    public func profile(id: String, of chain: [UInt8]) throws(FormatError) -> ResidueProfile? {
        guard let entry = entries[id] else { return nil }
        guard entry.profile.length == chain.count else {
            throw FormatError(
                file: entry.file, record: id,
                problem: .alignment(.cutProfile(rows: entry.profile.length, expected: chain.count)))
        }
        if let sequence = entry.sequence {
            for (index, (own, other)) in zip(sequence, chain).enumerated() where own & 0xDF != other & 0xDF {
                throw FormatError(
                    file: entry.file, record: id,
                    problem: .alignment(.otherChain(profile: own, chain: other, residue: index + 1)))
            }
        }
        return entry.profile
    }
}

extension ResidueProfile {
    /// A profile from (L, 20) frequencies, or (L, 21) with the share of gaps; nil if they are not.
    package init?(rows: [Float], columns: Int, depth: Int? = nil) {
        let length = rows.count / columns
        var (frequencies, gaps): ([Float], [Float]) = ([], [])
        for row in 0..<length {
            let shares = rows[row * columns..<row * columns + 20]
            let sum = shares.reduce(0, +)
            // Half precision rounds the sum.
            guard shares.allSatisfy({ $0 >= 0 }), sum < 0.01 || abs(sum - 1) < 0.01 else { return nil }
            frequencies += shares.map { sum < 0.01 ? 0 : $0 / sum }
            let gap = columns == 21 ? rows[row * columns + 20] : 0
            guard (0...1).contains(gap) else { return nil }
            gaps.append(gap)
        }
        self.init(frequencies: frequencies, gaps: gaps, depth: depth)
    }
}
