import Hub

/// How the newest commits ended: what readiness is told from without trying.
struct LastCommits: Sendable {
    var succeeded: ContinuousClock.Instant?
    var failure: (at: ContinuousClock.Instant, error: JournalError)?

    /// What kept the newest commit from being stored, if that was within the time: no later one
    /// has succeeded.
    func failure(
        within time: Duration,
        before now: ContinuousClock.Instant
    ) -> (age: Duration, error: JournalError)? {
        guard let failure, now - failure.at <= time else { return nil }
        if let succeeded, succeeded > failure.at { return nil }
        return (now - failure.at, failure.error)
    }

    /// True when a commit has succeeded within the time and none has failed since.
    func haveSucceeded(within time: Duration, before now: ContinuousClock.Instant) -> Bool {
        guard let succeeded, now - succeeded <= time else { return false }
        return failure.map { $0.at < succeeded } ?? true
    }
}
