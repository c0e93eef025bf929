/// A member may come from another node that is a little ahead of this one: it is answered when this
/// one has come as far, or has had the time to.
extension Topic {
    private static var interval: Duration { .milliseconds(50) }
    private static var attemptsMaximum: Int { 100 }

    /// Whether the member's position is one that this node may still come to.
    func isAhead(_ join: Join) -> Bool {
        guard surroundings.settings.isShared, !L.isState, let since = join.since else {
            return false
        }
        guard since.epoch != position.epoch else { return since.offset > position.offset }
        // Epochs rise: one that is later and unknown has begun elsewhere.
        return former[since.epoch] == nil && since.epoch.number > position.epoch.number
    }

    func wait(
        _ join: Join,
        _ completion: @escaping @Sendable (Result<JoinOutcome, Rejection>) -> Void
    ) {
        early.append(EarlyJoin(join: join, completion: completion, attempts: 0))
        if early.count == 1 { seatEarlyLater() }
    }

    /// Who leaves before it was seated must not be seated afterwards.
    func forgetEarly(_ leave: Leave) {
        func isLeft(_ waiting: EarlyJoin) -> Bool {
            waiting.join.connection == leave.connection && waiting.join.number <= leave.number
        }
        let left = early.filter(isLeft)
        guard !left.isEmpty else { return }
        early.removeAll(where: isLeft)
        let rejection = Rejection(.notJoined, "The connection left before it had joined.")
        for waiting in left { waiting.join.lane.submit { waiting.completion(.failure(rejection)) } }
    }

    /// Who has another token is let in by that one.
    func renewEarly(_ principal: Principal, of connection: ConnectionID) {
        for index in early.indices where early[index].join.connection == connection {
            early[index].join.principal = principal
        }
    }

    private func seatEarlyLater() {
        lane.submit(after: Self.interval) { [weak self] in
            self?.assumeIsolated { $0.seatEarly() }
        }
    }

    private func seatEarly() {
        // What a turn is about to store, or the log that is being read, comes first.
        if ledger == nil {
            receive(.revision)
        } else if !isTurning {
            let waiting = early
            early = []
            for var each in waiting {
                each.attempts += 1
                if isAhead(each.join), each.attempts < Self.attemptsMaximum {
                    early.append(each)
                } else if isRefused(each.join.principal, each.join.fields) {
                    // As a join that has waited for nothing: the log is asked first.
                    each.join.since = nil
                    receive(.join(each.join, each.completion))
                } else {
                    attend(each.join, each.completion, isPatient: false)
                }
            }
        }
        if !early.isEmpty { seatEarlyLater() }
    }
}
