import Dispatch
import Hub
import Synchronization

/// What waits for the writer: gathered from all threads, taken as a whole.
///
/// Bounded: what is past the bound is refused, and its sender told to come again. As much again
/// may be in the transaction that is under way.
final class WriteQueue: Sendable {
    static let draftsMaximum = 65_536
    static let bytesMaximum = 64 << 20

    private struct State {
        var waiting: [WriteRequest] = []
        var drafts = 0
        var bytes = 0
        var isClosed = false
        var isWriterAsleep = false
    }

    private let state = Mutex(State())
    private let wakeup = DispatchSemaphore(value: 0)

    var depth: Int { state.withLock { $0.drafts } }

    /// Nil when it was taken; otherwise why not.
    func submit(_ request: WriteRequest) -> JournalError? {
        let weight = request.weight
        let bytes = request.bytes
        let (refusal, wakes): (JournalError?, Bool) = state.withLock { state in
            if state.isClosed { return (.unavailable("The journal is closed."), false) }
            // A request that is larger than the bound by itself passes when nothing else waits.
            guard state.waiting.isEmpty
                || (state.drafts + weight <= Self.draftsMaximum
                    && state.bytes + bytes <= Self.bytesMaximum)
            else { return (.unavailable("The journal's queue is full."), false) }
            state.waiting.append(request)
            state.drafts += weight
            state.bytes += bytes
            defer { state.isWriterAsleep = false }
            return (nil, state.isWriterAsleep)
        }
        if wakes { wakeup.signal() }
        return refusal
    }

    /// Everything that waits; blocks until there is something. Nil when closed and drained.
    func next() -> [WriteRequest]? {
        while true {
            let (requests, ended): ([WriteRequest], Bool) = state.withLock { state in
                if state.waiting.isEmpty {
                    if state.isClosed { return ([], true) }
                    state.isWriterAsleep = true
                    return ([], false)
                }
                defer {
                    state.waiting = []
                    state.drafts = 0
                    state.bytes = 0
                }
                return (state.waiting, false)
            }
            if ended { return nil }
            if !requests.isEmpty { return requests }
            wakeup.wait()
        }
    }

    /// Takes nothing more; what waits is still written.
    func close() {
        let wakes = state.withLock { state in
            state.isClosed = true
            defer { state.isWriterAsleep = false }
            return state.isWriterAsleep
        }
        if wakes { wakeup.signal() }
    }
}
