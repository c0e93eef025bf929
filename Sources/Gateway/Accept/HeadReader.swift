import Hub
import Reactor
import WebSocket

/// A connection before it is anything: gathers the first head, within a bound and a time.
final class HeadReader {
    private let connection: Connection
    private let entrance: Entrance
    private var bytes: [UInt8] = []
    private var deadline = TimerToken.none
    private var place: ConnectionPlace?
    /// What a PROXY header said, once it was read.
    private var proxied: ProxyHeader?

    private var admission: Admission { entrance.gateway.admission }

    init(_ connection: Connection, entrance: Entrance) {
        self.connection = connection
        self.entrance = entrance
    }

    func begin() {
        listen()
        entrance.gateway.instruments.connectionsAccepted.add()
        guard mayStay() else { return }
        // Behind a trusted proxy the client isn't known yet.
        if !admission.trusts(peer: peer) { takePlace(for: peer) }
    }

    /// Goes on with a head that the HTTP plane has already read.
    func resume(with socket: ReturnedSocket) {
        listen()
        place = socket.place
        guard mayStay() else { return }
        let head = socket.head
        var text = "\(head.method) \(head.target) HTTP/1.1\r\n"
        for (name, value) in head.headers { text += "\(name): \(value)\r\n" }
        bytes = Array((text + "\r\n").utf8) + socket.early
        proxied = .local
        read()
    }

    private func listen() {
        connection.handler = self
        deadline = connection.loop.schedule(after: entrance.settings.headTimeout) {
            [unowned self] in
            refuse(HandshakeRefusal(408, "The request did not come in time"))
        }
    }

    private func mayStay() -> Bool {
        guard entrance.isDraining else { return true }
        count(refusal: "draining")
        refuse(HandshakeRefusal(503, "This node is going away", fields: ["Retry-After": "1"]))
        return false
    }

    /// Counts the connection under the client's address; false when that has too many.
    ///
    /// - Parameter client: Nil where a proxy sends requests of many over the connection.
    @discardableResult
    private func takePlace(for client: String?) -> Bool {
        let address = client.map { Admission.limitKey(of: $0) }
        if place == nil {
            place = ConnectionPlace(admission, address: address)
            if place != nil { return true }
        } else if let place, address.map({ place.settle(at: $0) }) ?? true {
            return true
        }
        count(refusal: "address")
        refuse(HandshakeRefusal(429, "Too many connections", fields: ["Retry-After": "1"]))
        return false
    }

    /// The other end of the socket, or the client for which a trusted proxy opened it.
    private var peer: String {
        if case .proxied(let address, _) = proxied { return address.description }
        if case .unix = connection.peer { return TrustedProxies.unix }
        return connection.peer.host
    }

    private func read() {
        guard takeProxyHeader() else { return }
        do throws(HandshakeRefusal) {
            let limits = entrance.settings.head
            guard let (head, count) = try RequestHead.parse(bytes.span, limits: limits) else {
                return
            }
            if head.asksForWebSocket {
                try upgrade(head, rest: Array(bytes[count...]))
            } else {
                handOver(head)
            }
        } catch {
            count(refusal: "head")
            refuse(error)
        }
    }

    private func count(refusal reason: String) {
        entrance.gateway.instruments.connectionsRefused[reason].add()
    }

    /// False while the PROXY header is incomplete, or when it is none.
    private func takeProxyHeader() -> Bool {
        guard entrance.settings.expectsProxyHeader, proxied == nil, admission.trusts(peer: peer)
        else {
            return true
        }
        switch ProxyProtocol.parse(bytes) {
        case .needsMore: return false
        case .malformed:
            connection.close(.now)
            return false
        case .header(let header, let length):
            proxied = header
            bytes.removeFirst(length)
            // From here on it is the client's connection, unless another proxy is before it.
            return admission.trusts(peer: peer) || takePlace(for: peer)
        }
    }

    private func client(_ head: RequestHead) -> String {
        admission.clientAddress(peer: peer, forwardedFor: head.fields.values(of: "X-Forwarded-For"))
    }

