/// One thread's event loop: its sockets, its timers, its queue of work, and the serial executor of
/// the actors that are pinned to it. Reactor.docc tells what a turn does, in order.

import CLinux
import Glibc
import Synchronization

// `@unchecked Sendable` is sound: the work queue is behind a lock, what is constant is constant,
// and everything else is only touched on the loop's thread, which is checked where others could
// call.
package final class EventLoop: SerialExecutor, @unchecked Sendable {
    package let index: Int
    package let outboxLimits: OutboxLimits
    let kernel: any Kernel
    let time: any TimeSource
    let poll: Int32
    private let wakeUp: Int32
    private let inbox = Mutex(WorkInbox())

    // From here on: the loop's thread only.

    /// The time when this turn's events came.
    package internal(set) var now: LoopInstant
    /// How long the write to a connection took on average, when there were last many in a turn.
    package internal(set) var writeDuration = Duration.zero
    let start: LoopInstant
    var wheel = TimerWheel<() -> Void>()
    var slots = SlotTable()
    var isStopping = false
    private var connectionsMade: UInt64 = 0

    // Not checked for overlapping access at run time, because every delivery touches them; nothing
    // else runs while they change.

    /// Connections with something to write, once each. Not counted references: see `markDirty`.
    @exclusivity(unchecked) var dirty: ContiguousArray<Unmanaged<Connection>> = []
    @exclusivity(unchecked) var flushing: ContiguousArray<Unmanaged<Connection>> = []
    /// Connections that have more to read than this turn was fair to give them.
    var unread: [Connection] = []
    var ended: [(Connection, EndReason)] = []
    var turnEndWork: [() -> Void] = []
    private var batch: [Work] = []
    /// Emptied storage of outboxes, for the next that needs some.
    @exclusivity(unchecked) var spareStorage: [Outbox.Storage] = []

    let events: UnsafeMutableBufferPointer<epoll_event>
    let readBuffer: UnsafeMutableRawBufferPointer
    let recordBuffer: UnsafeMutableRawBufferPointer
    let vectors: UnsafeMutableBufferPointer<iovec>

    var turnObserver: ((Duration) -> Void)?

    package init(
        index: Int = 0,
        outboxLimits: OutboxLimits = OutboxLimits(),
        kernel: any Kernel = SystemKernel(),
        time: any TimeSource = MonotonicTime()
    ) {
        self.index = index
        self.outboxLimits = outboxLimits
        self.kernel = kernel
        self.time = time
        poll = kernel.makePoll()
        wakeUp = kernel.makeWakeUp()
        now = time.now()
        start = now
        events = .allocate(capacity: 512)
        readBuffer = .allocate(byteCount: 64 << 10, alignment: 16)
        recordBuffer = .allocate(byteCount: 16 << 10, alignment: 16)
        vectors = .allocate(capacity: 256)
        precondition(poll >= 0 && wakeUp >= 0, "The system has no descriptors for an event loop.")
        // A write to a socket whose peer has gone is an error number, not a signal.
        signal(SIGPIPE, SIG_IGN)
        _ = kernel.add(
            wakeUp,
            to: poll,
            events: .readable | .edgeTriggered,
            token: SlotTable.wakeUpToken
        )
    }

    deinit {
        kernel.close(wakeUp)
        kernel.close(poll)
        events.deallocate()
        readBuffer.deallocate()
        recordBuffer.deallocate()
        vectors.deallocate()
    }

    /// Whether this is the loop's thread.
    package var isCurrent: Bool {
        clinux_get_current_loop() == Unmanaged.passUnretained(self).toOpaque()
    }

    /// Makes the calling thread the loop's for as long as the body runs. Tests drive a loop this
    /// way; while the loop's own thread runs, nobody else may.
    package func withCurrent<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let outer = clinux_get_current_loop()
        clinux_set_current_loop(Unmanaged.passUnretained(self).toOpaque())
        defer { clinux_set_current_loop(outer) }
        return try body()
    }

    /// Runs the work on the loop, in the order of submission. From any thread.
    package func submit(_ work: @escaping @Sendable () -> Void) {
        add(.closure(work))
    }

    /// The system call that wakes the loop is made only when it sleeps, by the first to come.
    func add(_ work: Work) {
        let mustWake = inbox.withLock { $0.add(work) }
        if mustWake { kernel.wake(wakeUp) }
    }

    /// Whether the loop may sleep. If so, the next to submit something wakes it.
    func fallAsleep() -> Bool {
        inbox.withLock { $0.fallAsleep() }
    }

    /// Runs what was submitted. What the work itself submits runs in the same turn, but after a few
    /// passes the sockets come first again.
    func runSubmitted() {
        for _ in 0..<4 {
            inbox.withLock { $0.take(into: &batch) }
            guard !batch.isEmpty else { return }
            for work in batch {
                switch work {
                case .closure(let closure): closure()
                case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
                }
            }
            batch.removeAll(keepingCapacity: batch.capacity <= 4096)
        }
    }

    func nextConnectionID() -> UInt64 {
        connectionsMade += 1
        return UInt64(index) << 48 | connectionsMade
    }
}
