import Foundation
import TestSupport
import Testing

@testable import StrandNetwork

@Suite struct SeededGeneratorTests {
    /// SplitMix64 from 1234567, as published with it; the seeding takes its first four words.
    @Test func seeding() {
        let published: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        ]
        #expect(SeededGenerator(seed: 1_234_567).state == published)
    }

    @Test(arguments: [0, 1, 7, UInt64.max]) func seedingIsSplitMix64(seed: UInt64) {
        var splitMix = SplitMix64(seed: seed)
        #expect(SeededGenerator(seed: seed).state == (0..<4).map { _ in splitMix.next() })
    }

    /// xoshiro256** from the state 1, 2, 3, 4: the vector that implementations of it share.
    @Test func numbers() throws {
        var generator = try #require(SeededGenerator(state: [1, 2, 3, 4]))
        let published: [UInt64] = [
            11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
            16_172_922_978_634_559_625, 8_476_171_486_693_032_832, 10_595_114_339_597_558_777,
            2_904_607_092_377_533_576,
        ]
        #expect(published.map { _ in generator.next() } == published)
    }

    @Test func statesThatAreNone() {
        #expect(SeededGenerator(state: []) == nil)
        #expect(SeededGenerator(state: [1, 2, 3]) == nil)
        #expect(SeededGenerator(state: [1, 2, 3, 4, 5]) == nil)
        #expect(SeededGenerator(state: [0, 0, 0, 0]) == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(SeededGenerator.self, from: Data("[0,0,0,0]".utf8))
        }
    }

    @Test func storedGeneratorGoesOn() throws {
        var generator = SeededGenerator(seed: 5)
        _ = generator.next()
        var stored = try JSONDecoder().decode(SeededGenerator.self, from: JSONEncoder().encode(generator))
        #expect(stored == generator)
        #expect(stored.next() == generator.next())
    }

    @Test func uniformNumbers() {
        var generator = SeededGenerator(seed: 1)
        let numbers = (0..<100_000).map { _ in generator.uniform() }
        #expect(numbers.allSatisfy { (0..<1).contains($0) && $0 * 0x1p53 == ($0 * 0x1p53).rounded() })
        // The mean of n numbers has a standard deviation of 1 / sqrt(12 n) = 0.0009.
        #expect(abs(numbers.reduce(0, +) / 100_000 - 0.5) < 0.004)
        #expect((0..<100_000).allSatisfy { _ in (-3..<3).contains(generator.uniform(within: 3)) })
        #expect(generator.uniform(within: 0) == 0)
    }
}
