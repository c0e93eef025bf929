/// The turn of a loop, step by step.

import CLinux

extension EventLoop {
    /// Runs turns on the calling thread until the loop is stopped.
    func run() {
        withCurrent {
            while !isStopping { takeTurn(mayWait: true) }
        }
        windDown()
    }

    /// Ends the loop's thread after this turn. From any thread.
    func stop() {
        submit { self.isStopping = true }
    }

    /// One turn on the calling thread. Tests that drive a loop by hand call it.
    package func turn() {
        withCurrent { takeTurn(mayWait: false) }
    }

    private func takeTurn(mayWait: Bool) {
        let count = awaitEvents(mayWait: mayWait)
        now = time.now()
        readOn()
        dispatch(count)
        runSubmitted()
        runTimers()
        runTurnEndWork()
        flushDirty()
        reclaim()
        turnObserver?(time.now() - now)
    }

    /// Calls the observer at the end of every turn with how long it took, the waiting before it
    /// left out. On the loop.
    package func observeTurns(_ observer: @escaping (Duration) -> Void) {
        precondition(isCurrent, "A loop's turns were observed away from it.")
        turnObserver = observer
    }

    private func awaitEvents(mayWait: Bool) -> Int {
        let isBusy = !dirty.isEmpty || !unread.isEmpty || !ended.isEmpty || !turnEndWork.isEmpty
        let mayWait = mayWait && !isBusy && fallAsleep()
        let milliseconds = mayWait ? millisecondsToNextTimer() : 0
        // An interrupted wait is an empty one.
        return max(kernel.wait(poll, into: events, milliseconds: milliseconds), 0)
    }

    private func dispatch(_ count: Int) {
        for index in 0..<count {
            let event = events[index]
            // The wake-up has served its purpose, and late events find nobody.
            slots[event.data.u64]?.ready(event.events)
        }
    }

    /// Before the events, so that what they leave unread waits for the next turn.
    private func readOn() {
        guard !unread.isEmpty else { return }
        var connections: [Connection] = []
        swap(&connections, &unread)
        for connection in connections {
            connection.isReadQueued = false
            connection.readAvailable()
        }
    }

    func queueRead(of connection: Connection) {
        guard !connection.isReadQueued else { return }
        connection.isReadQueued = true
        unread.append(connection)
    }

    /// Runs the work once in this turn, after timers and before anything is written: whoever
    /// gathers what a turn brings sends it there.
    package func atTurnEnd(_ work: @escaping () -> Void) {
        precondition(isCurrent, "Work was left for the turn's end away from its loop.")
        turnEndWork.append(work)
    }

    private func runTurnEndWork() {
        guard !turnEndWork.isEmpty else { return }
        var pending: [() -> Void] = []
        swap(&pending, &turnEndWork)
        for work in pending { work() }
    }

    /// Notes that a connection has something to write. The reference is not counted, which saves
    /// two atomic operations a delivery; it is sound because the slot table holds the connection
    /// until `reclaim`, which passes over those still noted here.
    func markDirty(_ connection: Connection) {
        dirty.append(Unmanaged.passUnretained(connection))
    }

    private func flushDirty() {
        guard !dirty.isEmpty else { return }
        swap(&dirty, &flushing)
        let isMeasured = flushing.count >= Self.manyWrites
        let before = isMeasured ? time.now() : now
        for connection in flushing {
            connection._withUnsafeGuaranteedRef {
                $0.isDirty = false
                $0.flush(on: self)
            }
        }
        if isMeasured { writeDuration = (time.now() - before) / flushing.count }
        flushing.removeAll(keepingCapacity: true)
    }

    /// So many writes in a row tell what one takes.
    private static var manyWrites: Int { 64 }

    func retire(_ connection: Connection, _ reason: EndReason) {
        ended.append((connection, reason))
    }

    /// Tells the handlers of ended connections, and frees their slots.
    private func reclaim() {
        guard !ended.isEmpty else { return }
        var connections: [(Connection, EndReason)] = []
        swap(&connections, &ended)
        for (connection, reason) in connections {
            guard !connection.isDirty else {
                ended.append((connection, reason))
                continue
            }
            slots.remove(connection.token)
            let handler = connection.handler
            connection.handler = nil
            handler?.connectionEnded(connection, reason)
        }
    }

    /// Ends every connection and listener, and runs what that sets off, within bounds. Who drives a
    /// loop by hand calls it last.
    package func windDown() {
        withCurrent {
            for source in slots.sources { source.loopStops() }
            for _ in 0..<16 { takeTurn(mayWait: false) }
        }
    }
}
