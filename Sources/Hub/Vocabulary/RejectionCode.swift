/// The closed catalogue of reasons to refuse a command, as clients see them.
///
/// `docs/` for clients: `Gateway.docc/Errors.md` lists each with its HTTP status.
package enum RejectionCode: String, Sendable, CaseIterable {
    /// The command is malformed: not JSON, a field missing or of the wrong type or out of range.
    case badRequest = "bad_request"
    /// The topic id is malformed or of a kind that does not exist.
    case badTopic = "bad_topic"
    /// There is no action of that name for that kind of topic.
    case unknownAction = "unknown_action"
    /// No token, or one that can't be verified.
    case unauthorized = "unauthorized"
    /// The token has expired.
    case tokenExpired = "token_expired"
    /// The user may not do this here.
    case forbidden = "forbidden"
    /// The topic, message, member or other thing named does not exist, or may not be seen.
    case notFound = "not_found"
    /// It exists already, or is in that state already.
    case conflict = "conflict"
    /// There are fewer pieces than that command needs; the message says how many.
    case insufficientStock = "insufficient_stock"
    /// An order can't go from where it stands to there.
    case illegalTransition = "illegal_transition"
    /// What is to be bought costs something else now; the message says what.
    case totalChanged = "total_changed"
    /// The same idempotency key came with another command before.
    case keyReused = "key_reused"
    /// The topic has gone on from where the command says that it must stand.
    case preconditionFailed = "precondition_failed"
    /// The user is muted in this room.
    case muted = "muted"
    /// The user is banned from this room.
    case banned = "banned"
    /// The content, a batch or a list is larger than allowed.
    case tooLarge = "too_large"
    /// A cap was reached: topics per connection, members per room, pins, reactions.
    case limitReached = "limit_reached"
    /// The command is for a topic that the connection has not joined.
    case notJoined = "not_joined"
    /// Too many commands; `retryAfter` says when to come again.
    case rateLimited = "rate_limited"
    /// The topic's queue is full.
    case busy
    /// The hub is draining; go to another node.
    case draining
    /// The journal can't be written or read at the moment.
    case unavailable
    /// Our fault: a bug, logged with the connection's id.
    case `internal`

    /// True when the same command may succeed later, unchanged.
    package var isTemporary: Bool {
        switch self {
        case .rateLimited, .busy, .draining, .unavailable: true
        default: false
        }
    }
}
