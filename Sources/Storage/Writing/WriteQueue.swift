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
    /// So many drafts make a commit worth its while: gathering ends.
    static let plenty = 64

    private struct State {
        var waiting: [WriteRequest] = []
        var drafts = 0
        var bytes = 0
        var isClosed = false
        /// How many drafts wake the writer; nil while it is awake.
        var wakesWriter: Int?

        /// Whether the writer must be woken, once.
        mutating func wake() -> Bool {
            guard let enough = wakesWriter, isClosed || drafts >= enough else { return false }
            wakesWriter = nil
            return true
        }

        /// What waits, if it is that many drafts; otherwise the writer is going to sleep.
        mutating func take(
            from enough: Int
        ) -> (requests: [WriteRequest], isEnded: Bool, isGathering: Bool) {
            guard !waiting.isEmpty, isClosed || drafts >= enough else {
                wakesWriter = waiting.isEmpty ? 1 : enough
                return ([], isClosed && waiting.isEmpty, !waiting.isEmpty)
            }
            defer {
                waiting = []
                drafts = 0
                bytes = 0
            }
            return (waiting, false, false)
        }
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
            guard
                state.waiting.isEmpty
                    || (state.drafts + weight <= Self.draftsMaximum
                        && state.bytes + bytes <= Self.bytesMaximum)
            else { return (.unavailable("The journal's queue is full."), false) }
            state.waiting.append(request)
            state.drafts += weight
            state.bytes += bytes
            return (nil, state.wake())
        }
        if wakes { wakeup.signal() }
        return refusal
    }

    /// Submits a request and waits for its answer.
    nonisolated(nonsending) func ask<Value: Sendable>(
        _ request: (WriteRequest.Answer<Value>) -> WriteRequest
    ) async throws(JournalError) -> Value {
        let result: Result<Value, JournalError> = await withCheckedContinuation { answer in
            if let refusal = submit(request(answer)) {
                answer.resume(returning: .failure(refusal))
            }
        }
        return try result.get()
    }

    /// Everything that waits, from that moment on or when there is plenty; blocks until then. Nil
    /// when closed and drained.
    func next(notBefore moment: DispatchTime) -> [WriteRequest]? {
        while true {
            let isLate = DispatchTime.now() >= moment
            let (requests, isEnded, isGathering): ([WriteRequest], Bool, Bool) = state.withLock {
                $0.take(from: isLate ? 1 : Self.plenty)
            }
            if isEnded { return nil }
            if !requests.isEmpty { return requests }
            if isGathering { _ = wakeup.wait(timeout: moment) } else { wakeup.wait() }
        }
    }

    /// Takes nothing more; what waits is still written.
    func close() {
        let wakes = state.withLock { state in
            state.isClosed = true
            return state.wake()
        }
        if wakes { wakeup.signal() }
    }
}
