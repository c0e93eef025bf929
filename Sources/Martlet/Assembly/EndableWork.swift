import Synchronization

/// Work that lasts until it is told to end, which may be before it has begun: a hub can be told to
/// stop in the moment in which it starts.
final class EndableWork: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        var isEnded = false
    }

    private let state = Mutex(State())

    /// Returns when the work has ended; at once, without it, after `end`. Its task is cancelled by
    /// `end`, and with the one that waits here.
    func run(_ work: @escaping @Sendable () async -> Void) async {
        let begun: Task<Void, Never>? = state.withLock { state in
            guard !state.isEnded else { return nil }
            let task = Task { await work() }
            state.task = task
            return task
        }
        guard let begun else { return }
        await withTaskCancellationHandler {
            await begun.value
        } onCancel: {
            begun.cancel()
        }
    }

    func end() {
        state.withLock { state in
            state.isEnded = true
            state.task?.cancel()
        }
    }

    /// Waits for what `end` has cancelled to take notice.
    func ended() async {
        await state.withLock { $0.task }?.value
    }
}
