import Glibc
import Reactor

/// Why a link to Redis ended.
enum LinkFailure: Error, Hashable {
    /// We closed it.
    case closed
    /// The loop stopped: nothing will ever happen again.
    case loopStopped
    case unresolved(String)
    case connection(EndReason)
    /// Not who we are, or not here: another attempt won't help by itself.
    case refused(RedisServerError)
    /// The server answered the greeting with an error of another kind.
    case greeting(RedisServerError)
    case violation(String)
    /// The oldest command had no answer in time.
    case silent
    /// What was published did not come back through the subscription.
    case deaf
}

extension LinkFailure: CustomStringConvertible {
    var description: String {
        switch self {
        case .closed: "closed"
        case .loopStopped: "the event loop has stopped"
        case .unresolved(let reason): reason
        case .connection(let reason): Self.describe(reason)
        case .refused(let error), .greeting(let error): error.message
        case .violation(let reason): "the server does not speak RESP: \(reason)"
        case .silent: "no answer in time"
        case .deaf: "what was published did not come back"
        }
    }

    private static func describe(_ reason: EndReason) -> String {
        switch reason {
        case .closed, .handedOver: "closed"
        case .peerClosed: "the server closed the connection"
        case .broken(let number), .unreachable(let number): String(cString: strerror(number))
        case .timedOut: "no connection in time"
        case .tls(let reason): "TLS: \(reason)"
        case .overflowed: "too much was queued"
        case .loopStopped: "the event loop has stopped"
        }
    }
}
