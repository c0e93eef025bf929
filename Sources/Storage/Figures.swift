import Hub
import Synchronization

/// Counts what the writer does, for metrics.
final class Figures: Sendable {
    private let state = Mutex(Statistics.Writing())
    private let last = Mutex(LastCommits())

    var writing: Statistics.Writing { state.withLock { $0 } }
    /// When a commit succeeded last, and when one failed.
    var lastCommits: LastCommits { last.withLock { $0 } }

    func committed(_ batch: [WriteRequest], started: ContinuousClock.Instant) {
        let now = ContinuousClock.now
        last.withLock { $0.succeeded = now }
        state.withLock { state in
            state.commits += 1
            state.commitSeconds.add(now - started)
            var drafts = 0
            for case .append(let append) in batch {
                state.appends += 1
                drafts += append.drafts.count
                state.appendSeconds.add(now - append.arrival)
            }
            state.drafts += drafts
            state.batchMaximum = max(state.batchMaximum, drafts)
        }
    }

    func failed(_ failure: SQLiteFailure) {
        state.withLock { $0.failures += 1 }
        // A row that can't be stored says nothing of the disk.
        guard !failure.isAboutRows else { return }
        last.withLock { $0.failure = (ContinuousClock.now, failure.journalError) }
    }
}
