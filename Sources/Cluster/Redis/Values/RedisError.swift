/// Why a command has no answer.

package enum RedisError: Error, Hashable, Sendable {
    /// Redis refused the command, or a script failed in it.
    case server(RedisServerError)
    /// The command was written, and its connection ended before the answer came.
    case interrupted
    /// The command was written, and no answer came in time.
    case timedOut
    /// The command could not be written in time; why is what kept it from that.
    case unavailable(String)
    /// Too much is queued already.
    case busy
    /// The client was closed.
    case closed

    /// Whether Redis may have done what it was asked. If so, repeating is for the caller to decide.
    package var mayHaveBeenCarriedOut: Bool {
        switch self {
        case .interrupted, .timedOut, .closed: true
        case .server, .unavailable, .busy: false
        }
    }
}

extension RedisError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .server(let error): "Redis answered: \(error.message)"
        case .interrupted: "the connection to Redis ended before the answer came"
        case .timedOut: "Redis did not answer in time"
        case .unavailable(let reason): "Redis is not available: \(reason)"
        case .busy: "too many commands wait for Redis"
        case .closed: "the client of Redis is closed"
        }
    }
}
