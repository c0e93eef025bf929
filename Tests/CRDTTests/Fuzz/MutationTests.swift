import CRDT
import Testing

/// Tens of thousands of inputs that are almost updates, and some that are nothing.
@Suite("Mutated updates")
struct MutationTests {
    private static let seeds: [[UInt8]] =
        (GoldenUpdate.all + [.withHole]).flatMap { [$0.v1, $0.v2] } + HostileUpdate.all.map(\.bytes)
        .filter { $0.count < 200 }

    @Test("Nothing that a stranger sends breaks a document")
    func mutations() throws {
        var dice = CaseDice(DifferentialSeed.value ^ 0xF022)
        let count = 20_000 * DifferentialSeed.factor
        var taken = 0
        for number in 0..<count {
            let body =
                dice.isOne(in: 20)
                ? dice.bytes(dice.below(60))
                : Mutation.mutate(dice.pick(Self.seeds), with: dice.pick(Self.seeds), &dice)
            let input = [UInt8(truncatingIfNeeded: dice.next())] + body
            switch FuzzTrial.run(input) {
            case .refused: break
            case .taken: taken += 1
            case .broken(let sentence):
                Issue.record(
                    "\(sentence): trial \(number), seed \(DifferentialSeed.value), input \(Canonical.hex(of: input))")
                return
            }
        }
        print("mutated updates: \(count), of which \(taken) were taken")
        // Else the trials would say nothing about applying.
        #expect(taken > count / 100)
    }
}
