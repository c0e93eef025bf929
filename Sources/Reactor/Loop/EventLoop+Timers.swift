/// The loop's timers: one wheel, ticks of 10 ms. A timer fires at the first tick not before it is
/// due.

extension EventLoop {
    static var tickNanoseconds: Int64 { 10_000_000 }

    /// Runs the work once, `delay` after the start of this turn.
    @discardableResult
    package func schedule(after delay: Duration, _ work: @escaping () -> Void) -> TimerToken {
        precondition(isCurrent, "A timer was scheduled away from its loop.")
        return wheel.schedule(at: tickNotBefore(now + delay), work)
    }

    /// A token of a timer that has fired or was cancelled does nothing.
    package func cancel(_ token: TimerToken) {
        precondition(isCurrent, "A timer was cancelled away from its loop.")
        wheel.cancel(token)
    }

    /// Schedules from any thread. Such a timer can't be cancelled.
    package func submit(after delay: Duration, _ work: @escaping @Sendable () -> Void) {
        submit { self.schedule(after: delay, work) }
    }

    func runTimers() {
        guard wheel.count > 0 else { return }
        let elapsed = max(now.nanoseconds - start.nanoseconds, 0)
        wheel.advance(to: UInt64(elapsed / Self.tickNanoseconds))
        while let work = wheel.takeDue() { work() }
    }

    /// How long epoll may wait for the next timer; -1 is for ever.
    func millisecondsToNextTimer() -> Int32 {
        guard let tick = wheel.nextTick else { return -1 }
        let due = start.nanoseconds + Int64(tick) * Self.tickNanoseconds
        let left = due - time.now().nanoseconds
        return left <= 0 ? 0 : Int32(min((left + 999_999) / 1_000_000, 3_600_000))
    }

    private func tickNotBefore(_ instant: LoopInstant) -> UInt64 {
        let elapsed = max(instant.nanoseconds &- start.nanoseconds, 0)
        let ticks = elapsed / Self.tickNanoseconds
        return UInt64(elapsed % Self.tickNanoseconds == 0 ? ticks : ticks + 1)
    }
}
