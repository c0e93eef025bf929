/// Time and chance as the log's logic sees them: a simulation gives its own.
package struct Clockwork: Sendable {
    /// Ends early when the task is cancelled.
    package let sleep: @Sendable (Duration) async -> Void
    package let random: @Sendable () -> UInt64
    package let now: @Sendable () -> ContinuousClock.Instant

    package init(
        sleep: @escaping @Sendable (Duration) async -> Void,
        random: @escaping @Sendable () -> UInt64,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.sleep = sleep
        self.random = random
        self.now = now
    }

    package static let system = Clockwork(
        sleep: { try? await Task.sleep(for: $0) },
        random: { .random(in: 1 ... .max) },
        now: { .now }
    )
}
