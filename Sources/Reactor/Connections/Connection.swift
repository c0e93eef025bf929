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
    // Sound without counting: a loop that goes ends its connections first, and an ended connection
    // doesn't touch its loop.
    package unowned(unsafe) let loop: EventLoop
    package let peer: SocketAddress
    /// Who is called. Set it when the connection is accepted; it is let go after `connectionEnded`.
    package var handler: (any ConnectionHandler)?

    var descriptor: Int32
    var token: UInt64 = 0
    var tls: TLSSession?
    var outbox = Outbox()
    /// The connect's, the handshake's or the close's.
    var deadline = TimerToken.none
    /// How many bytes at the front of the outbox TLS has begun to send.
    var pinnedBytes: Int32 = 0

    var phase: Phase
    /// Encrypted between the client and this process, here or by the relay before this socket.
    package let isTLS: Bool
    var isReadingPaused = false
    var isReadQueued = false
    /// The peer's end was announced, so that reading goes on until it is reached.
    var isEndAnnounced = false
    var isHungUp = false
    var isInputEnded = false
    /// No more sends; once all is written the output ends.
    var isOutputEnding = false
    var isOutputEnded = false
    var isDirty = false
    /// The kernel's buffer is full: only an event starts the next write.
    var isWriteBlocked = false
    var watchesWriting = false
    var isAboveHighWater = false
    /// Whether the connection lives on when the peer has ended its side.
    package var allowsHalfClosure = false

    /// All bytes of frames that the kernel (or TLS) has taken: whoever wants to know whether a slow
    /// reader still reads compares it with what it was before.
    package internal(set) var writtenBytes: UInt64 = 0

    init(
        loop: EventLoop, descriptor: Int32, peer: SocketAddress, phase: Phase,
        tls: TLSSession? = nil, isTLS: Bool
    ) {
        id = loop.nextConnectionID()
        self.loop = loop
        self.descriptor = descriptor
        self.peer = peer
        self.phase = phase
        self.tls = tls
        self.isTLS = isTLS
    }

    /// The bytes that wait to be written.
    package var queuedBytes: Int { outbox.byteCount }

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
        if events.holds(.readable | .peerEnded | .hungUp | .failed) { readAvailable() }
        guard phase != .ended else { return }
        if isInputEnded, isHungUp { return end(phase == .closing ? .closed : .peerClosed) }
        // TLS may have waited for input to go on writing.
        if isWriteBlocked, events.holds(.writable) || tls != nil {
            isWriteBlocked = false
            flush()
        }
    }

    func loopStops() {
        end(.loopStopped)
    }
}

extension Connection.Phase: Comparable {
    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
