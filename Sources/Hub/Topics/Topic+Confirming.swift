import Logging
import Synchronization

/// What this node's state refuses may be in order by what another node has just stored: who was
/// answered there and comes here must not be told otherwise. So where the log is shared, a refusal
/// stands only when it was decided on all that the log had since it was asked for. Until then the
/// work waits beside the turns, where nobody else waits for it.
extension Topic {
    func mayBeBehind(_ ask: Ask) -> Bool {
        surroundings.settings.isShared && !ask.isConfirmed
    }

    /// For what is attended to after a turn.
    func refuseUnlessBehind(_ work: Work, _ rejection: Rejection) {
        let isConfirmed =
            switch work {
            case .command(_, let ask, _), .presence(let ask, _), .awareness(_, let ask, _):
                ask.isConfirmed
            case .join(let join, _): join.isConfirmed
            case .leave, .renewal, .notice, .revision, .compaction: true
            }
        guard surroundings.settings.isShared, !isConfirmed else { return refuse(work, rejection) }
        confirm([work])
    }

    /// Queues the work again when this node has what the log has now. A node that can't find that
    /// out doesn't refuse: it is unavailable.
    func confirm(_ work: [Work]) {
        guard unconfirmedCount + work.count <= surroundings.settings.queueMaximum else {
            for each in work { refuse(each, .busy) }
            return
        }
        unconfirmedCount += work.count
        for case .join(let join, let completion) in work {
            unconfirmedJoins.append(EarlyJoin(join: join, completion: completion))
        }
        // The topic is not retired meanwhile.
        arrivals.wrappingAdd(work.count, ordering: .relaxed)
        Task(executorPreference: tasks) { await self.catchUp(for: work) }
    }

    private func catchUp(for work: [Work]) async {
        var hasCaughtUp = true
        do throws(JournalError) {
            try await surroundings.journal.catchUp(with: id)
        } catch {
            hasCaughtUp = false
            logger.debug("A refusal was not confirmed", metadata: ["error": "\(error)"])
        }
        unconfirmedCount -= work.count
        arrivals.wrappingSubtract(work.count, ordering: .relaxed)
        for each in work where isStillWanted(each) {
            if hasCaughtUp { receive(each.confirmed) } else { refuse(each, .unavailable) }
        }
    }

    /// Who left while its join waited has been answered.
    private func isStillWanted(_ work: Work) -> Bool {
        guard case .join(let join, _) = work else { return true }
        let place = unconfirmedJoins.firstIndex {
            $0.join.connection == join.connection && $0.join.number == join.number
        }
        guard let place else { return false }
        unconfirmedJoins.remove(at: place)
        return true
    }
}

extension Topic.Work {
    /// The same, to be refused for good if it is refused again.
    fileprivate var confirmed: Self {
        switch self {
        case .command(let command, var ask, let ticket):
            ask.isConfirmed = true
            return .command(command, ask, ticket)
        case .join(var join, let completion):
            join.isConfirmed = true
            return .join(join, completion)
        case .presence(var ask, let ticket):
            ask.isConfirmed = true
            return .presence(ask, ticket)
        case .awareness, .leave, .renewal, .notice, .revision, .compaction: return self
        }
    }
}
