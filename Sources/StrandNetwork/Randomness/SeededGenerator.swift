/// A pseudo-random generator that gives the same numbers for the same seed everywhere: xoshiro256** 1.0, seeded by
/// SplitMix64 (Blackman & Vigna 2018, "Scrambled linear pseudorandom number generators").
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
    /// The whole state, four words: a generator made of them continues the sequence.
    public private(set) var state: [UInt64]

    /// - Parameter seed: any number.
    public init(seed: UInt64) {
        var x = seed
        state = (0..<4).map { _ in
            x &+= 0x9E37_79B9_7F4A_7C15
            var z = x
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// Continues from a stored state; nil unless it is four words, not all zero.
    public init?(state: [UInt64]) {
        guard state.count == 4, state.contains(where: { $0 != 0 }) else { return nil }
        self.state = state
    }

    public mutating func next() -> UInt64 {
        let product = state[1] &* 5
        let result = (product << 7 | product >> 57) &* 9
        let t = state[1] << 17
        state[2] ^= state[0]
        state[3] ^= state[1]
        state[1] ^= state[2]
        state[0] ^= state[3]
        state[2] ^= t
        state[3] = state[3] << 45 | state[3] >> 19
        return result
    }

    /// Uniform in 0 ..< 1, a multiple of 2^-53.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform in -limit ..< limit.
    public mutating func uniform(within limit: Double) -> Double { (2 * uniform() - 1) * limit }
}

extension SeededGenerator: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let generator = SeededGenerator(state: try container.decode([UInt64].self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not the state of a generator")
        }
        self = generator
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(state)
    }
}
