/// A join that waits until this node has come as far as the member, or the log, has.
struct EarlyJoin: Sendable {
    let join: Join
    let completion: @Sendable (Result<JoinOutcome, Rejection>) -> Void
    var attempts = 0
}
