import Hub
import Reactor
import Synchronization
import WebSocket

/// Where connections come in: reads each first head and decides whether the connection becomes a
/// WebSocket here or goes to the HTTP plane.
package final class Entrance: Sendable {
    let gateway: GatewayServices
    let settings: EntranceSettings
    let desks: [LoopBound<LaneDesk>]
    let compressions: CompressionPool
    private let group: EventLoopGroup
    private let plane = Mutex<HTTPPlane?>(nil)
    private let draining = Atomic<Bool>(false)

    package init(group: EventLoopGroup, gateway: GatewayServices, settings: EntranceSettings) {
        self.group = group
        self.gateway = gateway
        self.settings = settings
        desks = group.loops.map { LoopBound(LaneDesk(loop: $0, gateway: gateway), on: $0) }
        compressions = CompressionPool(bytesMinimum: gateway.settings.compressedBytesMinimum)
    }

    /// The plane that takes what is not a WebSocket. Set before the first connection: plane and
    /// entrance know each other, so one of them has to come first.
    package func serve(http plane: HTTPPlane) {
        self.plane.withLock { $0 = plane }
    }

    /// Called by a listener, on the connection's loop.
    package func accept(_ connection: Connection) {
        HeadReader(connection, entrance: self).begin()
    }

    /// A connection that the HTTP plane gives back, because its client now asks for a WebSocket.
    package func take(back socket: ReturnedSocket) {
        let loop = group.next()
        loop.submit { [self] in
            let peer = SocketAddress(host: socket.client.peer, port: 0) ?? .unix("")
            let connection = loop.adopt(socket.descriptor, peer: peer, isTLS: socket.client.isTLS)
            HeadReader(connection, entrance: self).resume(with: socket)
        }
    }

    var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// The loop's desk; on the loop only.
    func desk(of loop: EventLoop) -> LaneDesk { desks[loop.index].value }

    /// Gives a socket with the bytes that were read from it to the HTTP plane.
    func handOver(
        _ descriptor: Int32,
        firstBytes: [UInt8],
        client: ClientAddress,
        place: ConnectionPlace?
    ) {
        guard let plane = plane.withLock({ $0 }) else {
            preconditionFailure("The entrance was opened before it had an HTTP plane.")
        }
        plane.take(descriptor, firstBytes: firstBytes, client: client, place: place)
    }
}

extension Entrance {
    /// Asks every client to move, spread over the window, and closes who is still there after it.
    package func drain(over window: Duration) async {
        draining.store(true, ordering: .relaxed)
        await onEveryDesk { desk in
            desk.forEachLink { link in
                let moment = window * Double.random(in: 0...0.7)
                _ = desk.loop.schedule(after: moment) { [weak link] in
                    link?.drain(within: window * 0.3)
                }
                _ = desk.loop.schedule(after: moment + window * 0.3) { [weak link] in
                    link?.close(.drain)
                }
            }
        }
        let deadline = ContinuousClock.now + window + .milliseconds(500)
        while await linkCount() > 0, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Ends sessions whose token or user was revoked.
    package func revoke(_ isRevoked: @escaping @Sendable (Identity) -> Bool) {
        for desk in desks {
            desk.loop.submit { desk.value.forEachLink { $0.revoked(isRevoked) } }
        }
    }

    /// Brings the gauges up to date that are added up rather than counted.
    package func sample() {
        for desk in desks { desk.loop.submit { desk.value.sampleOutboxes() } }
    }

    package func linkCount() async -> Int {
        var total = 0
        for desk in desks { total += await ask(desk) { $0.linkCount } }
        return total
    }

    private func onEveryDesk(_ body: @escaping @Sendable (LaneDesk) -> Void) async {
        for desk in desks { await ask(desk, body) }
    }

    /// Asks a desk on its loop.
    func ask<Answer: Sendable>(
        _ desk: LoopBound<LaneDesk>,
        _ question: @escaping @Sendable (LaneDesk) -> Answer
    ) async -> Answer {
        await withCheckedContinuation { continuation in
            desk.loop.submit { continuation.resume(returning: question(desk.value)) }
        }
    }
}
