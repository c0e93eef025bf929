import Logging

/// What this node's state refuses may be in order by what another node has just stored, and what it
/// says is so already may be so no longer: who was answered there and comes here must not be told
/// otherwise. So where the log is shared, such an answer rests on all that the log had when it was
/// asked for: the turn first catches up, and decides again.
extension Topic {
    /// Whether it is a refusal, or a change that finds its wish fulfilled.
    func mayBeOutdated(
        _ outcome: Result<Decision<L.Happening>, Rejection>,
        _ ask: Ask
    ) -> Bool {
        switch outcome {
        case .failure: true
        case .success(let decision): decision.events.isEmpty && L.isChange(ask.action)
        }
    }

    /// The same of what is attended to after the turn.
    func mayBeOutdated(_ work: Work) -> Bool {
        switch work {
        // Who is ahead waits for more than this.
        case .join(let join, _): !isAhead(join) && isRefused(join.principal, join.fields)
        case .presence(let principal, _), .renewal(_, let principal): isRefused(principal)
        case .revision: audience.contains { isRefused($0) }
        case .command, .leave, .notice, .awareness, .compaction: false
        }
    }

    /// What is decided goes its way first, so that the order of all stays; then the rest is the
    /// next turn's. Where nothing is decided that is to be stored, all of the turn is decided again
    /// when the node has caught up.
    ///
    /// A node that can't ask the log doesn't refuse what would change something, and nobody's join:
    /// it is unavailable. Questions get what it knows.
    func settleDoubt(of turn: inout Turn) async throws(JournalError) {
        guard turn.drafts.isEmpty else { return putBack(&turn) }
        var again = Turn(work: turn.work, start: turn.start)
        again.knowledge = await hasCaughtUp() ? .complete : .cutOff
        try await prepare(for: turn.work)
        decide(&again)
        turn = again
    }

    private func putBack(_ turn: inout Turn) {
        guard let place = turn.doubt else { return }
        queue.insert(contentsOf: turn.work[place...], at: 0)
        surroundings.observer.queueChanged(turn.work.count - place)
        turn.work.removeSubrange(place...)
    }

    private func hasCaughtUp() async -> Bool {
        do throws(JournalError) {
            try await surroundings.journal.catchUp(with: id)
            return true
        } catch {
            logger.debug("The log could not be asked", metadata: ["error": "\(error)"])
            return false
        }
    }
}
