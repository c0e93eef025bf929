/// One loop's share of a listener.

import CLinux
import Glibc
import Synchronization

final class Acceptor: EventSource {
    /// So that a storm of clients doesn't keep the loop from those it has.
    private static var acceptsPerTurn: Int { 64 }
    private static var exhaustionPause: Duration { .milliseconds(100) }

    let exhaustions: ExhaustionCount
    private let socket: Int32
    private unowned let loop: EventLoop
    private let tls: TLSContext?
    private let group: EventLoopGroup?
    private let accept: @Sendable (Connection) -> Void
    private var token: UInt64?
    private var retry = TimerToken.none
    private var isPaused = false
    private var isClosed = false

    init(
        socket: Int32,
        loop: EventLoop,
        tls: TLSContext?,
        exhaustions: ExhaustionCount,
        spreadingOver group: EventLoopGroup?,
        _ accept: @escaping @Sendable (Connection) -> Void
    ) {
        self.socket = socket
        self.loop = loop
        self.tls = tls
        self.exhaustions = exhaustions
        self.group = group
        self.accept = accept
    }

    func begin() {
        guard !isPaused, !isClosed, token == nil else { return }
        let token = loop.slots.insert(self)
        self.token = token
        // Not edge-triggered: what one turn leaves, the next is told of again.
        _ = loop.kernel.add(socket, to: loop.poll, events: .readable, token: token)
    }

    func pause() {
        isPaused = true
        loop.cancel(retry)
        ignoreSocket()
    }

    func resume() {
        isPaused = false
        begin()
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        pause()
        loop.kernel.close(socket)
    }

    func loopStops() {
        close()
    }

    private func ignoreSocket() {
        guard let token else { return }
        self.token = nil
        loop.kernel.remove(socket, from: loop.poll)
        loop.slots.remove(token)
    }

    func ready(_ events: UInt32) {
        for _ in 0..<Self.acceptsPerTurn {
            guard token != nil else { return }
            switch loop.kernel.accept(socket) {
            case .socket(let descriptor, let peer):
                place(descriptor, peer)
            case .failed(EAGAIN):
                return
            case .failed(EMFILE), .failed(ENFILE), .failed(ENOBUFS), .failed(ENOMEM):
                return waitForDescriptors()
            case .failed:
                // The client has gone already, or a signal came.
                continue
            }
        }
    }

    private func place(_ descriptor: Int32, _ peer: SocketAddress) {
        guard let target = group?.next(), target !== loop else {
            if let connection = loop.accepted(descriptor, peer: peer, tls: tls) {
                accept(connection)
            }
            return
        }
        target.submit { [tls, accept] in
            if let connection = target.accepted(descriptor, peer: peer, tls: tls) {
                accept(connection)
            }
        }
    }

    /// Nothing can be accepted until something is closed, and the socket stays readable meanwhile:
    /// without the pause the loop would spin.
    private func waitForDescriptors() {
        exhaustions.increment()
        ignoreSocket()
        retry = loop.schedule(after: Self.exhaustionPause) { [self] in begin() }
    }
}
