import Hub
import NIOHTTP1

/// Why a connection's bytes never became a request.
enum ParseFailure {
    case timeout
    case target
    case head
    case malformed
    case host
    case early

    var status: HTTPResponseStatus {
        switch self {
        case .timeout: .requestTimeout
        case .target: .uriTooLong
        case .head: .requestHeaderFieldsTooLarge
        case .malformed, .host, .early: .badRequest
        }
    }

    var rejection: Rejection {
        switch self {
        case .timeout: Rejection(.badRequest, "The request took too long to arrive.")
        case .target: Rejection(.tooLarge, "The request's target is too long.")
        case .head: Rejection(.tooLarge, "The request's header fields are too large.")
        case .malformed: Rejection(.badRequest, "This is not HTTP/1.1.")
        case .host: Rejection(.badRequest, "A request has exactly one Host field.")
        case .early: Rejection(.badRequest, "Too many bytes came before the upgrade was answered.")
        }
    }
}
