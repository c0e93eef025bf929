import Hub
import WebSocket

/// Which dialect is spoken at which path.
enum DialectPath: Sendable, Equatable {
    case native
    case echo
    /// One document, for y-websocket's provider.
    case yWebSocket(TopicID)
    /// Documents, for Hocuspocus's provider.
    case hocuspocus

    private static let documents = "/yjs/"

    /// Nil where no dialect is spoken; throws for a document of an impossible name.
    init?(_ path: String) throws(HandshakeRefusal) {
        switch path {
        case "/ws": self = .native
        case "/echo": self = .echo
        case "/hocuspocus", "/hocuspocus/": self = .hocuspocus
        default:
            guard path.hasPrefix(Self.documents) else { return nil }
            self = .yWebSocket(try Self.document(path.dropFirst(Self.documents.count)))
        }
    }

    /// The provider writes the name as it is; others may have encoded it.
    private static func document(_ name: Substring) throws(HandshakeRefusal) -> TopicID {
        guard let decoded = PercentCoding.decode(name) else {
            throw HandshakeRefusal(400, "The document's name is malformed")
        }
        do throws(Rejection) {
            return try TopicID(.doc, decoded)
        } catch {
            throw HandshakeRefusal(400, "The document's name is made of A-Z a-z 0-9 . _ - : / @ ~")
        }
    }

    /// What is agreed on when the client offers it.
    var subprotocol: String? {
        switch self {
        case .native: "martlet.v1"
        case .echo, .yWebSocket, .hocuspocus: nil
        }
    }
}
