import Foundation
import Synchronization

/// Runs seeds on threads of their own: the tests' threads are for others meanwhile.
enum Simulations {
    struct Failure: Sendable {
        let seed: UInt64
        let found: [String]
    }

    private struct Progress {
        var left: ArraySlice<UInt64>
        var failures: [Failure] = []
        var steps = 0
        var acknowledged = 0
        var threads: Int
    }

    private static let failuresMaximum = 20

    static func outcomes(_ seeds: [UInt64]) async -> [Simulation.Outcome] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: seeds.map { Simulation.run($0) })
            }
        }
    }

    /// Those that fail.
    static func failures(of seeds: [UInt64], threads: Int = 2) async -> [Failure] {
        let start = Date()
        let progress = Mutex(Progress(left: seeds[...], threads: threads))
        let all = await withCheckedContinuation { continuation in
            for _ in 0..<threads {
                Thread.detachNewThread {
                    work(progress)
                    let all = progress.withLock { progress in
                        progress.threads -= 1
                        return progress.threads == 0 ? progress : nil
                    }
                    if let all { continuation.resume(returning: all) }
                }
            }
        }
        print(
            "\(seeds.count - all.left.count) simulations: \(all.steps) steps,",
            "\(all.acknowledged) acknowledged,",
            "\(Int(Date().timeIntervalSince(start) * 1000)) ms"
        )
        return all.failures.sorted { $0.seed < $1.seed }
    }

    private static func work(_ progress: borrowing Mutex<Progress>) {
        while let seed = progress.withLock({ $0.left.popFirst() }) {
            let outcome = Simulation.run(seed)
            // At once: a long run may be ended before it is through.
            if !outcome.failures.isEmpty { print("Seed \(seed) fails:", outcome.failures[0]) }
            progress.withLock { progress in
                progress.steps += outcome.steps
                progress.acknowledged += outcome.acknowledged
                guard !outcome.failures.isEmpty else { return }
                progress.failures.append(Failure(seed: seed, found: outcome.failures))
                if progress.failures.count >= failuresMaximum { progress.left = [] }
            }
        }
    }
}
