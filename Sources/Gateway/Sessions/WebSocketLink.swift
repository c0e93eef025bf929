import Hub
import Reactor
import WebSocket

/// One WebSocket: bytes to messages for its session, pings, and the closing handshake.
///
/// Lives on its connection's loop. Idle it owns a timer and no buffer.
final class WebSocketLink {
    let connection: Connection
    let compression: DeflateAgreement?
    let settings: LinkSettings
    unowned let desk: LaneDesk
    /// Counted under the connection caps for as long as the link lives.
    private let place: ConnectionPlace?
    private var reader: MessageReader
    private var session: (any DialectSession)?
    private var pinging = TimerToken.none
    private var isPongMissing = false
    /// The last ping was sent behind a queue, so that its pong may be late.
    private var isPingLate = false
    /// Pages of catch-up that are being read for this link.
    private var pagesUnderWay = 0
    private var hasSentClose = false
    /// What the peer had taken when it was last seen to take anything.
    private var takenBytes: UInt64 = 0
    private var takenAt: LoopInstant

    var user: String? { session?.user }

    var id: ConnectionID { ConnectionID(connection.id) }

    init(
        connection: Connection,
        compression: DeflateAgreement?,
        desk: LaneDesk,
        settings: LinkSettings,
        place: ConnectionPlace? = nil
    ) {
        self.connection = connection
        self.place = place
        self.compression = compression
        self.desk = desk
        self.settings = settings
        self.takenAt = connection.loop.now
        self.reader = MessageReader(
            for: .server,
            messageBytesMaximum: settings.messageBytesMaximum,
            compression: compression?.decompression(for: .server)
        )
    }

    /// Begins the conversation; the opening handshake's answer is queued already.
    func open(_ session: any DialectSession) {
        self.session = session
        connection.handler = self
        desk.add(self)
        // The first ping comes after a random part of the interval, so that clients that came
        // together aren't pinged together for ever.
        tick(after: settings.pingInterval * Double.random(in: 0.5...1))
        session.opened()
    }

    /// On one of fifty moments of an interval, for all links of the loop: pings that leave together
    /// and pongs that come together cost a fraction of what single ones do.
    private func tick(after delay: Duration) {
        let now = connection.loop.now
        let grid = max(1, (now + settings.pingInterval / 50).nanoseconds - now.nanoseconds)
        let due = (now + delay).nanoseconds
        let aligned = due + (grid - due % grid) % grid
        pinging = connection.loop.schedule(after: .nanoseconds(aligned - now.nanoseconds)) {
            [unowned self] in tick()
        }
    }

    /// Queues a finished frame. The tag says what it is to `Connection.dropQueued`.
    func send(_ frame: [UInt8], tag: UInt32 = 0) {
        connection.send(frame, tag: tag)
    }

    func close(_ disconnect: Disconnect) {
        close(disconnect.status)
    }

    func close(_ status: CloseStatus) {
        guard !hasSentClose else { return }
        hasSentClose = true
        desk.instruments.closes[status.code.description].add()
        connection.send(FrameEncoder.close(status))
        connection.close(.afterFlush(timeout: settings.closeTimeout))
        end(isAbrupt: false)
    }

    /// Queues one frame for this client alone, and counts it.
    func sendOwn(_ frame: [UInt8]) {
        desk.instruments.messagesSent.add()
        desk.instruments.bytesSent.add(frame.count)
        connection.send(frame)
    }

    func drain(within window: Duration) {
        session?.drain(within: window)
    }

    func revoked(_ isRevoked: (Identity) -> Bool) {
        session?.revoked(isRevoked)
    }

    /// Every ping interval: the last ping must have been answered, and the peer must take what is
    /// sent. Who takes it slowly gets its pings late: then only taking nothing counts.
    private func tick() {
        let now = connection.loop.now
        if connection.queuedBytes == 0 || connection.writtenBytes != takenBytes {
            takenBytes = connection.writtenBytes
            takenAt = now
        } else if now - takenAt >= settings.stallTimeout {
            return close(.stalled)
        }
        let isCongested = connection.queuedBytes > connection.loop.outboxLimits.lowWater
        if isPongMissing, !isCongested, !isPingLate { return close(.noPong) }
        if !isPongMissing || !isCongested {
            isPingLate = isCongested
            isPongMissing = true
            connection.send(Self.ping)
        }
        tick(after: settings.pingInterval)
    }

    private static let ping = FrameEncoder.frame(.ping, [])

    /// Whether a page of catch-up may be queued.
    var hasRoomForPage: Bool {
        connection.queuedBytes <= connection.loop.outboxLimits.highWater
    }

    /// Takes the turn to read a page; false while others read. The queue is bounded by the pages
    /// that are under way, however many topics are behind.
    func beginPage() -> Bool {
        guard pagesUnderWay < Self.pagesMaximum else { return false }
        pagesUnderWay += 1
        return true
    }

    func endPage() {
        pagesUnderWay -= 1
        session?.drained()
    }

    private static let pagesMaximum = 2

    /// A client that doesn't read its replies isn't read either, until it does: what it may have
    /// queued is bounded. Broadcasts alone never queue as much.
    private func pauseWhenFull() {
        if connection.queuedBytes > 2 * settings.lagBytes { connection.pauseReading() }
    }

    private func end(isAbrupt: Bool) {
        guard let session else { return }
        self.session = nil
        connection.loop.cancel(pinging)
        desk.remove(self)
        session.ended(isAbrupt: isAbrupt)
    }

    private func take(_ event: borrowing MessageReader.Event) throws(Violation) {
        guard let session else { return }
        desk.instruments.messagesReceived.add()
        switch event {
        case .text(let bytes): try session.receive(text: bytes)
        case .binary(let bytes): try session.receive(binary: bytes)
        case .ping(let bytes): connection.send(FrameEncoder.frame(.pong, bytes))
        case .pong: break
        case .close(let status): close(status)
        }
    }
}

extension WebSocketLink: ConnectionHandler {
    func connection(_ connection: Connection, received bytes: UnsafeMutableRawBufferPointer) {
        isPongMissing = false
        desk.instruments.bytesReceived.add(bytes.count)
        do throws(Violation) {
            var span = MutableSpan<UInt8>(_unsafeBytes: bytes)
            try reader.receive(&span) { event throws(Violation) in try take(event) }
        } catch {
            close(error.status)
        }
        pauseWhenFull()
    }

    func connectionDrained(_ connection: Connection) {
        connection.resumeReading()
        session?.drained()
    }

    func connectionEnded(_ connection: Connection, _ reason: EndReason) {
        end(isAbrupt: true)
    }
}
