import Cluster
import Reactor
import Synchronization

/// Stands between a client and a server, and passes on what both say; but on demand nothing more of
/// what the server says to those who have subscribed. Their connections stay up.
final class DeafeningProxy: Sendable {
    let address: String
    private let listener: Listener
    private let group = EventLoopGroup(loops: 1)
    private let deafening = Deafening()

    fileprivate final class Deafening: Sendable {
        let isOn = Atomic<Bool>(false)
    }

    init(to server: RedisServer) throws {
        let target = SocketAddress.loopback(port: server.port)
        let deafening = deafening
        group.start()
        listener = try Listener(on: .loopback(port: 0), group: group) { accepted in
            let near = ProxyEnd(deafening, hearsSubscribers: true)
            let far = ProxyEnd(deafening, hearsSubscribers: false)
            accepted.handler = near
            near.other = accepted.loop.connect(to: target, handler: far)
            (near.peer, far.peer, far.other) = (far, near, accepted)
        }
        address = "redis://127.0.0.1:\(listener.address.port)"
    }

    deinit {
        group.stop()
        group.join()
    }

    func deafen(_ isOn: Bool) {
        deafening.isOn.store(isOn, ordering: .releasing)
    }
}

/// One of the two connections of a conversation.
private final class ProxyEnd: ConnectionHandler {
    private let deafening: DeafeningProxy.Deafening
    private let hearsSubscribers: Bool
    var other: Connection?
    var peer: ProxyEnd?
    private var isSubscriber = false

    init(_ deafening: DeafeningProxy.Deafening, hearsSubscribers: Bool) {
        self.deafening = deafening
        self.hearsSubscribers = hearsSubscribers
    }

    func connection(_ connection: Connection, received bytes: UnsafeMutableRawBufferPointer) {
        if hearsSubscribers, String(decoding: bytes, as: UTF8.self).contains("SUBSCRIBE") {
            isSubscriber = true
        }
        let isMuted = !hearsSubscribers && peer?.isSubscriber == true
        if isMuted, deafening.isOn.load(ordering: .acquiring) { return }
        other?.send(Array(bytes))
    }

    func connectionEnded(_ connection: Connection, _ reason: EndReason) {
        other?.close(.now)
        (other, peer) = (nil, nil)
    }
}
