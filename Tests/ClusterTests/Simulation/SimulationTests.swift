import Foundation
import Synchronization
import Testing

@testable import Cluster

/// Many seeds, each a run in which everything goes wrong that can.
@Suite("Simulations of a cluster")
struct SimulationTests {
    /// How many seeds each run of the tests tries; more by `SIMULATIONS=first-last`.
    private static let seeds: ClosedRange<UInt64> = {
        let words = (ProcessInfo.processInfo.environment["SIMULATIONS"] ?? "1-600")
            .split(separator: "-").compactMap { UInt64($0) }
        return words.count == 2 ? words[0]...max(words[0], words[1]) : 1...600
    }()

    @Test("Nothing that was acknowledged is lost or doubled, whatever fails")
    func many() async {
        let failures = await Simulations.run(Array(Self.seeds))
        for (seed, found) in failures {
            Issue.record("Seed \(seed): \(found.prefix(6).joined(separator: "\n    "))")
        }
    }

    @Test("A seed always makes the same run")
    func determinism() async {
        let twice = await Simulations.outcomes([7, 7, 8])
        #expect(twice[0].trace == twice[1].trace)
        #expect(twice[0].steps == twice[1].steps)
        #expect(twice[0].trace != twice[2].trace)
        #expect(twice[0].acknowledged > 0)
    }
}
