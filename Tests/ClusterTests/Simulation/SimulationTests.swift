import Foundation
import Testing

@testable import Cluster

/// Many seeds, each a run in which everything goes wrong that can. `SIMULATIONS=first-last` tries
/// others, and `SIMULATION_TRACE=1` prints what happens.
@Suite("Simulations of a cluster")
struct SimulationTests {
    private static let seeds: [UInt64] = {
        let words = (ProcessInfo.processInfo.environment["SIMULATIONS"] ?? "")
            .split(separator: "-").compactMap { UInt64($0) }
        guard words.count == 2, words[0] <= words[1] else { return Array(1...2000) }
        return Array(words[0]...words[1])
    }()

    @Test("Nothing that was acknowledged is lost or doubled, whatever fails")
    func many() async {
        for failure in await Simulations.failures(of: Self.seeds) {
            let found = failure.found.prefix(6).joined(separator: "\n    ")
            Issue.record("Seed \(failure.seed): \(found)")
        }
    }

    @Test("What a seed has found once is found no more")
    func found() async {
        for failure in await Simulations.failures(of: Seeds.found.map(\.seed)) {
            let found = failure.found.prefix(6).joined(separator: "\n    ")
            Issue.record("Seed \(failure.seed): \(found)")
        }
    }

    @Test("A seed always makes the same run")
    func determinism() async {
        let outcomes = await Simulations.outcomes([7, 7, 8])
        #expect(outcomes[0].trace == outcomes[1].trace)
        #expect(outcomes[0].steps == outcomes[1].steps)
        #expect(outcomes[0].trace != outcomes[2].trace)
        #expect(outcomes[0].acknowledged > 0)
    }
}
