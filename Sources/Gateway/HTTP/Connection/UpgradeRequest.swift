import NIOHTTP1

/// What a request's head says about changing the protocol.
enum UpgradeRequest {
    /// An ordinary request.
    case none
    /// A WebSocket: the connection goes back to the reactor.
    case webSocket
    /// A WebSocket's head that comes with a body: refused.
    case malformed
    /// Another protocol, or `CONNECT`: answered in HTTP, and the decoder reads no further.
    case other

    init(_ head: HTTPRequestHead) {
        guard head.method != .CONNECT else {
            self = .other
            return
        }
        guard head.headers.contains(name: "upgrade"),
            head.headers[canonicalForm: "connection"].contains(where: Self.isUpgrade)
        else {
            self = .none
            return
        }
        let protocols = head.headers[canonicalForm: "upgrade"]
        guard protocols.contains(where: Self.isWebSocket), head.method == .GET else {
            self = .other
            return
        }
        let hasBody =
            head.headers.contains(name: "transfer-encoding")
            || head.headers["content-length"].contains { $0 != "0" }
        self = hasBody ? .malformed : .webSocket
    }

    private static func isUpgrade(_ text: Substring) -> Bool {
        text.utf8.count == 7 && text.lowercased() == "upgrade"
    }

    private static func isWebSocket(_ text: Substring) -> Bool {
        text.utf8.count == 9 && text.lowercased() == "websocket"
    }
}
