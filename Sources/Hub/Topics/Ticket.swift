/// Where an answer goes: to an asker on a lane, or to a waiting caller.
package enum Ticket: Sendable {
    case asker(any Asker, lane: any Lane)
    /// Called once, on any thread.
    case caller(@Sendable (Result<JSON, Rejection>) -> Void)
    /// Nobody waits.
    case none

    /// Answers at once from wherever the caller is; a turn gathers answers by lane instead.
    package func answer(_ outcome: Result<JSON, Rejection>) {
        switch self {
        case .asker(let asker, let lane):
            if lane.isCurrent {
                asker.answer(outcome)
            } else {
                lane.submit { asker.answer(outcome) }
            }
        case .caller(let callback): callback(outcome)
        case .none: break
        }
    }
}

/// A question of a session; answered once, on the session's lane.
package protocol Asker: AnyObject, Sendable {
    func answer(_ outcome: Result<JSON, Rejection>)
}