    /// The HTTP plane answers whatever is not an upgrade, errors in the request included.
    private func handOver(_ head: RequestHead) {
        guard takePlace(for: nil) else { return }
        let address = ClientAddress(
            text: client(head),
            peer: peer,
            isTLS: connection.isTLS,
            isLocal: peer == TrustedProxies.unix
        )
        let first = bytes
        guard let descriptor = connection.handOver() else { return connection.close(.now) }
        entrance.handOver(descriptor, firstBytes: first, client: address, place: place)
    }

    private func upgrade(_ head: RequestHead, rest: [UInt8]) throws(HandshakeRefusal) {
        let request = try WebSocket.UpgradeRequest(head)
        try admit(request)
        guard let dialect = try DialectPath(head.path), dialect != .echo || entrance.settings.echoes
        else {
            throw HandshakeRefusal(404, "There is no WebSocket at this path")
        }
        // It may have come before the hub began to drain.
        guard mayStay(), takePlace(for: client(head)) else { return }
        connection.loop.cancel(deadline)
        let visitor = Visitor(
            address: Admission.limitKey(of: client(head)),
            token: head.queryItem("token") ?? Self.bearer(head.fields["Authorization"]),
            guestName: head.queryItem("name")
        )
        let link = open(request, dialect, visitor)
        guard !rest.isEmpty else { return }
        var rest = rest
        rest.withUnsafeMutableBytes { link.connection(connection, received: $0) }
    }

    /// Whether a page of that origin, under that name of the hub's, may connect. No page reaches a
    /// Unix socket, so there any name will do.
    private func admit(_ request: WebSocket.UpgradeRequest) throws(HandshakeRefusal) {
        guard admission.isAllowed(origin: request.origin, host: request.host) else {
            count(refusal: "origin")
            throw HandshakeRefusal(403, "This origin may not connect")
        }
        if case .unix = connection.peer { return }
        guard admission.isAllowed(host: request.host) else {
            count(refusal: "host")
            throw HandshakeRefusal(403, "A hub without keys has only names of its own machine")
        }
    }

    /// Answers with 101 and puts the dialect's session behind the connection.
    private func open(
        _ request: WebSocket.UpgradeRequest,
        _ dialect: DialectPath,
        _ visitor: Visitor
    ) -> WebSocketLink {
        let agreement = entrance.settings.deflate?.accept(request.extensions)
        let subprotocol = dialect.subprotocol.flatMap {
            request.subprotocols.contains($0) ? $0 : nil
        }
        connection.send(request.response(subprotocol: subprotocol, compression: agreement))
        var settings = entrance.gateway.settings
        switch dialect {
        case .native: break
        case .echo: settings.messageBytesMaximum = entrance.settings.echoBytesMaximum
        case .yWebSocket, .hocuspocus:
            settings.messageBytesMaximum = settings.documentMessageBytesMaximum
        }
        let link = WebSocketLink(
            connection: connection,
            compression: agreement,
            desk: entrance.desk(of: connection.loop),
            settings: settings,
            place: place
        )
        let shared = agreement.map {
            entrance.compressions.compression(windowBits: $0.serverWindowBits)
        }
        switch dialect {
        case .native:
            let dialect = NativeDialect(compression: shared)
            link.open(NativeSession(link: link, dialect: dialect, visitor: visitor))
        case .yWebSocket(let topic):
            link.open(YWebSocketSession(link: link, topic: topic, visitor: visitor))
        case .hocuspocus:
            link.open(HocuspocusSession(link: link, visitor: visitor))
        case .echo:
            link.open(EchoSession(link: link, compression: shared))
        }
        return link
    }

    private static func bearer(_ authorization: String?) -> String? {
        guard let authorization, authorization.utf8.count > 7,
            authorization.prefix(7).lowercased() == "bearer "
        else { return nil }
        return String(authorization.dropFirst(7))
    }

    private func refuse(_ refusal: HandshakeRefusal) {
        connection.send(refusal.response)
        connection.close(.afterFlush(timeout: .seconds(2)))
    }
}

extension HeadReader: ConnectionHandler {
    func connection(_ connection: Connection, received: UnsafeMutableRawBufferPointer) {
        bytes.append(contentsOf: received)
        read()
    }

    func connectionEnded(_ connection: Connection, _ reason: EndReason) {
        connection.loop.cancel(deadline)
        place = nil
    }
}
