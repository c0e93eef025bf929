import WebSocket

/// Why the hub ends a connection: the closed catalogue (`Errors.md`, Close codes).
///
/// Codes of RFC 6455 aside, 4000–4499 tell the client to come back and 4500–4999 not to.
enum Disconnect: UInt16, Sendable, CaseIterable {
    case unsupportedData = 1003
    case internalError = 1011
    case drain = 4000
    case tokenExpired = 4001
    case noPong = 4002
    case stalled = 4003
    case moved = 4004
    case tryAgain = 4005
    case badToken = 4500
    case revoked = 4501
    case tooManyErrors = 4502
    case connectionLimit = 4503
    case forbidden = 4504
    case deleted = 4505
    case badMessage = 4506

    var status: CloseStatus { CloseStatus(CloseCode(rawValue: rawValue), reason: reason) }

    private var reason: String {
        switch self {
        case .unsupportedData: "text only"
        case .internalError: "internal"
        case .drain: "drain"
        case .tokenExpired: "token_expired"
        case .noPong: "no_pong"
        case .stalled: "stalled"
        case .moved: "moved"
        case .tryAgain: "try_again"
        case .badToken: "bad_token"
        case .revoked: "revoked"
        case .tooManyErrors: "too_many_errors"
        case .connectionLimit: "connection_limit"
        case .forbidden: "forbidden"
        case .deleted: "deleted"
        case .badMessage: "bad_message"
        }
    }
}
