/// One socket of a loop: what is read goes to its handler, what is sent waits in its outbox until
/// the end of the loop's turn. Everything happens on the loop. Idle, it holds no buffer at all.

package final class Connection: EventSource {
    enum Phase: UInt8 {
        case connecting
        case handshaking
        case open
        /// Flushing, then waiting for the peer's end; input is thrown away.
        case closing
        case ended
    }

    /// How to close.
    package enum Closing: Sendable {
        case now
        /// Write what is queued, end our side, and wait for the peer to end its own.
        case afterFlush(timeout: Duration)
    }

    /// Never used twice in a process.
    package let id: UInt64
    // Sound without counting: a loop ends its connections before it goes (`windDown`), and an ended
    // connection doesn't touch its loop. What every delivery runs borrows the loop from here, so
    // that a delivery counts no references to it.
    let home: Unmanaged<EventLoop>
    package var loop: EventLoop { home.takeUnretainedValue() }
    package let peer: SocketAddress
    /// Who is called. Set it when the connection is accepted; it is let go after `connectionEnded`.
    package var handler: (any ConnectionHandler)?

    // What every delivery touches is not checked for overlapping access at run time, which would
    // double what a delivery costs. It can't overlap: all of it belongs to one thread, and no code
    // but the outbox's own runs while the outbox changes (`drop` works on a copy).
    @exclusivity(unchecked) var descriptor: Int32
    /// Its place in the loop's slots; until it has one, a token that no slot has.
    var token = SlotTable.wakeUpToken
    @exclusivity(unchecked) var tls: TLSSession?
    @exclusivity(unchecked) var outbox = Outbox()
    /// The connect's, the handshake's or the close's.
    var deadline = TimerToken.none
    /// How many bytes at the front of the outbox TLS has begun to send.
    var pinnedBytes: Int32 = 0

    @exclusivity(unchecked) var phase: Phase
    /// Encrypted between the client and this process, here or by the relay before this socket.
    package let isTLS: Bool
    var isReadingPaused = false
    var isReadQueued = false
    /// The peer's end was announced, so that reading goes on until it is reached.
    var isEndAnnounced = false
    var isHungUp = false
    var isInputEnded = false
    /// No more sends; once all is written the output ends.
    @exclusivity(unchecked) var isOutputEnding = false
    @exclusivity(unchecked) var isOutputEnded = false
    @exclusivity(unchecked) var isDirty = false
    /// The kernel's buffer is full: only an event starts the next write.
    @exclusivity(unchecked) var isWriteBlocked = false
    var watchesWriting = false
    @exclusivity(unchecked) var isAboveHighWater = false
    /// Whether the connection lives on when the peer has ended its side.
    package var allowsHalfClosure = false

    /// All bytes of frames that the kernel (or TLS) has taken: whoever wants to know whether a slow
    /// reader still reads compares it with what it was before.
    @exclusivity(unchecked) package internal(set) var writtenBytes: UInt64 = 0

    init(
        loop: EventLoop,
        descriptor: Int32,
        peer: SocketAddress,
        phase: Phase,
        tls: TLSSession? = nil,
        isTLS: Bool
    ) {
        id = loop.nextConnectionID()
        home = .passUnretained(loop)
        self.descriptor = descriptor
        self.peer = peer
        self.phase = phase
        self.tls = tls
        self.isTLS = isTLS
    }

    /// The bytes that wait to be written.
    package var queuedBytes: Int { outbox.byteCount }

    /// The bytes of which the peer may have seen some: those written, and over TLS those that a
    /// record in the making holds. What was sent after them has not left this process. It may still
    /// be asked when the connection has ended.
    package var offeredBytes: UInt64 { writtenBytes + UInt64(pinnedBytes) }

    /// Whether sends are still taken.
    package var isOpen: Bool { phase < .closing && !isOutputEnding }

    /// What ALPN agreed on, once the handshake is done.
    package var negotiatedProtocol: String? { tls?.negotiatedProtocol }

    func ready(_ events: UInt32) {
        isEndAnnounced = isEndAnnounced || events.holds(.peerEnded | .hungUp | .failed)
        isHungUp = isHungUp || events.holds(.hungUp)
        switch phase {
        case .connecting: finishConnecting(events)
        case .handshaking: advanceHandshake()
        case .open, .closing: readyWhileOpen(events)
        case .ended: break
        }
    }

    private func readyWhileOpen(_ events: UInt32) {
        if events.holds(.failed), isReadingPaused {
            return end(.broken(loop.kernel.pendingError(descriptor)))
        }
        // TLS may wait for output to go on reading, and the other way round.
        if tls != nil || events.holds(.readable | .peerEnded | .hungUp | .failed) {
            readAvailable()
        }
        guard phase != .ended else { return }
        if isInputEnded, isHungUp { return end(phase == .closing ? .closed : .peerClosed) }
        if isWriteBlocked, events.holds(.writable) || tls != nil {
            isWriteBlocked = false
            flush(on: loop)
        }
    }

    func loopStops() {
        end(.loopStopped)
    }
}

extension Connection.Phase: Comparable {
    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
