/// Time and chance as the log's logic sees them: a simulation gives its own.
package struct Clockwork: Sendable {
    /// Ends early when the task is cancelled.
    package let sleep: @Sendable (Duration) async -> Void
    package let random: @Sendable () -> UInt64
    package let now: @Sendable () -> ContinuousClock.Instant
    /// Does something beside what is being done.
    package let spawn: @Sendable (@escaping @Sendable () async -> Void) -> Void

    package init(
        sleep: @escaping @Sendable (Duration) async -> Void,
        random: @escaping @Sendable () -> UInt64,
        now: @escaping @Sendable () -> ContinuousClock.Instant,
        spawn: @escaping @Sendable (@escaping @Sendable () async -> Void) -> Void
    ) {
        self.sleep = sleep
        self.random = random
        self.now = now
        self.spawn = spawn
    }

    package static let system = Clockwork(
        sleep: { try? await Task.sleep(for: $0) },
        random: { .random(in: 1 ... .max) },
        now: { .now },
        spawn: { work in Task { await work() } }
    )
}
