import HTTPTypes
import Hub

/// A rejection as an HTTP response has it: the same body as a reply's `error`, and a status.
extension Rejection {
    /// The status that the catalogue in `Errors` gives the code.
    var status: HTTPResponse.Status {
        switch code {
        case .badRequest, .badTopic: .badRequest
        case .unauthorized, .tokenExpired: .unauthorized
        case .forbidden, .muted, .banned: .forbidden
        case .unknownAction, .notFound: .notFound
        case .conflict, .keyReused, .limitReached, .notJoined, .insufficientStock,
            .illegalTransition, .totalChanged:
            .conflict
        case .preconditionFailed: .preconditionFailed
        case .tooLarge: .contentTooLarge
        case .rateLimited: .tooManyRequests
        case .busy, .draining, .unavailable: .serviceUnavailable
        case .internal: .internalServerError
        }
    }

    /// `{"error":{"code":…,"message":…,"retry":…}}`.
    func errorBody() -> [UInt8] {
        JSON.object([JSON.Member("error", json)]).encoded()
    }

    /// Whole seconds, at least one: what `Retry-After` takes.
    var retryAfterSeconds: Int64? {
        retryAfterMilliseconds.map { max(1, ($0 + 999) / 1000) }
    }
}
