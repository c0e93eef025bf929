import CRDT
import Testing

/// Tens of thousands of inputs that are almost updates, and some that are nothing.
@Suite("Mutated updates")
struct MutationTests {
    private struct Seed {
        let bytes: [UInt8]
        let version: UInt8
    }

    private static let seeds: [Seed] =
        (GoldenUpdate.all + [.withHole]).flatMap {
            [Seed(bytes: $0.v1, version: 1), Seed(bytes: $0.v2, version: 2)]
        }
        + HostileUpdate.all.filter { $0.bytes.count < 200 }
        .map { Seed(bytes: $0.bytes, version: UInt8($0.version)) }

    /// How the bytes are taken, and almost an update of that format, or nothing at all.
    private static func input(_ dice: inout CaseDice) -> [UInt8] {
        let choice = UInt8(truncatingIfNeeded: dice.next())
        if dice.isOne(in: 20) { return [choice] + dice.bytes(dice.below(60)) }
        let seed = dice.pick(seeds)
        let other = dice.pick(seeds)
        return [choice & ~1 | (seed.version - 1)]
            + Mutation.mutate(seed.bytes, with: other.bytes, &dice)
    }

    @Test("Nothing that a stranger sends breaks a document")
    func mutations() throws {
        var dice = CaseDice(DifferentialSeed.value ^ 0xF022)
        let count = 20_000 * DifferentialSeed.factor
        var taken = 0
        for number in 0..<count {
            let input = Self.input(&dice)
            switch FuzzTrial.run(input) {
            case .refused: break
            case .taken: taken += 1
            case .broken(let sentence):
                let trial = "trial \(number), seed \(DifferentialSeed.value)"
                Issue.record("\(sentence): \(trial), input \(Canonical.hex(of: input))")
                return
            }
        }
        print("mutated updates: \(count), of which \(taken) were taken")
        // Else the trials would say nothing about applying.
        #expect(taken > count / 100)
    }
}
