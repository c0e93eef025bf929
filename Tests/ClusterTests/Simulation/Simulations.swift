import Foundation
import Synchronization

/// Runs seeds on a thread of their own: the tests' threads are for others meanwhile.
enum Simulations {
    static func outcomes(_ seeds: [UInt64]) async -> [Simulation.Outcome] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: seeds.map { Simulation.run($0) })
            }
        }
    }

    /// Those that fail.
    static func run(_ seeds: [UInt64]) async -> [(seed: UInt64, failures: [String])] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let start = Date()
                var failed: [(UInt64, [String])] = []
                var steps = 0
                var acknowledged = 0
                for seed in seeds {
                    let outcome = Simulation.run(seed)
                    steps += outcome.steps
                    acknowledged += outcome.acknowledged
                    if !outcome.failures.isEmpty { failed.append((seed, outcome.failures)) }
                    if failed.count > 40 { break }
                }
                print(
                    "\(seeds.count) simulations, \(steps) steps, \(acknowledged) acknowledged,",
                    "\(Int(Date().timeIntervalSince(start) * 1000)) ms"
                )
                continuation.resume(returning: failed)
            }
        }
    }
}
