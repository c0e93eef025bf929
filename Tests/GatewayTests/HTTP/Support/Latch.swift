import Synchronization

/// Holds whoever waits until the test opens it, and nobody from then on.
final class Latch: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func wait() async {
        await withCheckedContinuation { caller in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(caller) }
                return state.isOpen
            }
            if isOpen { caller.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            return exchange(&state.waiting, with: [])
        }
        for caller in waiting { caller.resume() }
    }
}
