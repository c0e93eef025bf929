import JournalContract
import Synchronization

/// One thread on which everything of a simulation runs: which job is next is chosen by the seed,
/// and time goes on when there is none.
final class SeededExecutor: TaskExecutor {
    private struct Alarm {
        let at: Int64
        let number: UInt64
        let action: @Sendable () -> Void
    }

    private struct State {
        var generator: SeededGenerator
        var ready: [UnownedJob] = []
        /// The next one last.
        var alarms: [Alarm] = []
        var cancelled: Set<UInt64> = []
        var now: Int64 = 0
        var lastAlarm: UInt64 = 0
        var steps = 0
        /// Of all choices that were made: two runs of one seed have the same.
        var trace: UInt64 = 0
    }

    private let state: Mutex<State>

    init(seed: UInt64) {
        state = Mutex(State(generator: SeededGenerator(seed: seed)))
    }

    /// In microseconds.
    var now: Int64 { state.withLock(\.now) }
    var steps: Int { state.withLock(\.steps) }
    var trace: UInt64 { state.withLock(\.trace) }

    func random() -> UInt64 { state.withLock { $0.generator.next() } }

    /// True in so many of a thousand cases.
    func happens(_ perMille: Int) -> Bool { random() % 1000 < UInt64(perMille) }

    func random(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(random() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.ready.append(job) }
    }

    /// Does something after so many microseconds.
    @discardableResult
    func after(_ delay: Int64, _ action: @escaping @Sendable () -> Void) -> UInt64 {
        state.withLock { state in
            state.lastAlarm += 1
            let alarm = Alarm(at: state.now + delay, number: state.lastAlarm, action: action)
            let place = state.alarms.lastIndex { $0.at > alarm.at }.map { $0 + 1 } ?? 0
            state.alarms.insert(alarm, at: place)
            return alarm.number
        }
    }

    func pause(_ delay: Int64) async {
        await withCheckedContinuation { continuation in after(delay) { continuation.resume() } }
    }

    func spawn(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: self) { await work() }
    }

    /// Runs until the condition holds; false when nothing is left to do, or after so many steps.
    func run(stepsMaximum: Int, until isDone: () -> Bool) -> Bool {
        let end = steps + stepsMaximum
        while !isDone() {
            guard steps < end else { return false }
            if let job = take() {
                job.runSynchronously(on: asUnownedTaskExecutor())
            } else if let alarm = nextAlarm() {
                alarm.action()
            } else {
                return false
            }
        }
        return true
    }

    private func take() -> UnownedJob? {
        state.withLock { state in
            guard !state.ready.isEmpty else { return nil }
            state.steps += 1
            let count = state.ready.count
            let index = count == 1 ? 0 : Int(state.generator.next() % UInt64(count))
            state.trace = (state.trace &* 31) &+ UInt64(index) &+ UInt64(count) << 8
            state.trace = (state.trace &* 31) &+ UInt64(state.now)
            state.ready.swapAt(index, count - 1)
            return state.ready.removeLast()
        }
    }

    private func nextAlarm() -> Alarm? {
        state.withLock { state in
            guard let alarm = state.alarms.popLast() else { return nil }
            state.steps += 1
            state.now = alarm.at
            return alarm
        }
    }
}
