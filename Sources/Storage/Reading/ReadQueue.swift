import Dispatch
import Hub
import Synchronization

/// Questions that wait for one of the readers' threads. Bounded: what is past the bound is refused.
final class ReadQueue: Sendable {
    typealias Question = @Sendable (Connection) -> Void

    static let questionsMaximum = 4096

    private struct State {
        var waiting: [Question] = []
        /// Questions before this one have been taken.
        var next = 0
        var isClosed = false
        var sleepers = 0
    }

    private let state = Mutex(State())
    private let wakeup = DispatchSemaphore(value: 0)

    var depth: Int { state.withLock { $0.waiting.count - $0.next } }

    /// False when the queue is full or closed.
    func submit(_ question: @escaping Question) -> Bool {
        let (taken, wakes): (Bool, Bool) = state.withLock { state in
            guard !state.isClosed, state.waiting.count - state.next < Self.questionsMaximum else {
                return (false, false)
            }
            state.waiting.append(question)
            guard state.sleepers > 0 else { return (true, false) }
            state.sleepers -= 1
            return (true, true)
        }
        if wakes { wakeup.signal() }
        return taken
    }

    /// Blocks until there is a question. Nil when closed and drained.
    func next() -> Question? {
        while true {
            let (question, ended): (Question?, Bool) = state.withLock { state in
                if state.next < state.waiting.count {
                    let question = state.waiting[state.next]
                    state.next += 1
                    if state.next == state.waiting.count || state.next >= 1024 {
                        state.waiting.removeFirst(state.next)
                        state.next = 0
                    }
                    return (question, false)
                }
                if state.isClosed { return (nil, true) }
                state.sleepers += 1
                return (nil, false)
            }
            if let question { return question }
            if ended { return nil }
            wakeup.wait()
        }
    }

    func close() {
        let sleepers = state.withLock { state in
            state.isClosed = true
            defer { state.sleepers = 0 }
            return state.sleepers
        }
        for _ in 0..<sleepers { wakeup.signal() }
    }
}
