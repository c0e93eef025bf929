/// A join that waits until this node has come as far as the member has.
struct EarlyJoin: Sendable {
    var join: Join
    let completion: @Sendable (Result<JoinOutcome, Rejection>) -> Void
    var attempts: Int
}
