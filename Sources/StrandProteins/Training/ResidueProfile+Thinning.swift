import Glibc
import StrandNetwork

extension ResidueProfile {
    /// The most relatives in a thinned profile.
    private static let mostRelatives = 63.0

    /// The profile of the chain and a few relatives, 0 to 63 of them, equally often in each octave: at each residue they
    /// are drawn from this profile, gaps too.
    func thinned(around sequence: [UInt8], using generator: inout SeededGenerator) -> ResidueProfile {
        let relatives = Int(exp(generator.uniform() * log(Self.mostRelatives + 1))) - 1
        let alone = ResidueProfile(ofAlone: sequence)
        var (frequencies, gaps) = (alone.frequencies, alone.gaps)
        for row in 0..<length {
            let shares = self.frequencies[20 * row..<20 * (row + 1)]
            var missing = 0
            for _ in 0..<relatives {
                var drawn = Float(generator.uniform())
                if drawn < self.gaps[row] {
                    missing += 1
                    continue
                }
                drawn = Float(generator.uniform())
                // Where nothing is known, no amino acid is found.
                for (column, share) in shares.enumerated() {
                    drawn -= share
                    if drawn < 0 {
                        frequencies[20 * row + column] += 1
                        break
                    }
                }
            }
            let sum = frequencies[20 * row..<20 * (row + 1)].reduce(0, +)
            if sum > 0 { for index in 20 * row..<20 * (row + 1) { frequencies[index] /= sum } }
            gaps[row] = Float(missing) / Float(relatives + 1)
        }
        return ResidueProfile(frequencies: frequencies, gaps: gaps, depth: relatives + 1)
    }
}
