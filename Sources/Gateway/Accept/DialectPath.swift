/// Which dialect is spoken at which path.
enum DialectPath: Sendable {
    case native
    case echo

    init?(_ path: String) {
        switch path {
        case "/ws": self = .native
        case "/echo": self = .echo
        default: return nil
        }
    }

    /// What is agreed on when the client offers it.
    var subprotocol: String? {
        switch self {
        case .native: "martlet.v1"
        case .echo: nil
        }
    }
}
